package io.vestibule.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.vestibule.core.Json;
import io.vestibule.delivery.Office.Somebody;
import io.vestibule.store.Table;
import io.vestibule.store.people.Recipients;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a partner and the kind of its target promise each other. It runs against the partner's
 * emulator, and by {@link SandboxTest} against the partner itself: what it asks is asked through
 * the delivery, and it looks at nothing but what the delivery has understood. Whom it tells a
 * partner of it has erased there.
 */
abstract class KindContract extends OpenOffice {

  private static final String TARGET = "partner";

  /** The partner's clock is not ours, and signatures with times must pass there. */
  private static final Duration A_LITTLE = Duration.ofSeconds(70);

  private static final int ATTEMPTS = 3;

  /** The target's file. */
  abstract String file() throws IOException;

  /** The target's secret. */
  abstract String secret() throws IOException;

  @BeforeEach
  void aTargetWithItsSecret() throws IOException {
    office.removeTarget("demo");
    office.target(TARGET, file());
    office.secret(TARGET, secret());
  }

  @Test
  void aCheckFindsThatNothingIsMissing() {
    assertThat(office.invoke("{\"check\": \"" + TARGET + "\"}").path("missing")).isEmpty();
  }

  @Test
  void whoHandsInIsToldOfAndSoIsWhatTheyHandInNext() {
    var ada = handsIn(address());
    var again = handsIn(ada.email());

    assertThat(state(ada)).isEqualTo("told taken");
    assertThat(state(again)).isEqualTo("told taken");
    assertThat(erased(ada)).contains(Recipients.TOLD);
  }

  @Tag("slow")
  @Test
  void whoComesBackAfterAnErasureIsToldOfAndErasedAgain() throws IOException {
    var ada = handsIn(address());
    assertThat(erased(ada)).contains(Recipients.TOLD);

    var again = handsIn(ada.email());
    assertThat(again.customerId()).isNotEqualTo(ada.customerId());
    assertThat(state(again)).isEqualTo(comesBack());
    assertThat(erased(again)).contains(Recipients.TOLD);
  }

  /** Mailchimp takes nobody again whom it has deleted for good. */
  private String comesBack() throws IOException {
    return Json.MAPPER.readTree(file()).path("kind").asText().equals("mailchimp")
        ? "failed mailchimp-forgotten"
        : "told taken";
  }

  @Tag("slow")
  @Test
  void aWithdrawalIsTakenWhereItConcernsThePartner() throws IOException {
    var concerned = Json.MAPPER.readTree(file()).path("purpose");
    var ada = handsIn(address());
    office.withdraw(ada);
    office.tellWithdrawal(ada, concerned.asText());
    office.advance(Duration.ofMinutes(2));

    var answer =
        until(() -> office.recipients.find(ada.customerId(), TARGET).orElseThrow().withdrawal());
    assertThat(answer)
        .isEqualTo(concerned.isMissingNode() ? Optional.empty() : Optional.of(Recipients.TOLD));
    assertThat(erased(ada)).contains(Recipients.TOLD);
  }

  @Test
  void whoHasAnotherSecretIsRefusedAndTheLaneStops() throws IOException {
    office.secret(TARGET, garbled(Json.MAPPER.readTree(secret())).toString());
    var ada = handsIn(address());

    assertThat(office.all(Table.LANES))
        .singleElement()
        .satisfies(it -> assertThat(office.text(it, "stopped")).isNotEmpty());
    assertThat(state(ada)).doesNotStartWith("told").doesNotStartWith("failed");
  }

  private static JsonNode garbled(JsonNode secret) {
    return switch (secret) {
      case ObjectNode json -> {
        var other = Json.MAPPER.createObjectNode();
        json.properties().forEach(it -> other.set(it.getKey(), garbled(it.getValue())));
        yield other;
      }
      case ArrayNode json -> {
        var other = Json.MAPPER.createArrayNode();
        json.forEach(it -> other.add(garbled(it)));
        yield other;
      }
      default -> TextNode.valueOf("x" + secret.asText());
    };
  }

  private String address() {
    return "vestibule-%s@%s".formatted(UUID.randomUUID(), domain());
  }

  /** Where the mailboxes of those are whom the partner is told of. */
  String domain() {
    return "example.com";
  }

  private Somebody handsIn(String address) {
    var somebody = office.handsIn(address, "Hello");
    for (int i = 0; i < ATTEMPTS && !state(somebody).startsWith("told"); i++) {
      office.wake();
      office.advance(A_LITTLE);
    }
    return somebody;
  }

  private Optional<String> erased(Somebody somebody) {
    office.erase(somebody, "request");
    office.advance(Duration.ofMinutes(2));
    return until(
        () -> office.recipients.find(somebody.customerId(), TARGET).orElseThrow().erasure());
  }

  private Optional<String> until(Supplier<Recipients.Asked> asked) {
    return Stream.generate(
            () -> {
              office.wake();
              office.advance(A_LITTLE);
              return asked.get().answer();
            })
        .limit(ATTEMPTS)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private String state(Somebody somebody) {
    var row = office.row(TARGET, somebody);
    return office.text(row, "state") + " " + office.text(row, "code");
  }
}
