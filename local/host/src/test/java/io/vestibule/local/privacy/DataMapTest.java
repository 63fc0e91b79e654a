package io.vestibule.local.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vestibule.local.template.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code make privacy} runs this to write the map, by {@code -Dvestibule.privacy=write}. */
class DataMapTest {

  private static final Path TEMPLATE = Path.of("..", "..", "template.yaml");
  private static final Path DOCUMENT = Path.of("..", "..", "docs", "privacy.md");

  @Test
  void theMapIsWhatTheTemplateSays() throws IOException {
    String document = Files.readString(DOCUMENT);
    var now = DataMap.replaced(document, DataMap.of(Template.read(TEMPLATE)));
    if ("write".equals(System.getProperty("vestibule.privacy"))) {
      Files.writeString(DOCUMENT, now);
      return;
    }

    assertThat(document).as("run `make privacy`").isEqualTo(now);
  }

  @Test
  void aColumnThatNobodyHasDescribedIsNamed() throws IOException {
    var template =
        Template.parse(
            Files.readString(TEMPLATE)
                .replaceFirst("\\[id, form, status, tokenHash", "[id, form, diary, tokenHash"));

    assertThatThrownBy(() -> DataMap.of(template))
        .hasMessage("columns.json does not say what diary of SubmissionsTable is");
  }
}
