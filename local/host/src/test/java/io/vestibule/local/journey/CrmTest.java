package io.vestibule.local.journey;

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
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of a CRM that the project has for its own local run. */
class CrmTest extends Journey {

  @TempDir private static Path folder;

  @Override
  protected Optional<Path> targets() throws IOException {
    var example = Path.of("..", "targets", "examples", "zoho.json");
    Files.copy(example, folder.resolve("zoho.json"));
    return Optional.of(folder);
  }

  @Test
  void whoPressesBecomesALeadAndWhoIsErasedIsNoneAnyMore() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of("message", "A question", "company", "Analytical Engines"));
    host.drain(LIMIT);

    assertThat(leads())
        .singleElement()
        .satisfies(
            lead -> {
              assertThat(lead.path("Email").asText()).isEqualTo(ada.address);
              assertThat(lead.path("Company").asText()).isEqualTo("Analytical Engines");
              assertThat(lead.path("Lead_Source").asText()).isEqualTo("Web form");
            });
    assertThat(
            new Backups(host).returns("DeliverFunction", Map.of("check", "zoho")).path("missing"))
        .isEmpty();

    var erasure = Requests.asked(this, ada, "erase");
    clock.advance(Duration.ofMinutes(2));
    new Backups(host).returns("DeliverFunction", Map.of());
    host.drain(LIMIT);
    erasure.settled();

    assertThat(leads()).isEmpty();
  }

  private JsonNode leads() throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(host.uri().resolve("/_local/partners/zoho/zoho/records")).build();
    try (var client = HttpClient.newHttpClient()) {
      return Json.MAPPER.readTree(client.send(request, BodyHandlers.ofByteArray()).body());
    }
  }
}
