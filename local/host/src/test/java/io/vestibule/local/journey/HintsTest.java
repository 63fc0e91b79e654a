package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Json;
import io.vestibule.local.journey.Stranger.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What smells of a machine is noted with the submission, and whoever sent it is not told; but
 * whoever was only quick is asked to press again.
 */
class HintsTest extends Journey {

  private static final String CONTACT = "/forms/contact";

  private Stranger visitor;

  @BeforeAll
  void arrive() {
    visitor = new Stranger(host);
  }

  @BeforeEach
  void holdTime() {
    clock.stop();
  }

  @Test
  void whoFillsInWhatNobodySeesIsAnsweredLikeAnybodyAndTheRowTells() throws Exception {
    var person = answerTo(Map.of());
    var machine = answerTo(Map.of("_gotcha", "https://spam.example"));

    assertThat(hint(machine)).isEqualTo("honeypot");
    assertThat(hint(person)).isEmpty();
    assertThat(machine.status()).isEqualTo(person.status()).isEqualTo(202);
    assertThat(withoutId(machine)).isEqualTo(withoutId(person));
    assertThat(headers(machine)).isEqualTo(headers(person));
  }

  @Test
  void jsonHasTheFieldAsWell() throws Exception {
    var body = "{\"email\":\"%s\",\"name\":\"A\",\"message\":\"B\",\"_gotcha\":%s}";
    var address = somebody().address;

    assertThat(hint(visitor.posts(CONTACT, "application/json", body.formatted(address, "\" x \""))))
        .isEqualTo("honeypot");
    assertThat(hint(visitor.posts(CONTACT, "application/json", body.formatted(address, "\" \""))))
        .isEmpty();
  }

  @Test
  void onThePageNobodySeesItReachesItOrHasItFilledIn() throws Exception {
    String page = visitor.gets(CONTACT).body();

    assertThat(page)
        .containsOnlyOnce("name=\"_gotcha\"")
        .contains("<div class=\"unseen\" aria-hidden=\"true\">")
        .contains(
            "<input id=\"_gotcha\" name=\"_gotcha\" type=\"text\" tabindex=\"-1\""
                + " autocomplete=\"off\" value=\"\">")
        .containsPattern("\\.unseen \\{ position: absolute; [^}]*overflow: hidden;");
    assertThat(
            visitor.posts(CONTACT, "application/x-www-form-urlencoded", "_gotcha=stuffed").body())
        .doesNotContain("stuffed");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1_999})
  void aProgramThatSendsAPageBackWithinTwoSecondsIsHasty(long millis) throws Exception {
    var page = Page.opened(visitor, CONTACT);
    clock.advance(Duration.ofMillis(millis));

    assertThat(hint(page.sends(filledIn()))).isEqualTo("hasty");
  }

  @ParameterizedTest
  @CsvSource({"en, Press again to send", "de, Zum Absenden bitte noch", "zh-Hans, 请再提交一次"})
  void whoSendsAPageThatSoonIsAskedToPressAgainAndThenGetsTheMail(String language, String words)
      throws Exception {
    var ada = somebody();
    var values = filledIn("email", ada.address);
    values.putAll(Map.of("_lang", language, "_next", "https://www.example.com/thanks"));
    values.putAll(Map.of("message", "A <b>long</b> text", "consent.newsletter", "v1"));
    var opened = Page.opened(visitor, CONTACT);
    int rows = rows();
    clock.advance(Duration.ofMillis(1_999));

    var again = opened.pressed(values);
    var body = again.answer().body();

    assertThat(again.answer().status()).isEqualTo(422);
    assertThat(body).contains("<html lang=\"" + language + "\">", words);
    assertThat(body)
        .contains("value=\"" + ada.address + "\"", "value=\"Ada\"")
        .contains("A &lt;b&gt;long&lt;/b&gt; text</textarea>", "value=\"v1\" checked")
        .contains("name=\"_next\" value=\"https://www.example.com/thanks\"")
        .doesNotContain(" aria-invalid=\"");
    assertThat(again.nonce()).isNotEqualTo(opened.nonce());
    assertThat(rows()).isEqualTo(rows);

    clock.advance(Duration.ofSeconds(2));
    assertThat(again.pressed(values).answer().header("location"))
        .isEqualTo("https://www.example.com/thanks");
    assertThat(again.pressed(values).answer().status()).isEqualTo(303);
    assertThat(rows()).isEqualTo(rows + 1);
    assertThat(ada.mails()).hasSize(1);
  }

  /** A program that sends what it is shown as fast as it can is where it was. */
  @Test
  void whoPressesAgainAtOnceIsAskedOnceMoreHoweverOften() throws Exception {
    var values = filledIn();
    var page = Page.opened(visitor, CONTACT);
    int rows = rows();
    for (int press = 0; press < 4; press++) {
      page = page.pressed(values);
      assertThat(page.answer().status()).isEqualTo(422);
      clock.advance(Duration.ofSeconds(1));
    }
    assertThat(rows()).isEqualTo(rows);
  }

  /** What is asked of people would tell a machine which of its mistakes was seen. */
  @Test
  void whoFillsInWhatNobodySeesIsNotAskedToPressAgainHoweverSoon() throws Exception {
    var values = filledIn("_gotcha", "https://spam.example");
    int rows = rows();

    assertThat(Page.opened(visitor, CONTACT).pressed(values).answer().body())
        .contains("Almost done", values.get("email"));
    assertThat(rows()).isEqualTo(rows + 1);
  }

  /** No hint holds a request: its mail comes, so what the page says is so. */
  @Test
  void aRequestAboutOnesOwnDataIsTakenHoweverSoonItComes() throws Exception {
    var ada = somebody();
    var values = Map.of("email", ada.address, "kind", "access");

    assertThat(Page.opened(visitor, "/forms/privacy").pressed(values).answer().body())
        .contains("Almost done", ada.address);
    assertThat(ada.mails()).hasSize(1);
  }

  @Test
  void askingToPressAgainCallsNobody() throws Exception {
    var page = Page.opened(visitor, CONTACT);
    try (var recording = host.calls().record()) {
      assertThat(page.pressed(filledIn()).answer().status()).isEqualTo(422);
      assertThat(recording.of("IntakeFunction")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {2_000, 60_000, 86_400_000})
  void aPageThatTookLongerIsNot(long millis) throws Exception {
    var page = Page.opened(visitor, CONTACT);
    clock.advance(Duration.ofMillis(millis));

    assertThat(hint(page.sends(filledIn()))).isEmpty();
  }

  @Test
  void aPageThatIsShownAgainKeepsItsTime() throws Exception {
    var page = Page.opened(visitor, CONTACT);
    clock.advance(Duration.ofSeconds(5));
    var again =
        visitor.posts(
            CONTACT, "application/x-www-form-urlencoded", "email=&_nonce=" + page.nonce());

    var shown = new Page(visitor, CONTACT, again);
    assertThat(again.status()).isEqualTo(422);
    assertThat(shown.nonce()).isEqualTo(page.nonce());
    assertThat(hint(shown.sends(filledIn()))).isEmpty();
  }

  @Test
  void aNonceThatIsNotOursSaysNothing() throws Exception {
    var page = Page.opened(visitor, CONTACT);
    String nonce = page.nonce();
    String[] parts = nonce.split("\\.", -1);
    String later = parts[0] + "." + (Long.parseLong(parts[1]) + 1) + "." + parts[2];

    for (String other :
        new String[] {
          "of-the-clients-own-making",
          parts[0],
          later,
          nonce.substring(0, nonce.length() - 1),
          nonce + "x",
          parts[0] + ".999999999999." + parts[2],
          parts[0] + ".99999999999999999999." + parts[2],
          ".."
        }) {
      assertThat(hint(page.sends(filledIn("_nonce", other)))).as(other).isEmpty();
    }
  }

  @Test
  void aNonceOfAnotherFormSaysNothing() throws Exception {
    String nonce = Page.opened(visitor, "/forms/guarded").nonce();

    assertThat(hint(Page.opened(visitor, CONTACT).sends(filledIn("_nonce", nonce)))).isEmpty();
  }

  private int rows() {
    return tables.items("submissions").size();
  }

  private Answer answerTo(Map<String, String> more) throws IOException {
    var page = Page.opened(visitor, CONTACT);
    clock.advance(Duration.ofMinutes(1));
    var values = filledIn();
    values.putAll(more);
    return page.sends(values);
  }

  private Map<String, String> filledIn(String... more) {
    var values =
        new TreeMap<>(Map.of("email", somebody().address, "name", "Ada", "message", "Hello"));
    if (more.length == 2) {
      values.put(more[0], more[1]);
    }
    return values;
  }

  private String hint(Answer answer) throws IOException {
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    var id = Json.MAPPER.readTree(answer.body()).path("id").asText();
    return Tables.text(tables.submission(id), "hint");
  }

  /** Nor with the address, which each of them typed and is told. */
  private static String withoutId(Answer answer) {
    return answer
        .body()
        .replaceAll("\"id\":\"[^\"]{23}\"", "\"id\"")
        .replaceAll("V-\\w{6}", "V-")
        .replaceAll("person-[0-9]+@home-[0-9]+", "person@home");
  }

  private static Map<String, String> headers(Answer answer) {
    var headers = new TreeMap<>(answer.headers());
    headers.remove("date");
    return headers;
  }
}
