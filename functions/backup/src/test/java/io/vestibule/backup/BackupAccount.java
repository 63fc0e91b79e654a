package io.vestibule.backup;

import io.vestibule.local.account.Account;
import io.vestibule.local.aws.MovableClock;
import io.vestibule.local.template.Template;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/**
 * What tests of backups need: an account with the real template, in which only they call functions.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class BackupAccount {

  private static final Path TEMPLATE = Path.of("..", "..", "template.yaml");

  protected final MovableClock clock = MovableClock.fromNoonTomorrow();
  protected Account account;
  protected Operator backups;

  @BeforeAll
  final void open() throws IOException {
    account =
        Account.open(
            Template.read(TEMPLATE),
            Map.of("PublicUrl", "http://localhost:8080", "BackupReadUnits", "1000000"),
            Account.PATIENT,
            Optional.empty(),
            clock,
            event -> {},
            line -> {});
    backups = new Operator(account, clock);
  }

  @AfterAll
  final void close() throws IOException {
    account.close();
  }
}
