package io.vestibule.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vestibule.local.aws.Cases;
import io.vestibule.local.chaos.DeathAt.Moment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

class DeathsTest {

  @Test
  void ofCallsThatDifferInValuesTheFirstIsEnough() {
    var one = before(1, "UpdateItem", update("Ada", "SET a = :a"));
    var same = before(2, "UpdateItem", update("Bob", "SET a = :a"));
    var other = before(3, "UpdateItem", update("Ada", "SET b = :b"));

    assertThat(Deaths.ofEachKind(List.of(one, same, other))).containsExactly(one, other);
  }

  @Test
  void filesThatDifferInNumbersAreOfOneKind() {
    var one = before(1, "PutObject", file("backups/2026-a1/data/x7.json"));
    var same = before(2, "PutObject", file("backups/2026-a1/data/x8.json"));
    var other = before(3, "PutObject", file("backups/2026-a1/manifest.json"));

    assertThat(Deaths.ofEachKind(List.of(one, same, other))).containsExactly(one, other);
  }

  @Test
  void beforeAndAfterAWriteAreTwoThingsButAfterAReadIsBeforeWhatComesNext() {
    var read = GetItemRequest.builder().tableName("notes").build();
    var beforeRead = before(1, "GetItem", read);
    var afterRead = new DeathAt(1, beforeRead.call(), Moment.AFTER, 0);
    var beforeWrite = before(2, "UpdateItem", update("Ada", "SET a = :a"));
    var afterWrite = new DeathAt(2, beforeWrite.call(), Moment.AFTER, 0);

    assertThat(Deaths.ofEachKind(List.of(beforeRead, afterRead, beforeWrite, afterWrite)))
        .containsExactly(beforeRead, beforeWrite, afterWrite);
  }

  @Test
  void whoDiesAfterAWriteNeedNotDieBeforeWhatComesNext() {
    var deaths =
        recorded(
            call("Worker", "UpdateItem", update("Ada", "SET a = :a")),
            call("Worker", "GetItem", GetItemRequest.builder().tableName("notes").build()),
            call("Worker", "UpdateItem", update("Ada", "SET b = :b")));

    assertThat(Deaths.ofEachState(deaths))
        .extracting(DeathAt::number, DeathAt::moment)
        .containsExactly(tuple(1, Moment.BEFORE), tuple(1, Moment.AFTER), tuple(3, Moment.AFTER));
  }

  @Test
  void betweenTwoReadsNothingChanges() {
    var read = GetItemRequest.builder().tableName("notes").build();
    var deaths =
        recorded(
            call("Worker", "GetItem", read),
            call("Worker", "GetItem", read),
            call("Worker", "UpdateItem", update("Ada", "SET a = :a")),
            call("Worker", "GetItem", read));

    assertThat(Deaths.withoutRepeatedReads(deaths))
        .extracting(DeathAt::number, DeathAt::moment)
        .containsExactly(
            tuple(1, Moment.BEFORE),
            tuple(3, Moment.BEFORE),
            tuple(3, Moment.AFTER),
            tuple(4, Moment.BEFORE));
  }

  @Test
  void aBuildTakesOfEachFunctionWhatLiesBetweenAndWhatIsSpecial() {
    var deaths =
        recorded(
            call("Worker", "UpdateItem", update("Ada", "SET a = :a")),
            call("Other", "UpdateItem", update("Ada", "SET b = :b")),
            call("Worker", "UpdateItem", update("Ada", "SET c = :c")),
            call("Worker", "UpdateItem", update("Ada", "SET d = :d")),
            call("Other", "UpdateItem", update("Ada", "SET e = :e")));
    var last = deaths.getLast();

    assertThat(Deaths.ofThisRun(deaths, 1, last::equals))
        .extracting(it -> it.call().function(), DeathAt::number, DeathAt::moment)
        .contains(
            tuple("Worker", 1, Moment.AFTER),
            tuple("Other", 1, Moment.AFTER),
            tuple("Other", 2, Moment.AFTER))
        .hasSize(Cases.areAll() ? deaths.size() : 3);
  }

  /** All pages are there then, and the manifest is not. */
  @Test
  void whoDoesNotDieAfterTheLastOfAKindDiesBeforeWhatComesNext() {
    var deaths =
        recorded(
            call("Worker", "PutObject", file("data/x7.json")),
            call("Worker", "PutObject", file("data/x8.json")),
            call("Worker", "PutObject", file("manifest.json")));

    assertThat(Deaths.ofEachState(deaths))
        .extracting(DeathAt::number, DeathAt::moment)
        .containsExactly(
            tuple(1, Moment.BEFORE),
            tuple(1, Moment.AFTER),
            tuple(3, Moment.BEFORE),
            tuple(3, Moment.AFTER));
  }

  @Test
  void whatAnotherInvocationHasWrittenOrWhatIsToldAPartnerIsSomethingElse() throws Exception {
    var recorder = new CallRecorder();
    recorder.before(call("Worker", "UpdateItem", update("Ada", "SET a = :a")));
    var other = new Thread(() -> recorder.before(call("Worker", "UpdateItem", update("Ada", "b"))));
    other.start();
    other.join();
    recorder.before(call("DeliverFunction", "UpdateItem", update("Ada", "SET a = :a")));
    recorder.before(call("DeliverFunction", "UpdateItem", update("Ada", "SET b = :b")));

    assertThat(recorder.deaths()).extracting(DeathAt::since).containsOnly(0);
  }

  private static List<DeathAt> recorded(Call... calls) {
    var recorder = new CallRecorder();
    List.of(calls).forEach(recorder::before);
    return recorder.deaths();
  }

  private static Call call(String function, String operation, SdkRequest request) {
    return new Call(function, "Any", operation, request);
  }

  private static DeathAt before(int number, String operation, SdkRequest request) {
    return new DeathAt(number, call("Worker", operation, request), Moment.BEFORE, 0);
  }

  private static UpdateItemRequest update(String id, String expression) {
    return UpdateItemRequest.builder()
        .tableName("notes")
        .key(Map.of("id", AttributeValue.fromS(id)))
        .updateExpression(expression)
        .build();
  }

  private static PutObjectRequest file(String key) {
    return PutObjectRequest.builder().bucket("bucket").key(key).build();
  }
}
