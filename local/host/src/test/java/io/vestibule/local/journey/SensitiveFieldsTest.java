package io.vestibule.local.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Json;
import io.vestibule.local.host.LocalHost;
import io.vestibule.local.ses.Mail;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What is kept by a consent of its own alone: it comes with the press, and goes with it. */
class SensitiveFieldsTest extends Journey {

  private static final String STAFF = "owner@business.example";
  private static final Map<String, String> AGREES = Map.of("consent.newsletter", "v1");

  @TempDir static Path folder;

  @Override
  protected Map<String, String> parameters() {
    return Map.of("MailsPerMailboxAndDay", "20", "StaffMail", STAFF);
  }

  @Override
  protected Optional<Path> targets() throws IOException {
    Partners.write(
        folder,
        "cook",
        "\"purpose\": \"marketing\", \"country\": \"DE\", \"fields\": {\"name\": \"name\", \"diet\":"
            + " \"diet\", \"faith\": \"faith\"}");
    Partners.write(folder, "crm", "\"ground\": \"processor\", \"country\": \"DE\"");
    return Optional.of(folder);
  }

  @Test
  @Tag("check")
  void whatNobodyAgreedToIsNotStoredAndTheCopySaysSo() throws Exception {
    var ada = somebody();

    hands(ada, "nuts", Map.of());

    assertThat(new Records(host).values(ada.address)).containsOnlyKeys("email", "name");
    assertThat(new Records(host).entries(ada.address))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.fields().has("diet")).isFalse();
              assertThat(entry.hanging()).containsExactly(Map.entry("diet", "marketing"));
              assertThat(entry.consents()).isEmpty();
            });
    var access = Requests.asked(this, ada, "access");
    assertThat(access.page().body()).contains("Allergies", "Not kept: you did not agree to it");
    assertThat(new String(access.file("copy.json").body(), UTF_8)).doesNotContain("nuts");
  }

  @Test
  void thePageSaysWhatIsKeptOnlyIfOneAgrees() throws Exception {
    var ada = somebody();

    assertThat(ada.get(link(ada, "nuts")).body()).contains("Kept only if you agree: Allergies.");
  }

  @Test
  void whoFillsItInWithoutTheConsentIsToldAtOnce() throws Exception {
    var answer = post(somebody(), Map.of("diet", "nuts"));

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body())
        .contains("/consent.newsletter", "Without this consent we cannot keep “Allergies”");
    assertThat(post(somebody(), Map.of()).status()).isEqualTo(202);
  }

  @Test
  void aWithdrawalDeletesItFromTheRecordAndFromEveryEntryAndNothingElse() throws Exception {
    var ada = somebody();
    hands(ada, "nuts", AGREES);
    hands(ada, "nuts, eggs", AGREES);
    var before = requireNonNull(new Records(host).of(ada.address).fields().get("diet"));
    assertThat(before.before()).hasSize(1);

    Requests.asked(this, ada, Map.of("kind", "withdraw", "purpose", "marketing"));

    assertThat(new Records(host).values(ada.address)).containsOnlyKeys("email", "name");
    assertThat(new Records(host).entries(ada.address))
        .hasSize(2)
        .allSatisfy(
            entry -> {
              assertThat(entry.fields().has("diet")).isFalse();
              assertThat(entry.fields().path("name").asText()).isEqualTo("Ada");
              assertThat(entry.consents()).containsOnlyKeys("newsletter");
            });
    hands(ada, "none now", AGREES);
    assertThat(new Records(host).value(ada.address, "diet")).isEqualTo("none now");
  }

  /** A restore, or whoever may write the tables, puts back rows of before the withdrawal. */
  @Test
  void rowsOfBeforeTheWithdrawalBringNothingBack() throws Exception {
    var ada = somebody();
    hands(ada, "nuts", AGREES);
    var number = new Records(host).customerId(ada.address);
    var rows = Map.of("customers", rows("customers", number), "entries", rows("entries", number));
    Requests.asked(this, ada, "withdraw");

    rows.forEach(tables::put);

    var access = Requests.asked(this, ada, "access");
    assertThat(access.status()).isEqualTo("DONE");
    assertThat(new String(access.file("copy.json").body(), UTF_8)).doesNotContain("nuts");
    assertThat(access.page().body()).contains("Not kept").doesNotContain("nuts");
  }

  @Test
  void noMailCarriesItAndAPartnerIsToldForItsPurposeOnlyIfItsFileListsIt() throws Exception {
    var ada = somebody();
    var link = link(ada, "nuts", Map.of("name", "Grace", "faith", "none"));

    ada.presses(link, AGREES);
    host.drain(LIMIT);

    var told = new Partners(host);
    assertThat(fields(told, "cook")).containsOnlyOnce(Map.of("name", "Grace", "diet", "nuts"));
    assertThat(fields(told, "crm"))
        .containsOnlyOnce(Map.of("name", "Grace", "email", ada.address))
        .noneMatch(it -> it.containsKey("diet") || it.containsKey("faith"));
    var staff = host.inbox().mails().stream().filter(it -> it.to().contains(STAFF)).toList();
    assertThat(staff)
        .filteredOn(it -> it.text().contains(ada.address))
        .singleElement()
        .extracting(Mail::text)
        .asString()
        .contains("Allergies: filled in, but not in this mail", "Faith: filled in, but not")
        .doesNotContain("nuts");
    var copy = Requests.asked(this, ada, "access").file("copy.json");
    assertThat(new String(copy.body(), UTF_8)).contains("nuts");
  }

  private static List<Map<?, ?>> fields(Partners told, String partner) {
    return told.taken(partner, "submission.confirmed").stream()
        .filter(it -> it.at("/data/form").asText().equals("supper"))
        .map(it -> it.at("/data/fields"))
        .<Map<?, ?>>map(it -> Json.MAPPER.convertValue(it, Map.class))
        .toList();
  }

  private List<Map<String, AttributeValue>> rows(String table, String customerId) {
    return tables.items(table).stream()
        .filter(item -> Tables.text(item, "customerId").equals(customerId))
        .toList();
  }

  private void hands(Person person, String diet, Map<String, String> press) throws Exception {
    person.presses(link(person, diet), press);
    host.drain(LIMIT);
  }

  /** Somebody hands in what hangs on a consent, agrees, and it is stored. */
  static void tells(Journey journey, Person person) throws Exception {
    var fields = new HashMap<>(AGREES);
    fields.put("diet", "nuts");
    var answer = post(journey.host, person, fields);
    var id = Json.MAPPER.readTree(answer.body()).path("id").asText();
    person.presses(person.link(id), AGREES);
    journey.host.drain(LIMIT);
  }

  private URI link(Person person, String diet) throws Exception {
    return link(person, diet, Map.of());
  }

  private URI link(Person person, String diet, Map<String, String> more) throws Exception {
    var fields = new HashMap<>(more);
    fields.put("diet", diet);
    fields.putAll(AGREES);
    var answer = post(person, fields);
    assertThat(answer.status()).isEqualTo(202);
    JsonNode said = Json.MAPPER.readTree(answer.body());
    return person.link(said.path("id").asText());
  }

  private Stranger.Answer post(Person person, Map<String, String> more) throws Exception {
    return post(host, person, more);
  }

  private static Stranger.Answer post(LocalHost host, Person person, Map<String, String> more)
      throws Exception {
    var body = Json.MAPPER.createObjectNode().put("email", person.address).put("name", "Ada");
    more.forEach(body::put);
    return new Stranger(host).posts("/forms/supper", "application/json", body.toString());
  }
}
