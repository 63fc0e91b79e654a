package io.vestibule.deletion.behalf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vestibule.core.Behalf;
import io.vestibule.core.Json;
import java.io.IOException;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person orders in somebody's name is carried out as it stands, or not at all. */
class AskOrderTest {

  private static final String WHOLE =
      "{'ask': {'email': 'ada@example.net', 'deed': 'withdraw.newsletter', 'channel': 'letter',"
          + " 'received': '2026-11-20', 'check': 'called-back', 'by': 'grace', 'role': 'privacy'}}";

  private static AskOrder read(String json) throws IOException {
    return AskOrder.read(Json.MAPPER.readTree(json.replace('\'', '"')));
  }

  @Test
  void aWholeOrderIsRead() throws IOException {
    var order = read(WHOLE);

    assertThat(order.deed().code()).isEqualTo("withdraw.newsletter");
    assertThat(order.channel()).isEqualTo(Behalf.Channel.LETTER);
    assertThat(order.check()).isEqualTo(Behalf.Check.CALLED_BACK);
    assertThat(order.received()).isEqualTo(LocalDate.of(2026, 11, 20));
    assertThat(order.isAlone()).isFalse();
    assertThat(order.id()).isEmpty();
    assertThat(read(WHOLE.replace("'by'", "'alone': true, 'by'")).isAlone()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ada@example.net | ada",
        "'email' | 'customer': 'c', 'email'",
        "'email' | 'name'",
        "withdraw.newsletter | withdraw",
        "letter', | pigeon',",
        "2026-11-20 | 2026-11-31",
        "called-back | called",
        "'by' | 'who'",
        "grace | ` `",
        "privacy | Ada Byron",
        "'by' | 'alone': 'true', 'by'",
        "'by' | 'id': 's1', 'by'",
        "}} | }, 'confirm': {}}"
      })
  void aMistypedOneIsRefusedAndNotRepeated(String before, String after) {
    var mistyped = WHOLE.replace(before, after);

    assertThat(mistyped).isNotEqualTo(WHOLE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(mistyped))
        .withMessageNotContaining("example.net");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'confirm': {'request': 'rAAAAAAAAAAAAAAAAAAAAAA', 'by': 'grace'}}",
        "{'confirm': {'request': 'sAAAAAAAAAAAAAAAAAAAAAA', 'by': 'grace', 'role': 'admin'}}",
        "{'confirm': {'request': 'rAAAAAAAAAAAAAAAAAAAAAA', 'by': '', 'role': 'admin'}}",
        "{'confirm': {'request': 'rAAAAAAAAAAAAAAAAAAAAAA', 'by': 'grace', 'role': 'A'}}",
        "{'confirm': 'rAAAAAAAAAAAAAAAAAAAAAA'}"
      })
  void aMistypedConfirmationIsRefused(String order) throws IOException {
    var json = Json.MAPPER.readTree(order.replace('\'', '"'));

    assertThatIllegalArgumentException().isThrownBy(() -> ConfirmOrder.read(json));
  }
}
