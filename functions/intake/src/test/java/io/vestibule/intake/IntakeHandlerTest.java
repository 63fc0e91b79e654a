package io.vestibule.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Env;
import io.vestibule.core.Json;
import io.vestibule.web.Reply;
import io.vestibule.web.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that is answered before anything is written, and what is said when nothing can be. */
class IntakeHandlerTest {

  private static final String JSON = "application/json";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String ORIGIN = "https://www.example.com";

  /** Nothing listens on this port: whatever would be read or written there fails. */
  static final Env VARIABLES =
      Env.of(
          Map.of(
              "SUBMISSIONS_TABLE", "submissions",
              "REQUESTS_TABLE", "requests",
              "SEALING_KEYS_TABLE", "sealing-keys",
              "SYSTEM_KEYS_TABLE", "system-keys",
              "POWERTOOLS_SERVICE_NAME", "vestibule",
              "AWS_REGION", "eu-central-1",
              "AWS_ACCESS_KEY_ID", "IntakeFunction",
              "AWS_SECRET_ACCESS_KEY", "local",
              "AWS_ENDPOINT_URL", "http://127.0.0.1:1"));

  private final IntakeHandler handler = new IntakeHandler(VARIABLES, Clock.systemUTC());

  /** What fails where no failure was thought of. */
  private static final class BrokenClock extends Clock {

    @Override
    public Instant instant() {
      throw new IllegalStateException("ada@example.com");
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @Test
  void theFormIsShownInTheLanguageOfTheLinkOrTheBrowser() {
    assertThat(request("GET").answered().body()).contains("<html lang=\"en\">");
    assertThat(request("GET").header("accept-language", "zh-CN,zh;q=0.9").answered().body())
        .contains("<html lang=\"zh-Hans\">", "联系我们");
    assertThat(request("GET").query("lang", "zh").answered().body()).contains("联系我们");
    assertThat(request("HEAD").answered().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nothing", "business", "../forms/contact", "Contact", "contact\u0000", ""})
  void whatIsNoFormIsNotFoundWhateverTheMethod(String name) throws IOException {
    for (String method : List.of("GET", "HEAD", "POST", "OPTIONS", "DELETE")) {
      assertThat(request(method).form(name).answered().status()).isEqualTo(404);
    }
    Reply document = request("GET").form(name).header("accept", JSON).answered();
    assertThat(json(document).get("type").asText()).isEqualTo("urn:vestibule:problem:not-found");
  }

  @Test
  void whoWantsToChangeAnEntryGetsTheFormFilledInAndNothingIsWritten() {
    Reply form =
        request("POST")
            .body(
                FORM,
                "email=ada%40gmial.com&name=&_change=1&_lang=de&_next=https%3A%2F%2Fevil.example")
            .answered();

    assertThat(form.status()).isEqualTo(200);
    assertThat(form.body())
        .contains("<html lang=\"de\">", "value=\"ada@gmial.com\"", "name=\"_nonce\"")
        .doesNotContain(" aria-invalid=\"", "evil");
  }

  @Test
  void anyOtherRouteIsNotFound() {
    assertThat(request("GET").route("$default").answered().status()).isEqualTo(404);
  }

  @Test
  void theScriptIsSmallAndThereForAnybodysPageAndMayBeCached() {
    Reply script = request("GET").path("/vestibule.js").answered();

    assertThat(script.status()).isEqualTo(200);
    assertThat(script.headers())
        .containsEntry("Content-Type", "text/javascript; charset=utf-8")
        .containsEntry("Cache-Control", "public, max-age=3600")
        .doesNotContainKey("Cross-Origin-Resource-Policy");
    assertThat(script.body()).contains("_altcha", "data-vestibule").hasSizeLessThan(7 * 1024);
    assertThat(request("POST").path("/vestibule.js").answered().headers())
        .containsEntry("Allow", "GET, HEAD");
    assertThat(request("GET").path("/vestibule.js/").answered().status()).isEqualTo(404);
  }

  @Test
  void aProgramGetsTheFormWithItsRulesAndNothingOfWhatIsDoneWithIt() throws IOException {
    Reply reply =
        request("GET")
            .header("accept", JSON)
            .header("origin", "https://www.example.com")
            .answered();
    var document = json(reply);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.headers())
        .containsEntry("Content-Type", "application/json")
        .containsEntry("Cache-Control", "public, max-age=60")
        .containsEntry("Vary", "Accept, Origin")
        .containsEntry("Access-Control-Allow-Origin", "https://www.example.com");
    assertThat(document.propertyStream().map(Map.Entry::getKey))
        .containsExactly(
            "name", "version", "title", "schema", "fields", "consents", "languages", "open");
    assertThat(document.get("name").asText()).isEqualTo("contact");
    assertThat(document.get("version").asText()).matches("[A-Za-z0-9_-]{16}");
    assertThat(document.at("/title/de").asText()).isEqualTo("Kontakt");
    assertThat(document.at("/schema/properties/name/maxLength").asInt()).isEqualTo(100);
    assertThat(document.at("/fields/email/identity").asBoolean()).isTrue();
    assertThat(document.at("/fields/phone/label/zh").asText()).isEqualTo("电话");
    assertThat(document.at("/consents/newsletter/version").asText()).isEqualTo("v1");
    assertThat(document.at("/consents/newsletter/wording")).hasSize(3);
    assertThat(document.get("languages")).hasSize(3);
    assertThat(document.get("open").asBoolean()).isTrue();
  }

  /** A cache would show it to whoever asks for the page: it looks at what is accepted, only. */
  @Test
  void aDocumentThatIsNotAskedForByWhatIsAcceptedIsKeptByNobody() {
    Reply document = request("GET").header("content-type", JSON).answered();

    assertThat(document.headers())
        .containsEntry("Content-Type", "application/json")
        .containsEntry("Cache-Control", "no-store");
  }

  @Test
  void aPageAndADocumentAreToldApartByWhatIsAccepted() {
    Reply page = request("GET").answered();

    assertThat(page.headers())
        .containsEntry("Vary", "Accept, Origin")
        .containsEntry("Cache-Control", "no-store");
  }

  @Test
  void theScriptForConditionsIsThereToo() {
    Reply script = request("GET").path("/conditions.js").answered();

    assertThat(script.status()).isEqualTo(200);
    assertThat(script.body()).contains("data-vestibule-if").hasSizeLessThan(2 * 1024);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "DELETE", "PATCH", "TRACE", "get"})
  void otherMethodsAreToldWhichThereAre(String method) {
    Reply reply = request(method).answered();

    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.headers()).containsEntry("Allow", "GET, HEAD, POST, OPTIONS");
  }

  @Test
  void scriptsOfListedOriginsMayPostAndReadEveryAnswer() {
    Reply preflight = request("OPTIONS").header("origin", ORIGIN).answered();
    Reply refused = request("POST").header("origin", ORIGIN).body(JSON, "{}").answered();

    assertThat(preflight.status()).isEqualTo(204);
    assertThat(preflight.headers())
        .containsEntry("Access-Control-Allow-Origin", ORIGIN)
        .containsEntry("Access-Control-Allow-Headers", "Content-Type, Idempotency-Key")
        .containsEntry("Vary", "Origin");
    assertThat(preflight.headers().get("Access-Control-Allow-Methods")).contains("POST");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.headers()).containsEntry("Access-Control-Allow-Origin", ORIGIN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "null",
        "http://www.example.com",
        "https://www.example.com.evil.example"
      })
  void scriptsOfOtherOriginsMayNot(String origin) {
    for (String method : List.of("OPTIONS", "POST", "GET")) {
      assertThat(request(method).header("origin", origin).answered().headers().keySet())
          .contains("Vary")
          .noneMatch(header -> header.startsWith("Access-Control-"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, '{', 400, malformed",
    "application/json, '{\"a\":1,\"a\":2}', 400, malformed",
    "application/x-www-form-urlencoded, a=%ff, 400, malformed",
    "text/plain, hello, 415, unsupported-media-type",
    "'', hello, 415, unsupported-media-type",
    "application/json, '{}', 422, invalid",
  })
  void whatCannotBeTakenIsRefusedWithItsStatus(
      String contentType, String body, int status, String problem) throws IOException {
    Reply document = request("POST").body(contentType, body).header("accept", JSON).answered();
    Reply page = request("POST").body(contentType, body).header("accept", "text/html").answered();

    assertThat(document.status()).isEqualTo(status);
    assertThat(json(document).get("type").asText()).isEqualTo("urn:vestibule:problem:" + problem);
    assertThat(page.status()).isEqualTo(status);
    assertThat(page.body()).contains("<title>Error: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "POST"})
  void aFormWhoseAddressHasASlashAtItsEndIsAtTheOtherAddress(String method) {
    var asked = request(method).path("/forms/contact/").query("lang", "de").query("a", "b c&d");

    assertThat(asked.answered().status()).isEqualTo(308);
    assertThat(asked.answered().headers().get("Location"))
        .startsWith("/forms/contact?")
        .contains("lang=de", "a=b%20c%26d");
    assertThat(request(method).path("/forms/contact/").answered().headers())
        .containsEntry("Location", "/forms/contact");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/forms/nothing/",
        "/forms/contact//",
        "//forms/contact/",
        "/forms/contact/x",
        "/forms/contact/\n",
        "/forms/contact@evil.example/",
        "/forms//evil.example/",
      })
  void noOtherAddressLeadsAnywhere(String path) {
    assertThat(request("POST").path(path).answered().status()).isEqualTo(404);
    assertThat(request("GET").path(path).answered().headers()).doesNotContainKey("Location");
  }

  @Test
  void moreThan64KibIsTooLarge() {
    assertThat(request("POST").body(FORM, "message=" + "x".repeat(65_536)).answered().status())
        .isEqualTo(413);
  }

  @Test
  void everyErrorIsNamedAtOnceInTheLanguageThatWasPosted() throws IOException {
    Reply reply =
        request("POST")
            .body(JSON, "{\"email\":\"a, b\",\"_lang\":\"zh\",\"fax\":1}")
            .header("accept-language", "en")
            .answered();

    assertThat(json(reply).get("errors"))
        .extracting(error -> error.get("pointer").asText())
        .containsExactly("/email", "/name", "/message", "/fax");
    assertThat(reply.body()).contains("请填写此项。");
    assertThat(reply.headers()).containsEntry("Content-Language", "zh-Hans");
  }

  /** An attack: it was answered with 503, and an alarm. */
  @ParameterizedTest
  @ValueSource(ints = {60, 300, 2_000, 20_000})
  void anAddressInAnotherScriptThatIsTooLongIsAnErrorOfItsField(int length) throws IOException {
    var email = "ada@" + "ü".repeat(length) + ".example";
    Reply reply =
        request("POST")
            .body(JSON, "{\"email\":\"%s\",\"name\":\"Ada\",\"message\":\"Hi\"}".formatted(email))
            .answered();

    assertThat(reply.status()).isEqualTo(422);
    assertThat(json(reply).get("errors"))
        .extracting(error -> error.get("pointer").asText())
        .containsExactly("/email");
  }

  @Test
  void anUnknownPostedLanguageLeavesTheChoiceToTheBrowser() {
    Reply reply =
        request("POST").body(FORM, "_lang=xx&email=ada").header("accept-language", "zh").answered();

    assertThat(reply.body()).contains("<html lang=\"zh-Hans\">", "value=\"ada\"");
  }

  @Test
  void whenNothingCanBeWrittenNothingIsLost() throws IOException {
    String entry = "email=ada%40example.com&name=Ada&message=A+long+text";
    Reply page = request("POST").body(FORM, entry).answered();
    Reply document = request("POST").body(FORM, entry).header("accept", JSON).answered();

    assertThat(page.status()).isEqualTo(503);
    assertThat(page.headers()).containsKey("Retry-After");
    assertThat(page.body()).contains("A long text</textarea>", "Please try again in a moment");
    assertThat(document.status()).isEqualTo(503);
    assertThat(document.headers()).containsKey("Retry-After");
    assertThat(json(document).get("type").asText()).isEqualTo("urn:vestibule:problem:unavailable");
  }

  @Test
  void whatNobodyExpectedIsToldToScriptsAndWhenToTryAgainAndCounted() throws Exception {
    var counted = new ByteArrayOutputStream();
    Reply reply;
    PrintStream before = System.out;
    System.setOut(new PrintStream(counted, true, UTF_8));
    try {
      reply =
          new Asking("POST", new IntakeHandler(VARIABLES, new BrokenClock()))
              .header("origin", ORIGIN)
              .header("accept", JSON)
              .body(FORM, "email=ada%40example.com&name=Ada&message=Hello")
              .answered();
    } finally {
      System.setOut(before);
    }

    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.headers())
        .containsEntry("Retry-After", "30")
        .containsEntry("Access-Control-Allow-Origin", ORIGIN)
        .containsEntry(
            "Access-Control-Expose-Headers", "Retry-After, Vestibule-Next, Vestibule-Ignored");
    assertThat(json(reply).get("type").asText()).isEqualTo("urn:vestibule:problem:unavailable");
    assertThat(counted.toString(UTF_8)).contains("\"SubmissionUnavailable\":1");
  }

  private static JsonNode json(Reply reply) throws IOException {
    return Json.MAPPER.readTree(reply.body());
  }

  private Asking request(String method) {
    return new Asking(method, handler);
  }

  /** A request in the making. */
  private static final class Asking {

    private final String method;
    private final IntakeHandler handler;
    private final Map<String, String> query = new HashMap<>();
    private final Map<String, String> headers = new HashMap<>();
    private String path = "/forms/contact";
    private String route = "/forms/{form}";
    private String form = "contact";
    private byte[] body = {};

    Asking(String method, IntakeHandler handler) {
      this.method = method;
      this.handler = handler;
    }

    Asking route(String template) {
      route = template;
      return this;
    }

    /** Another path, which no route of the template takes. */
    Asking path(String other) {
      path = other;
      return route("$default");
    }

    Asking form(String name) {
      form = name;
      return this;
    }

    Asking query(String name, String value) {
      query.put(name, value);
      return this;
    }

    Asking header(String name, String value) {
      headers.put(name, value);
      return this;
    }

    Asking body(String contentType, String content) {
      body = content.getBytes(UTF_8);
      return header("content-type", contentType);
    }

    Reply answered() {
      return handler.answer(
          new Request(method, path, route, Map.of("form", form), query, headers, body));
    }
  }
}
