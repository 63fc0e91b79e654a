package io.vestibule.core.forms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a form takes of what was posted. */
class SieveTest {

  private static final String POSTED =
      "{'email': 'ada@example.com', 'utm_source': 'a', 'name': 'Ada', '_replyto': 'b'}";

  private final JsonMapper json =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();

  @ParameterizedTest
  @CsvSource({
    ",       true,  true",
    ",       false, false",
    "drop,   true,  true",
    "drop,   false, true",
    "refuse, true,  false",
    "refuse, false, false",
  })
  void whatTheSchemaDoesNotDeclareIsDroppedOrLeftToBeRefused(
      @Nullable String extra, boolean isOfPage, boolean isDropped) throws IOException {
    var entry = form(extra).sift(Entry.of(json(POSTED)), isOfPage, Instant.EPOCH);

    assertThat(names(entry.ignored()))
        .isEqualTo(isDropped ? List.of("utm_source", "_replyto") : List.of());
    assertThat(names(entry.fields())).contains("email", "name").hasSize(isDropped ? 2 : 4);
  }

  /** So a form that stops asking for something knows a repetition from before. */
  @Test
  void whatIsDroppedIsPartOfWhatWasPosted() throws IOException {
    var entry = form(null).sift(Entry.of(json(POSTED)), true, Instant.EPOCH);

    assertThat(entry.all()).isEqualTo(json(POSTED));
    assertThat(entry.typed("utm_source")).isEqualTo("a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "submit",
        "Submit",
        "button",
        "commit",
        "send",
        "submit.x",
        "go.x",
        "GO.Y",
        "x",
        "y"
      })
  void theButtonThatWasPressedIsNoField(String name) throws IOException {
    var posted = json("{'" + name + "': 'Send'}");

    for (String extra : List.of("drop", "refuse")) {
      var entry = form(extra).sift(Entry.of(posted), true, Instant.EPOCH);
      assertThat(entry.fields()).isEmpty();
      assertThat(entry.ignored()).isEmpty();
    }
    assertThat(form("refuse").sift(Entry.of(posted), false, Instant.EPOCH).fields()).hasSize(1);
  }

  /** Whoever fills in a page could not put it right. */
  @ParameterizedTest
  @CsvSource({"12, true, false", "12345, true, true", "12345, false, false"})
  void whatIsHiddenAndWrongIsDroppedWhenAPageSentIt(
      String phone, boolean isOfPage, boolean isDropped) throws IOException {
    var definition = Definitions.text("contact").replace("\"tel\"", "\"tel\", \"hidden\": true");
    var form =
        read(
            definition.replaceFirst(
                "\"maxLength\": 100, \"pattern\": \"[^\"]*\"", "\"maxLength\": 4"));
    var entry = form.sift(Entry.of(json("{'phone': '" + phone + "'}")), isOfPage, Instant.EPOCH);

    assertThat(names(entry.ignored())).isEqualTo(isDropped ? List.of("phone") : List.of());
  }

  /** Else the page would be refused for ever, whoever sends it. */
  @ParameterizedTest
  @CsvSource({"true, true", "false, false"})
  void whatIsHiddenAndWrongIsDroppedWhateverElseIsRefused(boolean isOfPage, boolean isDropped)
      throws IOException {
    var form =
        read(
            Definitions.text("contact")
                .replace("\"tel\"", "\"tel\", \"hidden\": true")
                .replace("\"tags\"", "\"extra\": \"refuse\", \"tags\""));
    var posted = json("{'phone': 'spring', 'utm_source': 'a'}");

    var entry = form.sift(Entry.of(posted), isOfPage, Instant.EPOCH);

    assertThat(names(entry.ignored())).isEqualTo(isDropped ? List.of("phone") : List.of());
    assertThat(names(entry.fields())).contains("utm_source");
  }

  private static Form form(@Nullable String extra) throws IOException {
    var good = Definitions.text("contact");
    var definition =
        extra == null
            ? good
            : good.replace("\"tags\"", "\"extra\": \"%s\", \"tags\"".formatted(extra));
    return read(definition);
  }

  private static Form read(String definition) throws IOException {
    return new Forms()
        .read("contact", new ByteArrayInputStream(definition.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<String> names(ObjectNode fields) {
    return fields.propertyStream().map(Map.Entry::getKey).toList();
  }

  private ObjectNode json(String text) throws IOException {
    return json.readValue(text, ObjectNode.class);
  }
}
