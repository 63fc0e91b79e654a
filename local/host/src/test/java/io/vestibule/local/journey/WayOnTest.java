package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Where a person is sent on to, and what is told if that is nowhere. */
class WayOnTest extends Journey {

  private static final String FORM = "/forms/contact";
  private static final String URL_ENCODED = "application/x-www-form-urlencoded";
  private static final String THANKS = "https://www.example.com/thanks";

  @Test
  void aListedPageIsGoneOnToWithItsQuery() throws Exception {
    var answer = posts(THANKS + "?utm_source=a", "Accept: text/html");

    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.header("location")).isEqualTo(THANKS + "?utm_source=a");
    assertThat(answer.header("vestibule-next")).isEmpty();
  }

  @Test
  void thatAPageIsNotListedIsToldWithTheThanks() throws Exception {
    var page = posts("https://evil.example/", "Accept: text/html");
    var json = posts("https://evil.example/", "Accept: application/json");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("vestibule-next")).isEqualTo("ignored; reason=unlisted");
    assertThat(page.body()).doesNotContain("evil.example");
    assertThat(json.header("vestibule-next")).isEqualTo("ignored; reason=unlisted");
    assertThat(Json.MAPPER.readTree(json.body()).path("nextIgnored").booleanValue()).isTrue();
    assertThat(Json.MAPPER.readTree(json.body()).has("next")).isFalse();
    assertThat(posts(THANKS, "Accept: application/json").body()).doesNotContain("nextIgnored");
  }

  @Test
  void whatIsPostedToAnAddressWithASlashArrives() throws Exception {
    var ada = somebody();
    try (var browser =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build()) {
      var answer =
          browser.send(
              HttpRequest.newBuilder(host.uri().resolve(FORM + "/?lang=de"))
                  .header("Content-Type", URL_ENCODED)
                  .POST(HttpRequest.BodyPublishers.ofString(body(ada, "")))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.uri()).isEqualTo(URI.create(host.uri().resolve(FORM) + "?lang=de"));
    }
    host.drain(LIMIT);

    assertThat(ada.mails()).hasSize(1);
  }

  private Stranger.Answer posts(String next, String accept) throws IOException {
    return new Stranger(host).posts(FORM, URL_ENCODED, body(somebody(), next), accept);
  }

  private static String body(Person person, String next) {
    return "name=Ada&message=Hello&email=%s&_next=%s"
        .formatted(
            URLEncoder.encode(person.address, StandardCharsets.UTF_8),
            URLEncoder.encode(next, StandardCharsets.UTF_8));
  }
}
