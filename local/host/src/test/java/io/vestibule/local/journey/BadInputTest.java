package io.vestibule.local.journey;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Json;
import io.vestibule.local.journey.Stranger.Answer;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What bots, broken clients and attackers send: each is told what is wrong with it, nothing of it
 * is stored, and none makes a function fail.
 */
class BadInputTest extends Journey {

  private static final String FORM = "/forms/contact";
  private static final String JSON = "application/json";
  private static final String URL_ENCODED = "application/x-www-form-urlencoded";
  private static final String PARTS = "multipart/form-data; boundary=xyz";

  private Stranger stranger;
  private SortedMap<String, String> empty;

  @BeforeAll
  void arrive() {
    stranger = new Stranger(host);
    empty = tables.snapshot();
  }

  /**
   * One post.
   *
   * @param pointers what the answer must name, all of it at once
   */
  record Post(String what, String contentType, byte[] body, int status, List<String> pointers) {

    static Post of(String what, String contentType, String body, int status, String... pointers) {
      return new Post(what, contentType, body.getBytes(UTF_8), status, List.of(pointers));
    }

    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Post> unreadable() {
    return Stream.of(
        Post.of("nothing as JSON", JSON, "", 400),
        Post.of("half an object", JSON, "{\"email\":", 400),
        Post.of("a list", JSON, "[]", 400),
        Post.of("single quotes", JSON, "{'email':'a'}", 400),
        Post.of("something after the end", JSON, "{} {}", 400),
        Post.of("20,000 lists in each other", JSON, "[".repeat(20_000), 400),
        Post.of(
            "20,000 levels, closed",
            JSON,
            "{\"name\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}",
            400),
        Post.of("a name twice", JSON, "{\"email\":\"a@example.com\",\"email\":\"b@x.org\"}", 400),
        Post.of("a number of 5,000 digits", JSON, "{\"name\":" + "9".repeat(5_000) + "}", 400),
        Post.of("a raw NUL", JSON, "{\"name\":\"a\u0000\"}", 400),
        Post.of("a form that says it is JSON", JSON, "email=a%40example.com", 400),
        new Post("UTF-16", JSON, valid("x").getBytes(UTF_16), 400, List.of()),
        new Post("Latin-1", JSON, valid("Zoë").getBytes(ISO_8859_1), 400, List.of()),
        new Post("Latin-1 in a form", URL_ENCODED, "name=Zoë".getBytes(ISO_8859_1), 400, List.of()),
        Post.of("half a surrogate pair, encoded", URL_ENCODED, "name=%ed%a0%80", 400),
        Post.of("an overlong NUL", URL_ENCODED, "name=%c0%80", 400),
        Post.of("no boundary", "multipart/form-data", "--xyz--", 400),
        Post.of("parts without an end", PARTS, "--xyz\r\nContent-Disposition: form-data", 400),
        Post.of("parts of another boundary", PARTS, "--abc--", 400),
        Post.of("a part without a name", PARTS, part("form-data", "x"), 400),
        Post.of("a file", PARTS, part("form-data; name=f; filename=a.txt", "x"), 415),
        Post.of("no content type", "", valid("x"), 415),
        Post.of("text", "text/plain", valid("x"), 415),
        Post.of("XML", "application/xml", "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///'>]>", 415),
        Post.of("another charset", JSON + "; charset=gbk", valid("x"), 415),
        Post.of("nonsense for a content type", ";;=,", valid("x"), 415),
        Post.of("64 KiB and a byte", URL_ENCODED, "a=" + "x".repeat(65_535), 413),
        Post.of("a megabyte of JSON", JSON, "[".repeat(1 << 20), 413));
  }

  static Stream<Post> invalid() {
    return Stream.of(
        Post.of("nothing", JSON, "{}", 422, "/email", "/name", "/message"),
        Post.of("percent and no digits", URL_ENCODED, "name=%zz", 422, "/email", "/message"),
        Post.of("a form without controls", PARTS, "--xyz--", 422, "/email", "/name", "/message"),
        Post.of("nothing in a form", URL_ENCODED, "", 422, "/email", "/name", "/message"),
        Post.of(
            "JSON that says it is a form",
            URL_ENCODED,
            valid("x"),
            422,
            "/email",
            "/name",
            "/message"),
        field("undeclared", "\"admin\":true", "/admin"),
        field("undeclared, of ours", "\"_admin\":\"x\"", "/_admin"),
        field("undeclared, like a prototype", "\"__proto__\":{}", "/__proto__"),
        field("undeclared, with markup", "\"<script>\":\"x\"", "/<script>"),
        field("a consent that is not asked for", "\"consent.all\":\"v1\"", "/consent.all"),
        field(
            "a consent in no such wording",
            "\"consent.newsletter\":\"v999\"",
            "/consent.newsletter"),
        name("a number", "1", "/name"),
        name("a huge number", "1e999999", "/name"),
        name("an object", "{\"a\":{\"b\":[]}}", "/name"),
        name("a list", "[\"Ada\"]", "/name"),
        name("a header in a name", "\"Ada\\r\\nBcc: x@example.com\"", "/name"),
        name("NUL", "\"a\\u0000b\"", "/name"),
        name("half a surrogate pair", "\"a\\ud800b\"", "/name"),
        name("nothing but what nobody sees", "\"\\u3164\\u00a0\\u2800\"", "/name"),
        name("101 characters", "\"" + "x".repeat(101) + "\"", "/name"),
        email("none", "ada"),
        email("two", "ada@example.com, bob@example.com"),
        email("two, with a semicolon", "ada@example.com;bob@example.com"),
        email("a header", "ada@example.com\\r\\nBcc: bob@example.com"),
        email("an encoded header", "ada@example.com%0d%0aBcc:bob@example.com"),
        email("an encoded word", "a=?utf-8?q?b?=@example.com"),
        email("a display name", "Ada <ada@example.com>"),
        email("a local part of 65", "l".repeat(65) + "@example.com"),
        email("a domain of 300", "ada@" + "d.".repeat(150) + "com"),
        email("60 KB", "a".repeat(60_000) + "@example.com"),
        email("an IP address", "ada@[127.0.0.1]"),
        email("a script in a local part", "<script>alert(1)</script>@example.com"),
        email("an IDN that does not map", "ada@\u200d.example"),
        email("letters that SES cannot send to", "阿达@example.com"),
        Post.of(
            "a field twice",
            URL_ENCODED,
            "email=a%40example.com&email=b%40example.com&name=Ada&message=x",
            422,
            "/email"),
        Post.of(
            "everything wrong at once",
            JSON,
            "{\"email\":\"a,b\",\"phone\":\"none\",\"company\":7,\"x\":1,\"consent.y\":\"z\"}",
            422,
            "/email",
            "/name",
            "/company",
            "/phone",
            "/message",
            "/x",
            "/consent.y"));
  }

  private static Post field(String what, String member, String pointer) {
    return Post.of(what, JSON, valid("x").replaceFirst("}$", "," + member + "}"), 422, pointer);
  }

  private static Post name(String what, String json, String pointer) {
    String body = "{\"email\":\"a@example.com\",\"message\":\"x\",\"name\":%s}".formatted(json);
    return Post.of(what, JSON, body, 422, pointer);
  }

  private static Post email(String what, String address) {
    return Post.of(
        "an address: " + what, JSON, valid("x").replace("a@example.com", address), 422, "/email");
  }

  private static String valid(String message) {
    return "{\"email\":\"a@example.com\",\"name\":\"Ada\",\"message\":\"%s\"}".formatted(message);
  }

  private static String part(String disposition, String value) {
    return "--xyz\r\nContent-Disposition: %s\r\n\r\n%s\r\n--xyz--\r\n"
        .formatted(disposition, value);
  }

  @ParameterizedTest
  @MethodSource({"unreadable", "invalid"})
  void aProgramIsToldEverythingThatIsWrong(Post post) throws IOException {
    var answer = stranger.posts(FORM, post.contentType(), post.body(), "Accept: " + JSON);

    assertThat(answer.status()).as(answer.body()).isEqualTo(post.status());
    assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
    assertThat(Json.MAPPER.readTree(answer.body()).path("errors"))
        .extracting(error -> error.path("pointer").asText())
        .containsExactlyElementsOf(post.pointers());
    assertThat(tables.snapshot()).isEqualTo(empty);
  }

  @ParameterizedTest
  @MethodSource({"unreadable", "invalid"})
  void aPersonGetsAPageThatRunsNothing(Post post) throws IOException {
    var answer = stranger.posts(FORM, post.contentType(), post.body(), "Accept: text/html");

    assertThat(answer.status()).isEqualTo(post.status());
    assertThat(answer.header("content-type")).isEqualTo("text/html; charset=utf-8");
    assertThat(answer.body())
        .contains("<title>Error: ")
        .doesNotContainIgnoringCase("<script")
        .doesNotContain("\u0000");
    assertThat(tables.snapshot()).isEqualTo(empty);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/forms",
        "/forms/",
        "/forms/nothing",
        "/forms/business",
        "/forms/Contact",
        "/forms//contact",
        "//forms/contact",
        "/forms/contact.json",
        "/forms/./contact",
        "/forms/../forms/contact",
        "/forms/..%2fforms%2fcontact",
        "/forms/%2e%2e%2fbusiness",
        "/forms/..%5ccontact",
        "/forms/contact%0d%0aSet-Cookie:a=b",
        "/forms/contact;a=b",
        "/forms/%ff%fe",
        "/forms/%u0063ontact",
        "/forms/<script>alert(1)</script>",
        "/forms/${7*7}",
      })
  void whatIsNoFormIsNotFound(String path) throws IOException {
    for (Answer answer : List.of(stranger.gets(path), stranger.posts(path, JSON, valid("x")))) {
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.headers()).doesNotContainKey("set-cookie");
      assertThat(answer.body()).doesNotContain("<script", "49");
    }
    assertThat(tables.snapshot()).isEqualTo(empty);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/forms/contact%00", "/forms/%zz", "/verify/%00"})
  void whatIsNoPathReachesNoFunction(String path) throws IOException {
    assertThat(stranger.gets(path).status()).isEqualTo(400);
    assertThat(stranger.posts(path, JSON, valid("x")).status()).isEqualTo(400);
    assertThat(tables.snapshot()).isEqualTo(empty);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "\"a", "a b", "schlüssel"})
  void anIdempotencyKeyThatIsNoneIsRefused(String key) throws IOException {
    var answer = stranger.posts(FORM, JSON, valid("x"), "Idempotency-Key: " + key);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(Json.MAPPER.readTree(answer.body()).path("type").asText())
        .isEqualTo("urn:vestibule:problem:idempotency-key");
    assertThat(tables.snapshot()).isEqualTo(empty);
  }

  @ParameterizedTest
  @ValueSource(strings = {"_nonce=a&_nonce=b", "_nonce=%00", "_nonce=a+b"})
  void aNonceThatIsNoneIsRefused(String nonce) throws IOException {
    String body = "email=a%40example.com&name=Ada&message=x&" + nonce;

    assertThat(stranger.posts(FORM, URL_ENCODED, body).status()).isEqualTo(400);
    assertThat(tables.snapshot()).isEqualTo(empty);
  }

  @Test
  void languagesAreChosenInNoTimeHoweverLongTheyAre() throws IOException {
    String tag = "a" + "-a".repeat(3_500);

    assertThat(stranger.gets(FORM + "?lang=" + tag).status()).isEqualTo(200);
    assertThat(stranger.gets(FORM, "Accept-Language: " + tag).status()).isEqualTo(200);
    assertThat(stranger.posts(FORM, URL_ENCODED, "_lang=" + tag.repeat(9)).status()).isEqualTo(422);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/verify/sAAAAAAAAAAAAAAAAAAAAAA",
        "/verify/rAAAAAAAAAAAAAAAAAAAAAA",
        "/verify/s",
        "/verify/..%2f..",
        "/verify/<script>",
        "/verify/{id}",
        "/verify/sAAAAAAAAAAAAAAAAAAAAAA%0a",
        "/verify/sAAAAAAAAAAAAAAAAAAAAAAA",
      })
  void idsOfOtherKindsAndTokensThatAreNoneAreDeadLinks(String path) throws IOException {
    String token = "A".repeat(43);
    for (Answer answer :
        List.of(
            stranger.gets(path),
            stranger.gets(path + "?token=" + token),
            stranger.gets(path + "?token=" + token + "&token=" + token),
            stranger.gets(path + "?token=%00%ff<script>"),
            stranger.posts(path, URL_ENCODED, "token=" + token),
            stranger.posts(path, URL_ENCODED, "token=" + token + "&token=" + token),
            stranger.posts(path, JSON, "{\"token\":{\"a\":1}}"))) {
      assertThat(answer.status()).isEqualTo(path.contains("..") ? 404 : 410);
      assertThat(answer.body()).doesNotContain("<script");
    }
    assertThat(stranger.posts(path, JSON, "{").status()).isIn(400, 404);
    assertThat(stranger.posts(path, "text/plain", "token").status()).isIn(415, 404);
    assertThat(tables.snapshot()).isEqualTo(empty);
  }
}
