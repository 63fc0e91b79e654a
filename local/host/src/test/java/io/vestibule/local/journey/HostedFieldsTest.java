package io.vestibule.local.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Json;
import java.io.IOException;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Headings, values that the address fills in, fields that nobody sees, and dates with limits. */
class HostedFieldsTest extends Journey {

  private static final String FORM = "/forms/kinds";
  private static final String URL_ENCODED = "application/x-www-form-urlencoded";
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void thePageHasAnIntroductionHeadingsAndTheLimitsOfDates() throws IOException {
    var today = LocalDate.ofInstant(clock.instant(), BERLIN);
    var page = stranger().gets(FORM + "?lang=zh-Hans").body();

    assertThat(page)
        .containsSubsequence("<h1>", "本表单每种字段各有一个", "<h2>您的到访</h2>", "id=\"day\"")
        .containsPattern(
            "id=\"day\"[^>]* min=\"%s\" max=\"%s\"".formatted(today, today.plusYears(2)))
        .doesNotContain("id=\"campaign\"", "请核对");
  }

  @Test
  void theAddressFillsInWhatItMayAndIsInNoLog() throws IOException {
    var answer =
        stranger()
            .gets(
                FORM
                    + "?lang=en&company=Canary%22%3E%3Cscript%3E&campaign=spring-1&size=m&guests=4"
                    + "&topics=food&topics=quiet&notes=no&email=eve%40example.com&terms=true"
                    + "&consent.newsletter=v1&day=2001-01-01");
    var page = answer.body();

    assertThat(page)
        .contains(
            "The link that you followed has filled in something for you.",
            "<input type=\"hidden\" id=\"campaign\" name=\"campaign\" value=\"spring-1\">")
        .containsPattern("id=\"company\"[^>]* value=\"Canary&#34;>&lt;script>\"")
        .containsPattern("value=\"m\" checked")
        .containsPattern("id=\"guests\"[^>]* value=\"4\"")
        .containsPattern("value=\"food\" checked")
        .containsPattern("value=\"quiet\" checked")
        .doesNotContain("eve@example.com", "value=\"2001-01-01\"", ">no<");
    assertThat(page.split(" checked")).hasSize(4);
    assertThat(answer.header("cache-control")).isEqualTo("no-store");
    assertThat(answer.header("referrer-policy")).isEqualTo("no-referrer");
    assertThat(host.logs().toString()).doesNotContain("Canary", "spring-1");
    assertThat(stranger().gets(FORM + "?campaign=spring-1").body()).doesNotContain("The link that");
  }

  @Test
  void aHiddenValueIsStoredWithTheRestAndOneThatIsWrongIsLeftOutAndNamed() throws Exception {
    var ada = somebody();
    var id = posts(ada, today(), "&campaign=spring-1");
    ada.presses(ada.link(id), Map.of("consent.newsletter", "v1"));
    host.drain(LIMIT);
    var wrong = stranger().posts(FORM, URL_ENCODED, body(ada, today(), "&campaign=%3Cb%3E"));
    var json =
        stranger()
            .posts(FORM, "application/json", "{\"campaign\": \"<b>\"}", "Accept: application/json");

    assertThat(new Records(host).values(ada.address)).containsEntry("campaign", "spring-1");
    assertThat(wrong.status()).isEqualTo(200);
    assertThat(wrong.header("vestibule-ignored")).isEqualTo("campaign");
    assertThat(json.body()).contains("\"/campaign\"");
  }

  @Test
  void aDateIsJudgedByTheDayOnWhichItCameHereAndBehindTheDoor() throws Exception {
    var ada = somebody();
    var today = today();
    var early = stranger().posts(FORM, URL_ENCODED, body(ada, today.minusDays(1), ""));
    var late = stranger().posts(FORM, URL_ENCODED, body(ada, today.plusYears(2).plusDays(1), ""));
    var id = posts(ada, today, "");
    clock.advance(Duration.ofDays(2));
    ada.presses(ada.link(id), Map.of("consent.newsletter", "v1"));
    host.drain(LIMIT);

    assertThat(early.status()).isEqualTo(422);
    assertThat(early.body()).contains("Please enter a date that is not before");
    assertThat(late.body()).contains("Please enter a date that is not after");
    assertThat(new Records(host).values(ada.address)).containsEntry("day", today.toString());
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), BERLIN);
  }

  private String posts(Person person, LocalDate day, String more) throws IOException {
    var answer =
        stranger().posts(FORM, URL_ENCODED, body(person, day, more), "Accept: application/json");
    return Json.MAPPER.readTree(answer.body()).path("id").asText();
  }

  private static String body(Person person, LocalDate day, String more) {
    return "email=%s&day=%s&guests=4&size=m&country=de&rating=5&terms=true&consent.newsletter=v1%s"
        .formatted(URLEncoder.encode(person.address, UTF_8), day, more);
  }

  private Stranger stranger() {
    return new Stranger(host);
  }
}
