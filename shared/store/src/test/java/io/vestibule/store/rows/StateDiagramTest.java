package io.vestibule.store.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code make diagram} runs this to write the diagram, by {@code -Dvestibule.diagram=write}. */
class StateDiagramTest {

  private static final Path DOCUMENT = Path.of("..", "..", "docs", "architecture.md");

  @Test
  void theDiagramIsWhatTheTransitionsAre() throws IOException {
    String document = Files.readString(DOCUMENT);
    var now = StateDiagram.replaced(document);
    if ("write".equals(System.getProperty("vestibule.diagram"))) {
      Files.writeString(DOCUMENT, now);
      return;
    }

    assertThat(document).as("run `make diagram`").isEqualTo(now);
  }
}
