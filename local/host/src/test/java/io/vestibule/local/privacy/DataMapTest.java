package io.vestibule.local.privacy;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vestibule.local.template.Template;
import io.vestibule.store.Table;
import io.vestibule.store.people.Leftover;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
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
  void aTableThatTheReceiptDoesNotKnowIsNamed() throws IOException {
    var template =
        Template.parse(Files.readString(TEMPLATE).replace("${Prefix}lanes", "${Prefix}diaries"));

    assertThatThrownBy(() -> DataMap.of(template))
        .hasMessage("The receipt does not say what an erasure leaves in diaries");
  }

  /** What is deleted is not gone at once, and what only time ends is there until then. */
  @Test
  void whatIsAboutAPersonAndCanBeRecoveredOrOnlyTimeEndsIsInTheReceipt() throws IOException {
    var map = TablesMap.of(Template.read(TEMPLATE));
    for (var table : Table.values()) {
      var sections = map.markdown().lines().filter(line -> line.startsWith("### ")).toList();
      var described = map.columns().getOrDefault(logicalId(table), Map.of()).values();
      if (described.stream().anyMatch(it -> it.contains("PSEUDONYM:"))) {
        assertThat(sections).as("the map has it").contains("### `%s`".formatted(table.label()));
        if (table != Table.LOOKUPS) { // Which is deleted, and no copy of it is kept.
          var leftover = Leftover.in(table);
          assertThat(leftover.stay().isPresent() || !leftover.rests().isEmpty())
              .as(table.label())
              .isTrue();
        }
      }
    }
  }

  private static String logicalId(Table table) {
    return Arrays.stream(table.label().split("-"))
            .map(it -> it.substring(0, 1).toUpperCase(Locale.ROOT) + it.substring(1))
            .collect(joining())
        + "Table";
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
