package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.EntryRecord;
import io.vestibule.core.Json;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who was stored before there were entries gets one that stands for all, and says so. */
class SyntheticEntryTest extends Journey {

  private Records records;

  @BeforeEach
  void begin() {
    records = new Records(host);
    bind();
  }

  @Test
  void aCustomerOfBeforeGetsOneEntryOfWhatIsKnownWhichTheCopyTellsAndTheErasureTakes()
      throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of("message", "The first", "consent.newsletter", "v1"));
    ada.rates(9);
    records.land(ada.address);
    var newest = records.of(ada.address).newest().orElseThrow();

    assertThat(bind().path("bound").asInt()).isEqualTo(1);

    assertThat(records.entries(ada.address))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.synthetic()).isTrue();
              assertThat(it.fields().path("message").asText()).isEqualTo("The first");
              assertThat(it.fields().path("score").asInt()).isEqualTo(9);
              assertThat(it.consents()).containsOnlyKeys("newsletter");
            });
    var access = Requests.asked(this, ada, "access");
    var told = Json.MAPPER.readTree(access.file("copy.json").body()).path("entries");
    assertThat(told).hasSize(1);
    assertThat(told.at("/0/synthetic").asBoolean()).isTrue();
    assertThat(told.at("/0/form").asText()).isEqualTo(newest.form());
    assertThat(told.at("/0/at").asText()).isEqualTo(newest.at().toString());
    assertThat(access.page().body()).contains("before we kept each message by itself");
    var customerId = records.customerId(ada.address);
    var erasure = Requests.asked(this, ada, "erase").woken();
    assertThat(erasure.page().body()).contains("by itself (1)");
    assertThat(tables.items("entries"))
        .noneMatch(it -> Tables.text(it, "customerId").equals(customerId));
  }

  @Test
  void anotherPassAddsNone() throws Exception {
    var ada = landed();
    bind();
    var entries = tables.items("entries");

    records.unbind(ada.address);
    assertThat(bind().path("bound").asInt()).isEqualTo(1);

    assertThat(tables.items("entries")).containsExactlyInAnyOrderElementsOf(entries);
  }

  /** Retention has taken it, say: who is bound has had what they were to get. */
  @Test
  void whoIsBoundGetsNone() throws Exception {
    var ada = landed();
    bind();
    records.removeEntries(ada.address);

    bind();

    assertThat(records.entries(ada.address)).isEmpty();
  }

  @Test
  void whoHasAnEntryGetsNone() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of("message", "The first"));
    records.unbind(ada.address);

    assertThat(bind().path("bound").asInt()).isEqualTo(1);

    assertThat(records.entries(ada.address)).extracting(EntryRecord::synthetic).containsOnly(false);
  }

  /** Who writes before the pass comes to them is bound by that, and the pass finds them no more. */
  @Test
  void whoWritesAgainBeforeThePassHasWhatWasKnownUntilThenBesideWhatTheyWrote() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of("message", "The first"));
    records.land(ada.address);
    clock.advance(Duration.ofMinutes(1));

    ada.becomesACustomer(Map.of("message", "The second"));
    bind();
    ada.becomesACustomer(Map.of("message", "The third"));

    assertThat(records.entries(ada.address))
        .extracting(it -> it.synthetic() + " " + it.fields().path("message").asText())
        .containsExactly("true The first", "false The second", "false The third");
  }

  private Person landed() throws Exception {
    var person = somebody();
    person.becomesACustomer(Map.of());
    records.land(person.address);
    return person;
  }

  private JsonNode bind() {
    return new Backups(host).returns("BindingFunction", Map.of("bind", "again"));
  }
}
