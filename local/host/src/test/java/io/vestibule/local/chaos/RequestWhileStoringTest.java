package io.vestibule.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Json;
import io.vestibule.local.aws.Patience;
import io.vestibule.local.journey.Backups;
import io.vestibule.local.journey.Journey;
import io.vestibule.local.journey.Person;
import io.vestibule.local.journey.Records;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Somebody confirms the first thing that they have handed in, and their request a moment later:
 * storage is still at it, at one of its calls of AWS, when deletion looks what there is of them.
 */
class RequestWhileStoringTest extends Journey {

  private static final Map<String, String> AGREED = Map.of("consent.newsletter", "v1");
  private static final String COMMIT = "StoreFunction TransactWriteItems";

  private Person ada;
  private String submission = "";
  private URI confirms = URI.create("");

  @BeforeEach
  void somebodyHandsSomethingIn() throws Exception {
    ada = somebody();
    submission = ada.submits(Map.of("consent.newsletter", "v1", "company", "Engines"));
    confirms = ada.link();
  }

  @AfterEach
  void calm() {
    CallInterceptor.calm();
  }

  @ParameterizedTest
  @ValueSource(strings = {"StoreFunction GetItem", "StoreFunction Encrypt", COMMIT})
  void aConsentThatIsBeingStoredIsTakenBackToo(String call) throws Exception {
    var withdrawal = asksWhile(call, "withdraw");

    assertThat(tables.status(withdrawal.id())).isEqualTo("DONE");
    var record = new Records(host).of(ada.address);
    assertThat(record.consents()).map(record::stands).containsExactly(false);
    assertThat(ada.get(withdrawal.link()).body()).contains("Your consent is withdrawn");
  }

  @ParameterizedTest
  @ValueSource(strings = {"StoreFunction GetItem", COMMIT})
  void theCopyHasWhatIsBeingStored(String call) throws Exception {
    var access = asksWhile(call, "access");

    assertThat(tables.status(access.id())).isEqualTo("DONE");
    var copy = copy(access);
    assertThat(copy.path("values").findValuesAsText("field")).contains("company");
    assertThat(copy.path("consents")).hasSize(1);
    assertThat(copy.path("waiting")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"StoreFunction GetItem", COMMIT})
  void whatIsBeingStoredIsErased(String call) throws Exception {
    asksWhile(call, "erase");

    assertThat(new Records(host).isKnown(ada.address)).isFalse();
    assertThat(tables.status(submission)).isEqualTo("ERASED");
  }

  @Test
  void whatIsHeldUnconfirmedKeepsNoAnswerBack() throws Exception {
    var withdrawal = asks(ada, "withdraw");
    tables.set(submission, Map.of("status", "HELD", "reason", "capped"));
    ada.presses(withdrawal.link());
    host.drain(LIMIT);

    assertThat(tables.status(withdrawal.id())).isEqualTo("DONE");
    assertThat(ada.get(withdrawal.link()).body()).contains("hold nothing");
  }

  @Test
  void aConsentThatIsHeldAfterThePressIsTakenBackWhenAPersonReleasesIt() throws Exception {
    var withdrawal = withdrawsWhatIsHeld();

    new Backups(host).returns("ReconcileFunction", Map.of("release", submission));
    reconciles();

    assertThat(tables.status(withdrawal.id())).isEqualTo("DONE");
    var record = new Records(host).of(ada.address);
    assertThat(record.consents()).map(record::stands).containsExactly(false);
  }

  @Test
  void ifThePersonRejectsItNothingIsHeld() throws Exception {
    var withdrawal = withdrawsWhatIsHeld();

    new Backups(host).returns("ReconcileFunction", Map.of("reject", submission));
    reconciles();

    assertThat(tables.status(withdrawal.id())).isEqualTo("DONE");
    assertThat(ada.get(withdrawal.link()).body()).contains("hold nothing");
  }

  @Test
  void whatStorageCannotHandleKeepsACopyBackForAnHour() throws Exception {
    var access = asks(ada, "access");
    long before = waits();
    CallInterceptor.disturb(new Refusing(COMMIT));
    ada.presses(confirms, AGREED);
    ada.presses(access.link());
    Patience.until(() -> waits() > before);
    assertThat(tables.status(access.id())).isEqualTo("VERIFIED");

    clock.advance(Duration.ofMinutes(61));
    new Backups(host).returns("ReconcileFunction", Map.of());
    Patience.until(() -> tables.status(access.id()).equals("DONE"));

    assertThat(copy(access).path("waiting").findValuesAsText("id")).containsExactly(submission);
  }

  @Test
  void ifStoringTakesLongNobodyElseWaitsAndTheAnswerComesAtLast() throws Exception {
    var bob = somebody();
    bob.becomesACustomer(Map.of());
    var his = asks(bob, "withdraw");
    var hers = asks(ada, "withdraw");
    long before = waits();
    CallInterceptor.disturb(new Refusing(COMMIT));
    ada.presses(confirms, AGREED);
    ada.presses(hers.link());
    Patience.until(() -> waits() > before);
    clock.advance(Duration.ofSeconds(61));
    bob.presses(his.link());
    Patience.until(() -> tables.status(his.id()).equals("DONE"));

    assertThat(tables.status(hers.id())).isEqualTo("VERIFIED");

    CallInterceptor.calm();
    reconciles();
    assertThat(tables.status(hers.id())).isEqualTo("DONE");
    var record = new Records(host).of(ada.address);
    assertThat(record.consents()).map(record::stands).containsExactly(false);
  }

  /** What was confirmed is put aside before it is stored, and its sender withdraws. */
  private Asked withdrawsWhatIsHeld() throws Exception {
    var withdrawal = asks(ada, "withdraw");
    CallInterceptor.disturb(new Refusing(COMMIT));
    ada.presses(confirms, AGREED);
    tables.set(submission, Map.of("status", "HELD", "open", "HELD#0", "reason", "unreadable"));
    CallInterceptor.calm();
    host.drain(LIMIT);
    long before = waits();
    ada.presses(withdrawal.link());
    Patience.until(() -> waits() > before);
    clock.advance(Duration.ofSeconds(61));
    host.drain(LIMIT);
    assertThat(tables.status(submission)).isEqualTo("HELD unreadable");
    assertThat(tables.status(withdrawal.id())).isEqualTo("VERIFIED");
    return withdrawal;
  }

  private void reconciles() throws Exception {
    host.drain(LIMIT);
    clock.advance(Duration.ofMinutes(15));
    new Backups(host).returns("ReconcileFunction", Map.of());
    host.drain(LIMIT);
  }

  /** A call that AWS does not take. */
  private record Refusing(String call) implements Disturbance {
    @Override
    public void before(Call made) {
      if (made.toString().equals(call)) {
        throw new IllegalStateException("not now");
      }
    }
  }

  private record Asked(String id, URI link) {}

  private Asked asks(Person person, String kind) throws Exception {
    var id = person.asks(kind);
    return new Asked(id, person.link());
  }

  /** Presses the request's button when storage, at work on the other, makes a call. */
  private Asked asksWhile(String call, String kind) throws Exception {
    var asked = asks(ada, kind);
    long before = waits();
    var at =
        new At(
            call,
            () -> {
              presses(asked.link());
              Patience.until(
                  () -> waits() > before || !tables.status(asked.id()).equals("VERIFIED"));
            });
    CallInterceptor.disturb(at);
    ada.presses(confirms, AGREED);
    host.drain(LIMIT);
    assertThat(at.done()).as(call).isTrue();
    return asked;
  }

  private void presses(URI link) {
    try {
      assertThat(ada.presses(link).statusCode()).isEqualTo(303);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private long waits() {
    return host.logs().getOrDefault("DeletionFunction", List.of()).stream()
        .filter(line -> line.contains("Waits for what is being stored"))
        .count();
  }

  private JsonNode copy(Asked access) throws Exception {
    var file = "/requests/%s/copy.json?%s".formatted(access.id(), access.link().getQuery());
    return Json.MAPPER.readTree(ada.get(access.link().resolve(file)).body());
  }
}
