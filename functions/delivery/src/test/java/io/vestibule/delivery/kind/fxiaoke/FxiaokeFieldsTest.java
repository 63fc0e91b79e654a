package io.vestibule.delivery.kind.fxiaoke;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Json;
import java.io.IOException;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How our values are written into Fxiaoke's fields, as its papers describe these. */
class FxiaokeFieldsTest {

  private static final String DESCRIBED =
      """
      {"data": {"describe": {"fields": {
        "name": {"type": "text", "is_required": true},
        "mobile": {"type": "phone_number"},
        "budget": {"type": "number", "is_required": true},
        "visit": {"type": "date"},
        "source": {"type": "select_one", "is_required": true,
          "options": [{"label": "网站", "value": "6"}, {"label": "6", "value": "7"}]},
        "topics": {"type": "select_many", "options": [{"label": "A", "value": "a1"}]},
        "agreed": {"type": "true_or_false"},
        "owner": {"type": "employee"}}}}}
      """;

  private final FxiaokeFields fields;

  FxiaokeFieldsTest() throws IOException {
    fields = FxiaokeFields.read(Json.MAPPER.readTree(DESCRIBED), ZoneId.of("Asia/Shanghai"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "name | \"L\" | \"L\"",
        "name | 7 | \"seven\"",
        "mobile | \"+86 138 0000-0000\" | \"13800000000\"",
        "mobile | \"0086 13800000000\" | \"13800000000\"",
        "mobile | \"+49 30 123\" | \"+49 30 123\"",
        "budget | 100.01 | \"100.01\"",
        "budget | 1E3 | \"1000\"",
        "visit | \"2026-12-01\" | 1796054400000",
        "source | \"6\" | \"6\"",
        "source | \"网站\" | \"6\"",
        "topics | [\"A\"] | [\"a1\"]",
        "topics | \"a1\" | [\"a1\"]",
        "agreed | true | true",
        "agreed | \"true\" | true",
        "agreed | \"false\" | false",
        "owner | \"1000\" | [\"1000\"]",
        "nowhere | \"L\" | \"seven\""
      })
  void aValueIsWrittenAsItsFieldWantsIt(String field, String ours, String theirs)
      throws IOException {
    assertThat(fields.written(field, json(ours), "seven")).contains(json(theirs));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "source | \"电话\"",
        "topics | [\"A\", \"B\"]",
        "visit | \"tomorrow\"",
        "agreed | \"是\"",
        "agreed | \"yes\"",
        "agreed | \"1\"",
      })
  void whatIsNoOptionAndNoDateIsNotWritten(String field, String ours) throws IOException {
    assertThat(fields.written(field, json(ours), "seven")).isEmpty();
  }

  @Test
  void aFieldIsEmptiedWithTheLeastThatItTakes() throws IOException {
    assertThat(fields.emptied("mobile").isNull()).isTrue();
    assertThat(fields.emptied("name")).isEqualTo(json("\"-\""));
    assertThat(fields.emptied("budget")).isEqualTo(json("\"0\""));
    assertThat(fields.emptied("source")).isEqualTo(json("\"6\""));
    assertThat(fields.emptied("nowhere").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "name | \"-\" | true",
        "name | \"L\" | false",
        "mobile | null | true",
        "mobile | \"\" | true",
        "budget | \"0.00\" | true",
        "budget | 0 | true",
        "budget | \"0.01\" | false",
        "visit | 0 | true",
        "visit | 1796054400000 | false",
        "agreed | false | true",
        "agreed | true | false",
        "topics | [] | true",
        "topics | [\"a1\"] | false"
      })
  void whatSaysNoMoreThanTheLeastIsEmpty(String field, String value, boolean isEmpty)
      throws IOException {
    assertThat(fields.isEmpty(field, json(value))).isEqualTo(isEmpty);
  }

  private static JsonNode json(String text) throws IOException {
    return Json.MAPPER.readTree(text);
  }
}
