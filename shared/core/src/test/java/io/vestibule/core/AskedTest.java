package io.vestibule.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AskedTest {

  private static final Instant AT = Instant.parse("2026-11-16T09:00:00.123Z");

  @Test
  void idsAreAllThatIsWrittenOfWhatWasSealed() {
    var sealed =
        new Submission(
            fields("Ada <script>").put("name", "Ada").put("email", "ada@example.net"),
            Map.of("newsletter", "v1"),
            "zh-Hans",
            "https://www.example.com",
            AT);

    assertThat(Asked.of(sealed, Destination.STORAGE).text())
        .isEqualTo(
            "at=2026-11-16T09:00:00.123Z;language=zh-Hans;fields=email,message,name;"
                + "consents=newsletter.v1");
  }

  @Test
  void whatIsNoIdCannotBeAskedAndEightConsentsAreTheMost() {
    var consents = new HashMap<>(Map.of("news;deed=erase", "v1", "n", "I agree", "o", "v1,x"));
    for (int i = 0; i < 20; i++) {
      consents.put("c" + i, "v1");
    }
    var sealed = new Submission(fields("x"), consents, "en;fields=", "", AT);

    var asked = Asked.of(sealed, Destination.STORAGE);

    assertThat(asked.language()).isEqualTo("und");
    assertThat(asked.consents().keySet()).hasSize(8).allMatch(it -> it.startsWith("c"));
    assertThat(Asked.parse(asked.text())).hasValue(asked);
  }

  /** The form shows the field for a purpose whatever is asked for. */
  @ParameterizedTest
  @CsvSource({
    "erase, , erase",
    "erase, all, erase",
    "erase, marketing, erase",
    "access, , access",
    "access, all, access",
    "access, marketing, access",
    "withdraw, , withdraw.all",
    "withdraw, all, withdraw.all",
    "withdraw, marketing, withdraw.marketing"
  })
  void aRequestAsksForItsDeedAndReadsBackAsItWasWritten(
      String kind, @Nullable String purpose, String deed) {
    var fields = fields("x").put("kind", kind);
    if (purpose != null) {
      fields.put("purpose", purpose);
    }
    var asked = Asked.of(new Submission(fields, Map.of(), "en", "", AT), Destination.DELETION);

    assertThat(asked.text()).endsWith(";consents=;deed=" + deed);
    assertThat(Asked.parse(asked.text())).hasValue(asked);
  }

  @Test
  void whatALaterVersionAsksBesidesIsPassedOver() {
    var asked = Asked.of(new Submission(fields("x"), Map.of(), "en", "", AT), Destination.STORAGE);

    assertThat(Asked.parse(asked.text() + ";more=of.it")).hasValue(asked);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ";", "=", "at=", "at=today;fields=a", "fields=email"})
  void whatNoMailerWroteAsksNothing(String text) {
    assertThat(Asked.parse(text)).isEmpty();
  }

  private static ObjectNode fields(String message) {
    return Json.MAPPER.createObjectNode().put("message", message);
  }
}
