package io.vestibule.delivery;

import static io.vestibule.delivery.Office.GROUND;

import io.vestibule.local.aws.MovableClock;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What most tests of the delivery begin with: an office with one webhook, {@code demo}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OpenOffice {

  protected Office office;

  @BeforeAll
  final void open(@TempDir Path folder) throws IOException {
    office = new Office(folder, clock());
  }

  /** What time it is: no day ends in the middle of a test, and time passes by its word only. */
  MovableClock clock() {
    return Office.stoppedAtNoon();
  }

  @AfterAll
  final void close() throws IOException {
    office.close();
  }

  @BeforeEach
  final void tidy() throws IOException {
    office.forgetTargets();
    office.webhook("demo", GROUND);
  }
}
