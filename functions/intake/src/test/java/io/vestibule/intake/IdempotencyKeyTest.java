package io.vestibule.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.forms.Entry;
import io.vestibule.web.Request;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '\'',
      value = {
        "8e03978e-40d5-43dd-bc93-6894a57f9324 8e03978e-40d5-43dd-bc93-6894a57f9324",
        "\"8e03978e\" 8e03978e",
        "' \"8e03978e\" ' 8e03978e",
        "\"a\\\"b\\\\c\" a\"b\\c",
        "a\\b a\\b",
        "a,b;c=d a,b;c=d",
        "\"$1\" $1",
      })
  void aKeyIsQuotedOrBare(String header, String key) {
    assertThat(of(header)).isEqualTo(new IdempotencyKey.Given(key));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\"",
        "\"\"",
        "\"a",
        "\"a\"b",
        "\"a\",\"b\"",
        "\"a\\b\"",
        "\"a b\"",
        "a b",
        "a, b",
        "a\tb",
        "a\u0000",
        "\u007f",
        "schlüssel",
        "门厅",
      })
  void anythingElseIsUnusable(String header) {
    assertThat(of(header)).isEqualTo(new IdempotencyKey.Unusable());
  }

  @Test
  void aKeyHasAtMost255Characters() {
    assertThat(of("k".repeat(255))).isInstanceOf(IdempotencyKey.Given.class);
    assertThat(of("\"" + "k".repeat(255) + "\"")).isInstanceOf(IdempotencyKey.Given.class);
    assertThat(of("k".repeat(256))).isEqualTo(new IdempotencyKey.Unusable());
    assertThat(of("\"" + "\\\\".repeat(5_000) + "\"")).isEqualTo(new IdempotencyKey.Unusable());
  }

  @Test
  void theHeaderCountsBeforeThePagesNonceAndWithoutBothThereIsNone() {
    Entry marked = Entry.empty().with("_nonce", "n");

    assertThat(IdempotencyKey.of(request(Map.of()), Entry.empty()))
        .isEqualTo(new IdempotencyKey.Absent());
    assertThat(IdempotencyKey.of(request(Map.of()), marked))
        .isEqualTo(new IdempotencyKey.Given("n"));
    assertThat(IdempotencyKey.of(request(Map.of("idempotency-key", "k")), marked))
        .isEqualTo(new IdempotencyKey.Given("k"));
    assertThat(IdempotencyKey.of(request(Map.of()), Entry.empty().with("_nonce", "\"n\" ")))
        .isEqualTo(new IdempotencyKey.Unusable());
  }

  private static IdempotencyKey of(String header) {
    return IdempotencyKey.of(request(Map.of("idempotency-key", header)), Entry.empty());
  }

  private static Request request(Map<String, String> headers) {
    return new Request("POST", "", "/forms/{form}", Map.of(), Map.of(), headers, new byte[0]);
  }
}
