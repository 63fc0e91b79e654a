package io.vestibule.local.journey;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of partners that the project has for its own local run. */
class CrmTest extends Journey {

  private static final List<String> TARGETS =
      List.of("zoho", "fxiaoke", "mailchimp", "listmonk", "ga4", "plausible");

  @TempDir private static Path folder;

  @Override
  protected Optional<Path> targets() throws IOException {
    for (var name : TARGETS) {
      var example = Path.of("..", "targets", "examples", name + ".json");
      Files.copy(example, folder.resolve(example.getFileName()));
    }
    return Optional.of(folder);
  }

  @Test
  void whoPressesBecomesALeadAndWhoIsErasedIsNoneAnyMore() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of("message", "A question", "company", "Analytical Engines"));
    host.drain(LIMIT);

    assertThat(records("zoho"))
        .singleElement()
        .satisfies(
            lead -> {
              assertThat(lead.path("Email").asText()).isEqualTo(ada.address);
              assertThat(lead.path("Company").asText()).isEqualTo("Analytical Engines");
              assertThat(lead.path("Lead_Source").asText()).isEqualTo("Web form");
            });
    assertThat(records("fxiaoke"))
        .singleElement()
        .satisfies(
            lead -> {
              assertThat(lead.path("email").asText()).isEqualTo(ada.address);
              assertThat(lead.path("company").asText()).isEqualTo("Analytical Engines");
              assertThat(lead.path("source").asText()).isEqualTo("6");
            });
    for (String target : List.of("zoho", "fxiaoke")) {
      var checked = new Backups(host).returns("DeliverFunction", Map.of("check", target));
      assertThat(checked.path("missing")).as(target).isEmpty();
    }

    var erasure = Requests.asked(this, ada, "erase");
    clock.advance(Duration.ofMinutes(2));
    new Backups(host).returns("DeliverFunction", Map.of());
    host.drain(LIMIT);
    erasure.woken();

    assertThat(records("zoho")).isEmpty();
    assertThat(records("fxiaoke")).isEmpty();
  }

  @Test
  void whoAgreesBecomesASubscriberAndWhoIsErasedIsNoneAnyMore() throws Exception {
    var bob = somebody();
    bob.becomesACustomer(Map.of("message", "Without the newsletter"));
    assertThat(records("mailchimp")).isEmpty();
    assertThat(records("listmonk")).isEmpty();
    bob.becomesACustomer(Map.of("name", "Bob", "message", "With it", "consent.newsletter", "v1"));
    host.drain(LIMIT);

    assertThat(records("mailchimp"))
        .singleElement()
        .satisfies(
            member -> {
              assertThat(member.path("email_address").asText()).isEqualTo(bob.address);
              assertThat(member.path("status").asText()).isEqualTo("subscribed");
              assertThat(member.at("/merge_fields/FNAME").asText()).isEqualTo("Bob");
            });
    assertThat(records("listmonk"))
        .singleElement()
        .satisfies(
            subscriber -> {
              assertThat(subscriber.path("email").asText()).isEqualTo(bob.address);
              assertThat(subscriber.path("name").asText()).isEqualTo("Bob");
              assertThat(subscriber.at("/lists/0/subscription_status").asText())
                  .isEqualTo("confirmed");
            });
    for (var name : List.of("mailchimp", "listmonk")) {
      var checked = new Backups(host).returns("DeliverFunction", Map.of("check", name));
      assertThat(checked.path("missing")).as(name).isEmpty();
    }

    var erasure = Requests.asked(this, bob, "erase");
    clock.advance(Duration.ofMinutes(2));
    new Backups(host).returns("DeliverFunction", Map.of());
    host.drain(LIMIT);
    erasure.woken();

    assertThat(records("mailchimp")).isEmpty();
    assertThat(records("listmonk")).isEmpty();
  }

  @Test
  void whatIsConfirmedIsCountedOnceByWhoeverCounts() throws Exception {
    int ga4 = records("ga4", "analytics").size();
    int plausible = records("plausible", "analytics").size();
    somebody().becomesACustomer(Map.of("message", "One more"));
    host.drain(LIMIT);

    assertThat(records("ga4", "analytics")).hasSize(ga4 + 1);
    assertThat(records("plausible", "analytics")).hasSize(plausible + 1);
    assertThat(records("plausible", "analytics").path(plausible).at("/props/form").asText())
        .isEqualTo("contact");
  }

  /** What is restored comes back into tables to which no delivery listens. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRestoreTellsNobodyAnything(boolean isOutboxForgotten) throws Exception {
    var ada = somebody();
    ada.becomesACustomer(
        Map.of("name", "Ada", "message", "Before the restore", "consent.newsletter", "v1"));
    host.drain(LIMIT);
    new Backups(host).returns("BackupFunction", Map.of());
    if (isOutboxForgotten) {
      tables.clear("deliveries"); // As the time to live does it.
    }
    var outbox = tables.items("deliveries");
    var recipients = tables.items("recipients");
    var calls = calls();
    assertThat(calls).hasSize(TARGETS.size()).allSatisfy((_, it) -> assertThat(it).isPositive());
    new Backups(host).loseCustomers();

    new Backups(host).returns("RestoreFunction", Map.of("backup", "latest", "into", "live"));
    host.drain(LIMIT);
    for (var order : List.<Map<String, ?>>of(Map.of(), Map.of("follow", "erasures"))) {
      clock.advance(Duration.ofMinutes(2));
      new Backups(host).returns("DeliverFunction", order);
      host.drain(LIMIT);
    }

    assertThat(new Records(host).isKnown(ada.address)).isTrue();
    assertThat(tables.items("deliveries")).containsExactlyInAnyOrderElementsOf(outbox);
    assertThat(tables.items("recipients")).containsExactlyInAnyOrderElementsOf(recipients);
    assertThat(calls()).isEqualTo(calls);
  }

  private Map<String, Integer> calls() {
    return TARGETS.stream().collect(toMap(it -> it, it -> new Partners(host).calls(it).size()));
  }

  private JsonNode records(String partner) throws IOException, InterruptedException {
    return records(partner, partner);
  }

  private JsonNode records(String target, String system) throws IOException, InterruptedException {
    var path = "/_local/partners/%s/%s/records".formatted(target, system);
    var request = HttpRequest.newBuilder(host.uri().resolve(path)).build();
    try (var client = HttpClient.newHttpClient()) {
      return Json.MAPPER.readTree(client.send(request, BodyHandlers.ofByteArray()).body());
    }
  }
}
