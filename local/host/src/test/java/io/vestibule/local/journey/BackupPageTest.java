package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The local page takes, loses, restores and drills, as an operator would. */
class BackupPageTest extends Journey {

  @Test
  void theLocalPageHasButtonsForAllOfIt() throws Exception {
    somebody().becomesACustomer(Map.of());
    var customers = new HashSet<>(tables.items("customers"));
    for (var button : List.of("take", "lose", "restore", "drill")) {
      assertThat(press(button)).isEqualTo(303);
    }

    assertThat(new HashSet<>(tables.items("customers"))).isEqualTo(customers);
    assertThat(page()).contains("Back up now", "\"passed\":true", "vestibule.json");
    assertThat(press("other")).isEqualTo(404);
  }

  @Test
  void anExportedBackupIsListedWhenItIsSigned() throws Exception {
    var backups = new Backups(host);
    var id = backups.returns("BackupFunction", Map.of("engine", "export")).path("backup").asText();
    assertThat(page()).doesNotContain(id + "/vestibule.json");
    clock.advance(Duration.ofMinutes(5));

    backups.returns("BackupFunction", Map.of("continue", true));

    assertThat(page()).contains(id + "/vestibule.json");
  }

  private String page() throws Exception {
    return somebody().get(host.uri().resolve("/_local/")).body();
  }

  private int press(String button) throws Exception {
    var request = HttpRequest.newBuilder(host.uri().resolve("/_local/backups/" + button));
    return HttpClient.newHttpClient()
        .send(request.POST(BodyPublishers.noBody()).build(), BodyHandlers.discarding())
        .statusCode();
  }
}
