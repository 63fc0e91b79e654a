package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What nobody confirmed in time is deleted, and the books remember that there was something. */
class ExpiryTest extends Journey {

  private static final Path EXPIRED =
      Path.of("..", "..", "events", "StoreFunction.submission-expired.json");
  private static final Duration LONGER_THAN_KEPT = Duration.ofHours(73);

  @Test
  void whatExpiredIsRememberedWithoutItsContent() throws Exception {
    var ada = somebody();
    var id = ada.submits(Map.of());
    var link = ada.link();
    var before = countedAsRemoved();
    var createdAt = Tables.text(tables.submission(id), "createdAt");

    var begun = clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(LONGER_THAN_KEPT);
    expireAfter(LONGER_THAN_KEPT);

    assertThat(tables.submission(id)).isEmpty();
    var tombstone = tombstones(id).getFirst();
    assertThat(tombstone)
        .containsOnlyKeys("id", "form", "status", "createdAt", "doneAt", "expiresAt")
        .containsEntry("status", AttributeValue.fromS("EXPIRED"))
        .containsEntry("form", AttributeValue.fromS("contact"))
        .containsEntry("createdAt", AttributeValue.fromS(createdAt));
    assertThat(expiresAt(tombstone))
        .isBetween(begun.plus(Duration.ofDays(30)), clock.instant().plus(Duration.ofDays(30)));
    assertThat(ada.get(link).statusCode()).isEqualTo(410);
    assertThat(ada.presses(link).statusCode()).isEqualTo(410);
    assertThat(countedAsRemoved()).isEqualTo(before);
  }

  @Test
  void itIsRememberedOnceHoweverOftenTheStreamTells() throws Exception {
    var event = Json.MAPPER.readTree(Files.readString(EXPIRED));
    host.functions().invoke("StoreFunction", event, "test");
    var before = tables.snapshot();

    host.functions().invoke("StoreFunction", event, "test");

    assertThat(tables.snapshot()).isEqualTo(before);
  }

  @Test
  void theEndOfATombstoneIsTheEnd() throws Exception {
    var id = somebody().submits(Map.of());
    host.drain(LIMIT);
    expireAfter(LONGER_THAN_KEPT);
    assertThat(tombstones(id)).hasSize(1);

    expireAfter(Duration.ofDays(31));

    assertThat(tombstones(id)).isEmpty();
  }

  @Test
  void whatWasDoneLeavesNothingWhenItsTombstoneEnds() throws Exception {
    var id = somebody().becomesACustomer(Map.of());

    expireAfter(Duration.ofDays(31));

    assertThat(tables.submission(id)).isEmpty();
    assertThat(tombstones(id)).isEmpty();
  }

  @Test
  void whatWasConfirmedNeverExpiresHoweverLongItWaits() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    tables.items("customers").forEach(customer -> tables.remove("customers", customer));
    var id = ada.becomesACustomer(Map.of());
    assertThat(tables.status(id)).isEqualTo("HELD unreadable");

    expireAfter(Duration.ofDays(400));

    assertThat(tables.status(id)).isEqualTo("HELD unreadable");
  }

  @Test
  void whatSomebodyDeletesDidNotExpireAndIsCountedForTheAlarm() throws Exception {
    var id = somebody().submits(Map.of());
    host.drain(LIMIT);
    var before = countedAsRemoved();

    tables.remove("submissions", tables.submission(id));
    host.drain(LIMIT);

    assertThat(tombstones(id)).isEmpty();
    assertThat(countedAsRemoved()).isEqualTo(before + 1);
  }

  @Test
  void whoSendsTheSameAgainAfterItExpiredIsMailedAgainAndBothAreInTheBooks() throws Exception {
    var stranger = new Stranger(host);
    var body = "{\"email\":\"late@example.net\",\"name\":\"Ada\",\"message\":\"Hello\"}";
    var id = id(post(stranger, body));
    host.drain(LIMIT);
    assertThat(id(post(stranger, body))).as("a retry").isEqualTo(id);
    expireAfter(LONGER_THAN_KEPT);

    assertThat(post(stranger, body).status()).isEqualTo(202);

    host.drain(LIMIT);
    assertThat(tables.status(id)).isEqualTo("MAILED");
    assertThat(tombstones(id)).hasSize(1);
    expireAfter(LONGER_THAN_KEPT);
    assertThat(tombstones(id)).hasSize(2);
  }

  private static Stranger.Answer post(Stranger stranger, String body) throws Exception {
    return stranger.posts("/forms/contact", "application/json", body, "Idempotency-Key: \"1\"");
  }

  private static String id(Stranger.Answer answer) throws Exception {
    return Json.MAPPER.readTree(answer.body()).path("id").asText();
  }

  private void expireAfter(Duration time) throws Exception {
    host.drain(LIMIT);
    clock.advance(time);
    tables.expire(clock.instant());
    host.drain(LIMIT);
  }

  private long countedAsRemoved() {
    return host.logs().getOrDefault("StoreFunction", List.of()).stream()
        .filter(line -> line.contains("SubmissionRemoved"))
        .count();
  }

  private List<Map<String, AttributeValue>> tombstones(String id) {
    return tables.items("submissions").stream()
        .filter(item -> Tables.text(item, "id").startsWith(id + "#"))
        .toList();
  }

  private static Instant expiresAt(Map<String, AttributeValue> item) {
    return Instant.ofEpochSecond(
        Long.parseLong(item.getOrDefault("expiresAt", AttributeValue.fromN("0")).n()));
  }
}
