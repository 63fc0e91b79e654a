package io.vestibule.verification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Env;
import io.vestibule.web.Reply;
import io.vestibule.web.Request;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that is answered without looking a link up, and what is said when that fails. */
class VerifyHandlerTest {

  private static final String LINK = "/verify/{id}";
  private static final String RESEND = "/verify/{id}/resend";
  private static final String ID = "s" + "A".repeat(22);
  private static final String TOKEN = "A".repeat(43);

  /** Nothing listens on this port: whatever would be read or written there fails. */
  private final VerifyHandler handler =
      new VerifyHandler(
          Env.of(
              Map.of(
                  "SUBMISSIONS_TABLE", "submissions",
                  "REQUESTS_TABLE", "requests",
                  "DISCLOSURES_TABLE", "disclosures",
                  "SYSTEM_KEYS_TABLE", "system-keys",
                  "POWERTOOLS_SERVICE_NAME", "vestibule",
                  "AWS_REGION", "eu-central-1",
                  "AWS_ACCESS_KEY_ID", "VerifyFunction",
                  "AWS_SECRET_ACCESS_KEY", "local",
                  "AWS_ENDPOINT_URL", "http://127.0.0.1:1")),
          Clock.systemUTC());

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "resend", "<script>", "../forms", "sAAAA", "s\u0000", "Ünïcode"})
  void aLinkThatCannotBeOneIsDeadByGetAndByPost(String id) {
    Reply looked = get(LINK, id, Map.of("token", TOKEN, "form", "contact"));
    Reply pressed = post(LINK, id, "token=" + TOKEN);

    assertThat(looked.status()).isEqualTo(410);
    assertThat(looked.body())
        .contains("This link no longer works", "href=\"/forms/contact?lang=en\"")
        .doesNotContain("<script");
    assertThat(pressed.status()).isEqualTo(410);
    assertThat(pressed.body()).contains("href=\"https://www.example.com/\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "AAAA,AAAA", "\u0000", "%00"})
  void aTokenThatCannotBeOneIsDead(String token) {
    assertThat(get(LINK, ID, Map.of("token", token)).status()).isEqualTo(410);
    assertThat(get(LINK, ID, Map.of()).status()).isEqualTo(410);
    assertThat(post(LINK, ID, "").status()).isEqualTo(410);
    assertThat(post(LINK, ID, "token=a&token=b").status()).isEqualTo(410);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "AAAA", "AAAA=", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
  void aLinkThatWasCutOffIsToldSo(String token) {
    assertThat(get(LINK, ID, Map.of("token", token)).status()).isEqualTo(410);
    assertThat(get(LINK, ID, Map.of("token", token)).body())
        .contains("This link is not complete", "https://")
        .doesNotContain("no longer works", "all is done");
    assertThat(post(LINK, ID, "token=" + token).body()).contains("This link is not complete");
  }

  @Test
  void theDeadPageOffersNoNewLinkAsNoneWouldCome() {
    assertThat(get(LINK, ID, Map.of("lang", "zh")).body())
        .doesNotContain("<form", "/resend")
        .contains("<html lang=\"zh-Hans\">", "链接已失效", "重新填写表单");
  }

  @Test
  void askingForANewLinkIsAnsweredTheSameForIdsThatNeverWere() {
    Reply reply = post(RESEND, "sNothing", "_lang=zh-Hans");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).contains("请查收邮件");
    assertThat(post(RESEND, "resend", "").body()).contains("Look in your mailbox");
  }

  @Test
  void thePageAfterThePressNeedsNoLookUp() {
    Reply reply = get(LINK, "confirmed", Map.of("form", "contact", "lang", "zh-Hans"));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).contains("已确认", "联系我们");
    assertThat(get(LINK, "confirmed", Map.of("form", "<b>")).status()).isEqualTo(404);
    assertThat(get(LINK, "confirmed", Map.of()).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, /verify/{id}, sA, 'GET, HEAD, POST'",
    "OPTIONS, /verify/{id}, sA, 'GET, HEAD, POST'",
    "POST, /verify/{id}, confirmed, 'GET, HEAD'",
    "GET, /verify/{id}/resend, sA, POST",
    "HEAD, /verify/{id}/resend, sA, POST",
  })
  void otherMethodsAreToldWhichThereAre(String method, String route, String id, String allowed) {
    Reply reply = answer(method, route, id, Map.of(), "");

    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.headers()).containsEntry("Allow", allowed);
  }

  @Test
  void aPressThatCannotBeReadIsRefused() {
    var headers = Map.of("content-type", "text/plain");
    var request =
        new Request("POST", "", LINK, Map.of("id", ID), Map.of(), headers, TOKEN.getBytes(UTF_8));

    assertThat(handler.answer(request).status()).isEqualTo(415);
    assertThat(post(LINK, ID, "token=%ff").status()).isEqualTo(400);
  }

  @Test
  void anyOtherRouteIsNotFound() {
    assertThat(get("$default", "", Map.of()).status()).isEqualTo(404);
  }

  @Test
  void whenTheTableCannotBeReadThePersonIsAskedToComeBack() {
    Reply reply = get(LINK, ID, Map.of("token", TOKEN));

    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.headers()).containsEntry("Retry-After", "30");
    assertThat(reply.body()).contains("Please try again in a moment").doesNotContain("127.0.0.1");
  }

  @Test
  void thatTheTableCannotBeReadIsCounted() {
    var printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(printed, true, UTF_8));
    try {
      var _ = get(LINK, ID, Map.of("token", TOKEN));
    } finally {
      System.setOut(before);
    }

    assertThat(printed.toString(UTF_8)).contains("\"LinkUnavailable\":1");
  }

  private Reply get(String route, String id, Map<String, String> query) {
    return answer("GET", route, id, query, "");
  }

  private Reply post(String route, String id, String body) {
    return answer("POST", route, id, Map.of(), body);
  }

  private Reply answer(
      String method, String route, String id, Map<String, String> query, String body) {
    var headers = Map.of("content-type", "application/x-www-form-urlencoded");
    return handler.answer(
        new Request(method, "", route, Map.of("id", id), query, headers, body.getBytes(UTF_8)));
  }
}
