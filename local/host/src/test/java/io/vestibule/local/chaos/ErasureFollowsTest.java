package io.vestibule.local.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Env;
import io.vestibule.core.Json;
import io.vestibule.core.Sha256;
import io.vestibule.delivery.DeliverHandler;
import io.vestibule.local.account.LambdaVariables;
import io.vestibule.local.host.InvocationContext;
import io.vestibule.local.journey.Backups;
import io.vestibule.local.journey.Journey;
import io.vestibule.local.journey.Partners;
import io.vestibule.local.journey.Person;
import io.vestibule.local.journey.Records;
import io.vestibule.local.journey.Requests;
import io.vestibule.local.journey.Tables;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Whoever was told of somebody is told that they are erased, whenever the erasure comes and however
 * long the partner cannot be reached; as long as one was not told, the receipt says so.
 */
class ErasureFollowsTest extends Journey {

  /** Deletes what ended here by its time. */
  private static final String CRM = "crm";

  /** Keeps that. */
  private static final String BOOKS = "books";

  private static final List<String> TARGETS = List.of(CRM, BOOKS);

  private static final Duration RESERVE = Duration.ofMinutes(15);

  @TempDir private static Path folder;

  @TempDir private static Path changed;

  @Override
  protected Map<String, String> parameters() {
    return Map.of("MailsPerMailboxAndDay", "20");
  }

  @Override
  protected Optional<Path> targets() throws IOException {
    Partners.write(folder, CRM, "\"ground\": \"processor\", \"onRetention\": \"delete\"");
    Partners.write(folder, BOOKS, "\"ground\": \"contract\"");
    return Optional.of(folder);
  }

  @AfterEach
  void calm() throws Exception {
    CallInterceptor.calm();
    for (var target : TARGETS) {
      new Partners(host).answer(target, "{\"mode\": \"ok\"}");
    }
    host.drain(LIMIT);
  }

  /** When the erasure is committed. */
  enum Moment {
    BEFORE_WHO_IS_TOLD_IS_WRITTEN_DOWN,
    AFTER_IT_AND_BEFORE_THE_SEND,
    SO_LATE_THAT_WHAT_WAS_READ_IS_OLD
  }

  @ParameterizedTest
  @EnumSource
  void anErasureWhileSomebodyIsBeingToldReachesWhoeverWasTold(Moment moment) throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    var request = ada.asks("erase");
    var link = ada.link(request);
    var second = ada.submits(Map.of("message", "On its way"));
    var secondLink = ada.link(second);
    CallInterceptor.disturb(new Meanwhile(moment, erasing(moment, ada, link, request)));

    ada.presses(secondLink);
    host.drain(LIMIT);
    CallInterceptor.calm();

    isErasedEverywhere(ada, new Requests(this, ada, request, link));
    if (moment == Moment.SO_LATE_THAT_WHAT_WAS_READ_IS_OLD) {
      assertThat(TARGETS).anyMatch(it -> confirmed(it, ada).size() == 1);
    }
  }

  /** The partner has the call, and answers when nobody waits any more. */
  @Test
  void anErasureDuringASlowCallFollowsIt() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    var request = ada.asks("erase");
    var link = ada.link(request);
    var second = ada.submits(Map.of("message", "Slowly"));
    var secondLink = ada.link(second);
    var number = new Records(host).customerId(ada.address);
    new Partners(host).answer(CRM, "{\"mode\": \"slow\", \"times\": 1}");

    ada.presses(secondLink);
    await(() -> requireNonNull(told(number, CRM).get("numbers")).ss().size() == 2);
    erase(ada, link, request);
    host.drain(LIMIT);
    await(() -> confirmed(CRM, ada).size() == 2);

    isErasedEverywhere(ada, new Requests(this, ada, request, link));
  }

  @Test
  void aPartnerWhoIsDownForThreeDaysIsToldThenAndTheReceiptSaysThatItWasNot() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    new Partners(host).answer(CRM, "{\"mode\": \"status\", \"status\": 503}");
    ada.becomesACustomer(Map.of("message", "It does not hear of this"));
    var number = new Records(host).customerId(ada.address);
    new Partners(host).answer(BOOKS, "{\"mode\": \"status\", \"status\": 503}");

    var erasure = Requests.asked(this, ada, "erase").woken();
    deliver(Duration.ofHours(5)); // Both are asked, before one of them answers.
    new Partners(host).answer(BOOKS, "{\"mode\": \"ok\"}");
    for (int hours = 5; hours < 70; hours += 5) {
      deliver(Duration.ofHours(5));
    }

    assertThat(passedOn(erasure, CRM).has("answer")).isFalse();
    assertThat(erasure.page().body()).contains(CRM, "to erase it, and have not answered yet");
    assertThat(told(number, CRM)).containsKey("askedAt").doesNotContainKey("answer");
    assertThat(erasure.page().body()).contains("this link shows a new receipt", "No. 2, in the");
    assertThat(taken(CRM, "customer.erased", ada)).isEmpty();
    var before = erasure.file("receipt.json").body();

    new Partners(host).answer(CRM, "{\"mode\": \"ok\"}");
    deliver(Duration.ofHours(27));

    var newest = Json.MAPPER.readTree(erasure.file("receipt.json").body());
    assertThat(newest.path("serial").asInt()).isEqualTo(3);
    assertThat(newest.path("replaces").asText())
        .isEqualTo(HexFormat.of().formatHex(Sha256.of(before)));
    assertThat(passedOn(erasure, CRM).path("answer").asText()).isEqualTo("told");
    assertThat(erasure.page().body())
        .contains("No. 3, in the place of the one before", "to erase it.")
        .doesNotContain("have not been told yet", "this link shows a new receipt");

    var erased = taken(CRM, "customer.erased", ada);
    assertThat(erased).hasSize(1);
    assertThat(erased.getFirst().at("/data/numbers")).hasSize(2);
    assertThat(confirmed(CRM, ada)).hasSize(1);
    assertThat(Tables.text(told(number, CRM), "answer")).isEqualTo("told");
  }

  @Test
  void aTargetThatIsRetiredIsToldNothingNewAndOfTheEnd() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    var erasure = Requests.asked(this, ada, "erase");
    for (var target : TARGETS) {
      change(target, "\"ground\": \"contract\", \"retired\": true");
    }

    clock.advance(Duration.ofMinutes(2));
    deliverAsChanged();
    erasure.woken();

    for (var target : TARGETS) {
      assertThat(taken(target, "customer.erased", ada)).hasSize(1);
      assertThat(passedOn(erasure, target).path("answer").asText()).isEqualTo("told");
    }
  }

  @Test
  void aTargetWhoseFileIsGoneIsUntoldUntilItIsBack() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    var erasure = Requests.asked(this, ada, "erase");
    change(BOOKS, "\"ground\": \"contract\"");
    Files.deleteIfExists(changed.resolve(CRM + ".json"));

    clock.advance(Duration.ofMinutes(2));
    deliverAsChanged();
    erasure.woken();

    assertThat(taken(BOOKS, "customer.erased", ada)).hasSize(1);
    assertThat(taken(CRM, "customer.erased", ada)).isEmpty();
    assertThat(passedOn(erasure, CRM).has("askedAt")).isFalse();
    assertThat(erasure.page().body()).contains(CRM, "They have not been told yet to erase it");
    deliver(Duration.ofDays(2));
    assertThat(taken(CRM, "customer.erased", ada)).as("a person has to look").isEmpty();

    new Backups(host).returns("DeliverFunction", Map.of("resume", CRM));
    deliver(Duration.ofMinutes(1));

    assertThat(taken(CRM, "customer.erased", ada)).hasSize(1);
  }

  @Test
  void anOrphanThatIsForgottenIsFollowedToo() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    var number = new Records(host).customerId(ada.address);
    new Backups(host).remove("customers", "customerId", number);

    new Backups(host).returns("DeletionFunction", Map.of("forget", Map.of("customer", number)));
    deliver(Duration.ofMinutes(2));

    for (var target : TARGETS) {
      assertThat(taken(target, "customer.erased", ada)).hasSize(1);
    }
  }

  @Test
  void whoseTimeIsOverIsErasedWhereTheTargetSaysSoAndKeptWhereItKeeps() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    var number = new Records(host).customerId(ada.address);

    clock.advance(Duration.ofDays(740));
    new Backups(host).returns("DeadlineFunction", Map.of());
    clock.advance(Duration.ofDays(8));
    new Backups(host).returns("DeadlineFunction", Map.of());
    deliver(Duration.ofMinutes(2));

    assertThat(new Records(host).isKnown(ada.address)).isFalse();
    assertThat(taken(CRM, "customer.erased", ada)).hasSize(1);
    assertThat(taken(BOOKS, "customer.erased", ada)).isEmpty();
    assertThat(Tables.text(told(number, CRM), "answer")).isEqualTo("told");
    assertThat(Tables.text(told(number, BOOKS), "answer")).isEqualTo("keeps");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRestoreTellsNobodyAnything(boolean isAllLost) throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    new Backups(host).returns("BackupFunction", Map.of());
    var outbox = tables.items("deliveries");
    var calls = calls();
    if (isAllLost) {
      new Backups(host).loseCustomers();
    }

    new Backups(host).returns("RestoreFunction", Map.of("backup", "latest", "into", "live"));
    deliver(Duration.ofMinutes(2));

    assertThat(new Records(host).isKnown(ada.address)).isTrue();
    assertThat(tables.items("deliveries")).containsExactlyInAnyOrderElementsOf(outbox);
    assertThat(calls()).isEqualTo(calls);
  }

  private int calls() {
    return TARGETS.stream().mapToInt(it -> new Partners(host).calls(it).size()).sum();
  }

  /** The erasure is pressed at one moment of a delivery, and committed before it goes on. */
  private record Meanwhile(Moment moment, At at) implements Disturbance {

    Meanwhile(Moment moment, Runnable erase) {
      this(moment, new At("DeliverFunction TransactWriteItems", erase));
    }

    @Override
    public void before(Call call) {
      if (moment == Moment.BEFORE_WHO_IS_TOLD_IS_WRITTEN_DOWN) {
        at.before(call);
      }
    }

    @Override
    public void after(Call call) {
      if (moment != Moment.BEFORE_WHO_IS_TOLD_IS_WRITTEN_DOWN) {
        at.before(call);
      }
    }
  }

  private Runnable erasing(Moment moment, Person person, URI link, String request) {
    return () -> {
      erase(person, link, request);
      if (moment == Moment.SO_LATE_THAT_WHAT_WAS_READ_IS_OLD) {
        clock.advance(Duration.ofSeconds(11));
      }
    };
  }

  /** On whatever thread: without waiting for the streams, on which it may be called. */
  private void erase(Person person, URI link, String request) {
    try {
      person.presses(link);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    await(() -> tables.status(request).equals("ERASING"));
  }

  private void deliver(Duration later) throws Exception {
    clock.advance(later);
    new Backups(host).returns("DeliverFunction", Map.of());
    host.drain(LIMIT);
  }

  private void change(String target, String more) throws IOException {
    Partners.write(changed, target, more);
    var file = changed.resolve(target + ".json");
    var port = Integer.toString(host.uri().getPort());
    Files.writeString(file, Files.readString(file).replace("{port}", port));
  }

  /** As the next deployment would, with other files of targets. */
  private void deliverAsChanged() throws IOException {
    var function = host.stack().function("DeliverFunction").orElseThrow();
    var variables = new HashMap<>(LambdaVariables.of(host.stack(), function, host.aws()));
    variables.put("LOCAL_TARGETS", changed.toString());
    var context =
        new InvocationContext(
            "test", "DeliverFunction", "arn", "log", 512, System.nanoTime() + RESERVE.toNanos());
    new DeliverHandler(Env.of(variables), clock)
        .handleRequest(
            new ByteArrayInputStream("{}".getBytes(UTF_8)), new ByteArrayOutputStream(), context);
  }

  private Map<String, AttributeValue> told(String number, String target) {
    return tables.items("recipients").stream()
        .filter(it -> Tables.text(it, "customerId").equals(number))
        .filter(it -> Tables.text(it, "target").equals(target))
        .findFirst()
        .orElseThrow();
  }

  private static void await(BooleanSupplier condition) {
    for (int times = 0; times < 600 && !condition.getAsBoolean(); times++) {
      try {
        Thread.sleep(100); // A partner is slow for many seconds, and each look is a call.
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  /**
   * Each was told of the end after all else, of every entry that it knows; and the receipt says so.
   */
  private void isErasedEverywhere(Person person, Requests erasure) throws Exception {
    deliver(Duration.ofMinutes(2));
    deliver(Duration.ofMinutes(2));
    erasure.woken();
    assertThat(erasure.status()).isEqualTo("DONE");
    for (var target : TARGETS) {
      var customer = confirmed(target, person).getFirst().at("/data/customer");
      var calls = new Partners(host).about(target, customer.asText());
      assertThat(calls.getLast().path("type").asText()).isEqualTo("customer.erased");
      var erased = taken(target, "customer.erased", person);
      assertThat(erased).hasSize(1);
      assertThat(erased.getFirst().at("/data/numbers").valueStream().map(JsonNode::asText))
          .containsAll(
              confirmed(target, person).stream()
                  .map(it -> it.at("/data/number").asText())
                  .toList());
      assertThat(passedOn(erasure, target).path("answer").asText()).isEqualTo("told");
    }
  }

  private List<JsonNode> confirmed(String target, Person person) {
    return new Partners(host)
        .taken(target, "submission.confirmed").stream()
            .filter(it -> it.at("/data/fields/email").asText().equals(person.address))
            .toList();
  }

  private List<JsonNode> taken(String target, String type, Person person) {
    var customer = confirmed(target, person).getFirst().at("/data/customer");
    return new Partners(host)
        .taken(target, type).stream()
            .filter(it -> it.at("/data/customer").equals(customer))
            .toList();
  }

  private static JsonNode passedOn(Requests erasure, String target) throws Exception {
    var receipt = Json.MAPPER.readTree(erasure.file("receipt.json").body());
    return receipt
        .path("passedOn")
        .valueStream()
        .filter(it -> it.path("recipient").asText().equals(target))
        .findFirst()
        .orElseThrow();
  }
}
