package io.vestibule.local.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Json;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is chosen of several goes wherever other values go, and people read what it is called. */
class SeveralChoicesTest extends Journey {

  private static final String FORM = "/forms/kinds";
  private static final String URL_ENCODED = "application/x-www-form-urlencoded";
  private static final String STAFF = "owner@business.example";
  private static final String CRM = "crm";

  @TempDir private static Path folder;

  @Override
  protected Map<String, String> parameters() {
    return Map.of("StaffMail", STAFF);
  }

  @Override
  protected Optional<Path> targets() throws IOException {
    Partners.write(folder, CRM, "\"ground\": \"processor\", \"country\": \"FR\"");
    return Optional.of(folder);
  }

  @Test
  void itIsStoredPassedOnKeptAndCopied() throws Exception {
    var ada = somebody();
    confirms(ada, "topics=quiet&topics=food");
    confirms(ada, "topics%5B%5D=music");

    var value = new Records(host).of(ada.address).fields().get("topics");
    assertThat(value.value()).hasToString("[\"music\"]");
    assertThat(value.before())
        .singleElement()
        .extracting(it -> it.value().toString())
        .isEqualTo("[\"food\",\"quiet\"]");
    assertThat(new Records(host).entries(ada.address).getFirst().fields().get("topics"))
        .isEqualTo(value.before().getFirst().value());
    assertThat(new Partners(host).taken(CRM, "submission.confirmed"))
        .extracting(it -> it.at("/data/fields/topics").toString())
        .containsExactly("[\"food\",\"quiet\"]", "[\"music\"]");
    assertThat(host.inbox().mails().stream().filter(mail -> mail.to().contains(STAFF)))
        .first()
        .extracting(mail -> mail.text())
        .asString()
        .contains("What matters to you: Food, A <quiet> place\n", "Size: Medium\n");

    var access = Requests.asked(this, ada, "access");
    assertThat(access.page().body())
        .contains("“Food, A &lt;quiet&gt; place”", "“Music, and dancing”", "“Medium”");
    assertThat(values(access.file("copy.json").body(), "topics")).hasToString("[\"music\"]");
  }

  @Test
  void whatWasTickedIsThereAgainWithErrorsAndToBeChanged() throws Exception {
    var stranger = new Stranger(host);
    var wrong = "topics=food&topics=music&topics=quiet";
    var refused = stranger.posts(FORM, URL_ENCODED, body(somebody(), wrong), "Accept: text/html");
    var thanks =
        stranger.posts(
            FORM, URL_ENCODED, body(somebody(), "topics=food&topics=quiet"), "Accept: text/html");
    var changed =
        stranger.posts(FORM, URL_ENCODED, "topics=quiet&_change=1", "Accept: text/html").body();

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body())
        .contains("<a href=\"#topics\">What matters to you: Please choose at most 2.</a>")
        .containsPattern("id=\"topics\"[^>]* value=\"food\" checked")
        .containsPattern("value=\"music\" checked");
    assertThat(thanks.body())
        .contains(
            "<input type=\"hidden\" name=\"topics\" value=\"food\">",
            "<input type=\"hidden\" name=\"topics\" value=\"quiet\">");
    assertThat(changed)
        .containsPattern("value=\"quiet\" checked")
        .doesNotContainPattern("value=\"food\" checked");
  }

  private static JsonNode values(byte[] copy, String field) throws IOException {
    return Json.MAPPER
        .readTree(copy)
        .path("values")
        .valueStream()
        .filter(value -> value.path("field").asText().equals(field))
        .findFirst()
        .orElseThrow()
        .path("value");
  }

  private void confirms(Person person, String topics) throws Exception {
    var answer =
        new Stranger(host)
            .posts(FORM, URL_ENCODED, body(person, topics), "Accept: application/json");
    var id = Json.MAPPER.readTree(answer.body()).path("id").asText();
    person.presses(person.link(id), Map.of("consent.newsletter", "v1"));
    host.drain(LIMIT);
  }

  private static String body(Person person, String topics) {
    return "email=%s&day=2028-02-29&guests=4&size=m&country=de&rating=5&terms=true&%s&%s"
        .formatted(URLEncoder.encode(person.address, UTF_8), "consent.newsletter=v1", topics);
  }
}
