package io.vestibule.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.EntryRecord;
import io.vestibule.local.host.Outcome;
import io.vestibule.local.journey.Backups;
import io.vestibule.local.journey.Journey;
import io.vestibule.local.journey.Person;
import io.vestibule.local.journey.Records;
import io.vestibule.store.keys.BindingPass;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The pass that binds identities dies just before and just after everything that it does to AWS.
 * The run of the next day binds what is left, and the pass ends.
 *
 * <p>{@link Deaths} says which of them a build takes.
 */
class KillBindingTest extends Journey {

  private static final int SOME = 6;

  private final CallRecorder recorder = new CallRecorder();
  private Backups functions;
  private Records records;

  @BeforeAll
  void recordTheCalls() throws Exception {
    functions = new Backups(host);
    records = new Records(host);
    landed();
    CallInterceptor.disturb(recorder);
    functions.returns("BindingFunction", Map.of("bind", "again"));
    calm();
  }

  @AfterEach
  void calm() {
    CallInterceptor.calm();
  }

  List<DeathAt> deaths() {
    return Deaths.ofThisRun(recorder.deaths(), SOME);
  }

  @ParameterizedTest
  @MethodSource("deaths")
  void whatADeadRunLeavesTheNextOneBinds(DeathAt death) throws Exception {
    var ada = landed();
    var dead = new DeadForGood(death);
    CallInterceptor.disturb(dead);
    var outcome = functions.invoke("BindingFunction", Map.of("bind", "again"));
    calm();
    assertThat(dead.hasKilled()).as(outcome.toString()).isTrue();
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);

    clock.advance(Duration.ofDays(1));
    functions.returns("BindingFunction", Map.of("bind", "again"));
    clock.advance(Duration.ofDays(1));
    var last = functions.returns("BindingFunction", Map.of());

    assertThat(records.isBound(ada.address)).isTrue();
    assertThat(records.entries(ada.address)).extracting(EntryRecord::synthetic).containsOnly(true);
    assertThat(records.entries(ada.address)).hasSize(1);
    assertThat(last.path("state").asText()).isEqualTo("ended");
  }

  @Test
  void whoIsErasedJustBeforeTheEntryIsWrittenGetsNone() throws Exception {
    var ada = landed();
    var customerId = AttributeValue.fromS(records.customerId(ada.address));
    var identity = Map.of("emailIndex", AttributeValue.fromS(records.emailIndex(ada.address)));

    disturbTheEntry(
        () ->
            host.operator()
                .dynamoDb()
                .deleteItem(delete -> delete.tableName("identities").key(identity)));

    assertThat(functions.returns("BindingFunction", Map.of("bind", "again")).path("bound").asInt())
        .isZero();
    assertThat(tables.items("entries")).noneMatch(it -> it.containsValue(customerId));
    assertThat(records.isKnown(ada.address)).isFalse();
  }

  @Test
  void whoWritesJustBeforeTheEntryIsWrittenHasItOnce() throws Exception {
    var ada = landed();

    disturbTheEntry(() -> functions.invoke("BindingFunction", Map.of("bind", "again")));
    functions.returns("BindingFunction", Map.of("bind", "again"));

    assertThat(records.entries(ada.address)).hasSize(1);
  }

  @Test
  void aSubmissionThatIsStoredJustBeforeTheEntryIsWrittenLeavesBoth() throws Exception {
    var ada = landed();
    var link = ada.link(ada.submits(Map.of("message", "Meanwhile")));

    disturbTheEntry(() -> stores(ada, link));
    functions.returns("BindingFunction", Map.of("bind", "again"));

    assertHasBoth(ada);
  }

  /** Other way round: the entry is written when the submission is about to be. */
  @Test
  void anEntryThatIsWrittenJustBeforeASubmissionIsStoredStaysTheOnlyOne() throws Exception {
    var ada = landed();
    var link = ada.link(ada.submits(Map.of("message", "Meanwhile")));

    CallInterceptor.disturb(
        new At(
            "StoreFunction TransactWriteItems",
            () -> functions.invoke("BindingFunction", Map.of("bind", "again"))));
    stores(ada, link);

    assertHasBoth(ada);
  }

  private void stores(Person person, URI link) {
    try {
      person.presses(link);
      host.drain(LIMIT);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void assertHasBoth(Person person) throws Exception {
    assertThat(records.isBound(person.address)).isTrue();
    assertThat(records.entries(person.address))
        .extracting(EntryRecord::synthetic)
        .containsExactlyInAnyOrder(true, false);
  }

  /**
   * Does something once, when the entry that stands for what was stored before is to be written.
   */
  private static void disturbTheEntry(Runnable meanwhile) {
    var left = new AtomicBoolean(true);
    CallInterceptor.disturb(
        new Disturbance() {
          @Override
          public void before(Call call) {
            if (call.function().equals("BindingFunction")
                && call.request() instanceof TransactWriteItemsRequest write
                && write.transactItems().stream().anyMatch(KillBindingTest::isOfEntries)
                && left.getAndSet(false)) {
              meanwhile.run();
            }
          }
        });
  }

  private static boolean isOfEntries(TransactWriteItem item) {
    return item.put() != null && item.put().tableName().equals("entries");
  }

  /** A row that a look passed over may be honest: were the pass over, its owner would be forged. */
  @ParameterizedTest
  @ValueSource(strings = {"TransactGetItems", "UpdateItem"})
  void aLookThatPassedOverARowIsNotTheLast(String operation) throws Exception {
    functions.returns("BindingFunction", Map.of("bind", "again"));
    var ada = before();
    clock.advance(Duration.ofHours(2));
    CallInterceptor.disturb(new Busy(operation));
    var busy = functions.returns("BindingFunction", Map.of());
    calm();

    assertThat(busy.path("state").asText()).isEqualTo("open");
    assertThat(functions.returns("BindingFunction", Map.of()).path("state").asText())
        .isEqualTo("ended");
    assertThat(records.isBound(ada.address)).isTrue();
  }

  /** The order is given between the last look at the pass and the write that ends it. */
  @Test
  void anOrderThatComesAtTheVeryEndIsNotLost() {
    functions.returns("BindingFunction", Map.of("bind", "again"));
    clock.advance(Duration.ofHours(2));
    CallInterceptor.disturb(
        new Disturbance() {
          @Override
          public void before(Call call) {
            if (call.request() instanceof UpdateItemRequest update
                && update.updateExpression().contains("boundAt")
                && !call.isOfTheOperator()) {
              reopen();
            }
          }
        });
    var last = functions.returns("BindingFunction", Map.of());
    calm();

    assertThat(last.path("state").asText()).isEqualTo("open");
    assertThat(functions.returns("BindingFunction", Map.of()).path("state").asText())
        .isEqualTo("open");
  }

  private void reopen() {
    var pass = new BindingPass(host.operator().dynamoDb(), "system-keys");
    host.operator()
        .dynamoDb()
        .transactWriteItems(write -> write.transactItems(pass.reopen(clock.instant())));
  }

  /** Identities of which DynamoDB says that it is busy, however often it is asked. */
  private record Busy(String operation) implements Disturbance {

    @Override
    public void before(Call call) {
      if (call.request() instanceof TransactGetItemsRequest && isMeant(call)) {
        throw TransactionCanceledException.builder()
            .message("injected")
            .awsErrorDetails(
                AwsErrorDetails.builder().errorCode("TransactionCanceledException").build())
            .cancellationReasons(reason("ThrottlingError"), reason("None"))
            .build();
      }
      if (call.request() instanceof UpdateItemRequest update
          && update.tableName().equals("identities")
          && isMeant(call)) {
        throw TransactionConflictException.builder().message("injected").build();
      }
    }

    private boolean isMeant(Call call) {
      return call.operation().equals(operation) && !call.isOfTheOperator();
    }

    private static CancellationReason reason(String code) {
      return CancellationReason.builder().code(code).build();
    }
  }

  private Person landed() throws Exception {
    var person = before();
    records.removeEntries(person.address);
    return person;
  }

  private Person before() throws Exception {
    var person = somebody();
    person.becomesACustomer(Map.of());
    records.unbind(person.address);
    return person;
  }
}
