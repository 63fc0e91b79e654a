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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of CRMs that the project has for its own local run. */
class CrmTest extends Journey {

  @TempDir private static Path folder;

  @Override
  protected Optional<Path> targets() throws IOException {
    for (String name : List.of("zoho.json", "fxiaoke.json")) {
      Files.copy(Path.of("..", "targets", "examples", name), folder.resolve(name));
    }
    return Optional.of(folder);
  }

  @Test
  void whoPressesBecomesALeadAndWhoIsErasedIsNoneAnyMore() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of("message", "A question", "company", "Analytical Engines"));
    host.drain(LIMIT);

    assertThat(leads("zoho"))
        .singleElement()
        .satisfies(
            lead -> {
              assertThat(lead.path("Email").asText()).isEqualTo(ada.address);
              assertThat(lead.path("Company").asText()).isEqualTo("Analytical Engines");
              assertThat(lead.path("Lead_Source").asText()).isEqualTo("Web form");
            });
    assertThat(leads("fxiaoke"))
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
    erasure.settled();

    assertThat(leads("zoho")).isEmpty();
    assertThat(leads("fxiaoke")).isEmpty();
  }

  private JsonNode leads(String kind) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(
                host.uri().resolve("/_local/partners/%1$s/%1$s/records".formatted(kind)))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      return Json.MAPPER.readTree(client.send(request, BodyHandlers.ofByteArray()).body());
    }
  }
}
