package io.vestibule.local.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Json;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What pages send that a form never asked for: it is left out, and its names are told. */
class IgnoredTest extends Journey {

  private static final String FORM = "/forms/contact";
  private static final String URL_ENCODED = "application/x-www-form-urlencoded";
  private static final String HEADER = "vestibule-ignored";

  @Test
  void whatAFormDoesNotDeclareIsLeftOutAndNamed() throws Exception {
    var ada = somebody();
    var answer = posts(ada.address, "go=1&utm_x=%3Cb%3E&submit=Send", "Accept: text/html");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header(HEADER)).isEqualTo("go, utm_x");
    assertThat(answer.body()).doesNotContain("utm_x", "&lt;b", "<b>");
    host.drain(LIMIT);
    ada.presses(ada.link());
    host.drain(LIMIT);
    assertThat(new Records(host).values(ada.address)).doesNotContainKeys("go", "utm_x", "submit");
  }

  @Test
  void aScriptReadsTheNamesInTheAnswerOrItsHeader() throws IOException {
    var answer =
        posts(
            somebody().address,
            "go=1",
            "Accept: application/json",
            "Origin: https://www.example.com");

    assertThat(Json.MAPPER.readTree(answer.body()).path("ignored").toString())
        .isEqualTo("[\"go\"]");
    assertThat(answer.header("access-control-expose-headers")).contains("Vestibule-Ignored");
    assertThat(posts(somebody().address, "", "Accept: application/json").body())
        .doesNotContain("ignored");
  }

  @Test
  void anAnswerThatSomethingElseIsMissingNamesThemToo() throws IOException {
    var answer = stranger().posts(FORM, URL_ENCODED, "e-mail=a%40example.com");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.header(HEADER)).isEqualTo("e-mail");
  }

  @Test
  void namesThatAreNoneForAHeaderAreNotRepeated() throws IOException {
    var names =
        Stream.concat(
            Stream.of("a\r\nSet-Cookie: a=b", "ü", "a b", "", "x".repeat(41), "a,b"),
            IntStream.range(0, 30).mapToObj(n -> "field" + n));
    var posted =
        names.map(name -> URLEncoder.encode(name, UTF_8) + "=1").collect(Collectors.joining("&"));
    var answer = posts(somebody().address, posted, "Accept: text/html");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.headers()).doesNotContainKey("set-cookie");
    assertThat(answer.header(HEADER).split(", ", -1))
        .hasSize(21)
        .startsWith("field0")
        .endsWith("*");
  }

  @Test
  void aBrowserMayPostFromAScriptToAnAddressWithASlash() throws IOException {
    var origin = List.of("Origin: https://www.example.com");
    var asked = stranger().sends("OPTIONS", FORM + "/", origin, new byte[0]);
    var posted = stranger().sends("POST", FORM + "/", origin, new byte[0]);

    assertThat(asked.status()).isEqualTo(204);
    assertThat(asked.header("access-control-allow-methods")).contains("POST");
    assertThat(posted.status()).isEqualTo(308);
    assertThat(posted.header("access-control-allow-origin")).isEqualTo("https://www.example.com");
    assertThat(stranger().sends("OPTIONS", "/forms/none/", origin, new byte[0]).status())
        .isEqualTo(404);
  }

  private Stranger stranger() {
    return new Stranger(host);
  }

  private Stranger.Answer posts(String address, String more, String... headers) throws IOException {
    var body =
        "name=Ada&message=Hello&email=%s&%s".formatted(URLEncoder.encode(address, UTF_8), more);
    return stranger().posts(FORM, URL_ENCODED, body, headers);
  }
}
