package io.vestibule.local.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.CopyCipher;
import io.vestibule.core.Json;
import io.vestibule.core.LinkToken;
import io.vestibule.core.RowId;
import io.vestibule.local.aws.Cases;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Somebody asks what is held about them, and is told: all of it, and nobody else is. */
class AccessTest extends Journey {

  /** All cases are fifty. */
  private static final int SUBMISSIONS = Cases.areAll() ? 50 : 5;

  private static final String TYPED = "=cmd|'/c calc'!A0 👩‍🚀 שלום <b>\"x\"</b>";

  @Override
  protected Map<String, String> parameters() {
    return Map.of("MailsPerMailboxAndDay", "100");
  }

  @Test
  void theCopyHasEverythingOfManySubmissionsAndIsHarmlessInASpreadsheet() throws Exception {
    var ada = somebody();
    for (int i = 0; i < SUBMISSIONS; i++) {
      ada.becomesACustomer(
          Map.of("name", TYPED, "message", "Number " + i, "consent.newsletter", "v1"));
    }
    var waiting = ada.submits(Map.of("message", "Nobody has confirmed this"));

    var request = Requests.asked(this, ada, "access");

    var copy = Json.MAPPER.readTree(request.file("copy.json").body());
    assertThat(value(copy, "name")).isEqualTo(TYPED);
    assertThat(value(copy, "message")).isEqualTo("Number " + (SUBMISSIONS - 1));
    assertThat(value(copy, "email")).isEqualTo(ada.address);
    assertThat(copy.path("consents")).hasSize(SUBMISSIONS);
    assertThat(copy.at("/consents/0/text").asText()).contains("send me the newsletter");
    assertThat(copy.at("/consents/0/stands").asBoolean()).isTrue();
    assertThat(copy.path("history")).hasSize(SUBMISSIONS);
    assertThat(copy.at("/uses/contact").asText()).isEqualTo(copy.at("/values/0/at").asText());
    assertThat(copy.path("waiting").findValuesAsText("id")).containsExactly(waiting);
    assertThat(copy.toString()).doesNotContain("Nobody has confirmed this");
    assertThat(copy.path("recipients")).isEmpty();
    var page = request.page().body();
    assertThat(page)
        .contains("“=cmd", "Contact us", ">Message<", "Stored for the first time", "when last")
        .contains("👩‍🚀 שלום")
        .doesNotContain("<b>");
    assertThat(Pattern.compile("<t[dh][^>]*>(\\s|<[^>]*>)*[=+@-]").matcher(page).find()).isFalse();
  }

  private static String value(JsonNode copy, String field) {
    for (JsonNode value : copy.path("values")) {
      if (value.path("field").asText().equals(field)) {
        return value.path("value").asText();
      }
    }
    return "";
  }

  @Test
  void inTheTableNothingOpensTheCopyButTheLinksToken() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of("message", "Only for me"));
    var request = Requests.asked(this, ada, "access");
    var id = new RowId(request.id());
    var part =
        tables.items("disclosures").stream()
            .filter(item -> Tables.text(item, "request").equals(request.id()))
            .findFirst()
            .orElseThrow();
    var ciphertext = requireNonNull(part.get("ciphertext")).b().asByteArray();
    var token = LinkToken.parse(Person.token(request.link())).orElseThrow();

    assertThat(new String(new CopyCipher(token, id).decrypt(ciphertext, 0, 1), UTF_8))
        .contains("Only for me");
    assertThat(request.row()).as("what the token is made from").doesNotContainKey("sealed");
    for (var table : host.stack().tables()) {
      for (var item : tables.items(table.name())) {
        for (var value : item.values()) {
          if (value.b() != null && value.b().asByteArray().length == 32) {
            var guess = LinkToken.of(value.b().asByteArray());
            assertThatThrownBy(() -> new CopyCipher(guess, id).decrypt(ciphertext, 0, 1))
                .isInstanceOf(GeneralSecurityException.class);
          }
        }
      }
    }
  }

  @Test
  void afterSevenDaysNobodyOpensIt() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of("message", "Only for a week"));
    var request = Requests.asked(this, ada, "access");
    clock.advance(Duration.ofDays(7).minusMinutes(1));
    assertThat(request.page().body()).contains("Only for a week");

    clock.advance(Duration.ofMinutes(2));

    assertThat(request.page().statusCode()).isEqualTo(410);
    assertThat(request.page().body()).doesNotContain("Only for a week");
    assertThat(request.file("copy.json").statusCode()).isEqualTo(404);
  }

  @Test
  void anErasureTakesTheCopyToo() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of("message", "Erase me"));
    var access = Requests.asked(this, ada, "access");
    assertThat(access.page().body()).contains("Erase me");

    Requests.asked(this, ada, "erase").woken();

    assertThat(access.page().statusCode()).isEqualTo(410);
    assertThat(access.status()).isEqualTo("ERASED");
    assertThat(tables.items("disclosures"))
        .noneMatch(item -> Tables.text(item, "request").equals(access.id()));
  }
}
