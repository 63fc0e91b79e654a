package io.vestibule.deletion;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Awaited;
import io.vestibule.core.CopyCipher;
import io.vestibule.core.DataRequest.Kind;
import io.vestibule.core.Deadline;
import io.vestibule.core.Destination;
import io.vestibule.core.Env;
import io.vestibule.core.Json;
import io.vestibule.core.LinkToken;
import io.vestibule.core.RowId;
import io.vestibule.core.Sha256;
import io.vestibule.core.Timestamp;
import io.vestibule.store.AwsClients;
import io.vestibule.store.StreamChange;
import io.vestibule.store.rows.AwaitedAnswers;
import java.security.Signature;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/** Whenever one more has answered to an erasure, the same link shows a receipt that says so. */
class RenewReceiptTest extends DeletionAccount {

  private static final Deadline NEVER = () -> false;
  private static final Duration MINUTE = Duration.ofSeconds(61);

  private DynamoDbClient delivery;
  private int addresses;

  @BeforeAll
  void openDelivery() {
    delivery = AwsClients.dynamoDb(Env.of(account.variables("DeliverFunction")));
  }

  @AfterAll
  void closeDelivery() {
    delivery.close();
  }

  /** A request, and whose erasure it was. */
  private record Asked(RowId id, String customerId, LinkToken token) {}

  /** Somebody of whom both were told is erased, and nobody has answered yet. */
  private Asked erased() {
    var asked = erasing();
    clock.advance(MINUTE);
    follow(asked);
    assertThat(text(request(asked.id().value()), "status")).isEqualTo("DONE");
    return asked;
  }

  private Asked erasing() {
    var address = "told%d@example.net".formatted(addresses++);
    var number = people.becomesACustomer(address);
    told(number, "crm");
    told(number, "shop");
    var request = people.asks(address, Kind.ERASE);
    var asked = new Asked(request.id(), number, people.linkTokens().of(request));
    follow(asked);
    follow(asked);
    return asked;
  }

  @Test
  void eachAnswerMakesAReceiptThatTakesThePlaceOfTheOneBefore() throws Exception {
    var asked = erased();
    var first = receipt(asked);
    assertThat(first.path("serial").asInt()).isEqualTo(1);
    assertThat(first.has("replaces")).isFalse();
    assertThat(first.path("passedOn")).allMatch(it -> it.path("pending").asBoolean());
    assertIsKept(asked, Awaited.LONGEST);
    var before = document(asked);

    clock.advance(Duration.ofDays(40));
    answers(asked, "shop");
    follow(asked);

    var second = receipt(asked);
    assertThat(second.path("serial").asInt()).isEqualTo(2);
    assertThat(second.path("replaces").asText())
        .isEqualTo(HexFormat.of().formatHex(Sha256.of(before)));
    assertThat(second.path("issuedAt").asText()).isGreaterThan(first.path("issuedAt").asText());
    assertThat(answer(second, "shop")).isEqualTo("told");
    assertThat(answer(second, "crm")).isEqualTo("pending");
    for (var same : List.of("request", "outcome", "erasedAt", "erased", "remains", "rule")) {
      assertThat(second.path(same)).isEqualTo(first.path(same));
    }
    assertThat(isSigned(asked)).isTrue();

    answers(asked, "crm");
    follow(asked);

    var last = receipt(asked);
    assertThat(last.path("serial").asInt()).isEqualTo(3);
    assertThat(answer(last, "crm")).isEqualTo("told");
    assertThat(isSigned(asked)).isTrue();
    assertThat(request(asked.id().value())).doesNotContainKey("awaits");
    assertIsKept(asked, Duration.ofDays(30));
  }

  @Test
  void whoHasBeenAnsweredByAllKeepsNothingForAnother() {
    var asked = erasing();
    answers(asked, "crm");
    answers(asked, "shop");
    clock.advance(MINUTE);
    follow(asked);

    assertThat(request(asked.id().value())).containsKey("receipt").doesNotContainKey("awaits");
    assertIsKept(asked, Duration.ofDays(30));
  }

  /** The record is of before: it must not make a receipt without the answer. */
  @Test
  void anAnswerWhileTheFirstReceiptIsMadeIsInIt() throws Exception {
    var asked = erasing();
    clock.advance(MINUTE);
    var record = request(asked.id().value());
    answers(asked, "crm");
    hide(asked, "crm", () -> follow(record));
    assertThat(text(request(asked.id().value()), "status")).isEqualTo("ERASING");

    follow(asked);

    assertThat(answer(receipt(asked), "crm")).isEqualTo("told");
    assertThat(answer(receipt(asked), "shop")).isEqualTo("pending");
  }

  @Test
  void twoAnswersAtOnceAreInOneReceipt() throws Exception {
    var asked = erased();
    answers(asked, "crm");
    var first = request(asked.id().value());
    answers(asked, "shop");
    var second = request(asked.id().value());

    follow(first);
    follow(second);
    follow(first);

    assertThat(receipt(asked).path("serial").asInt()).isEqualTo(2);
    assertThat(answer(receipt(asked), "crm")).isEqualTo("told");
    assertThat(answer(receipt(asked), "shop")).isEqualTo("told");
  }

  @Test
  void whoCountsWithoutAnAnswerHasNothingSignedAndNothingKeptLonger() {
    var asked = erased();
    var before = request(asked.id().value());
    try (var recording = account.calls().record()) {
      for (int i = 0; i < 5; i++) {
        count(asked);
        follow(asked);
      }
      assertThat(recording.of("DeletionFunction").toString())
          .contains("Query")
          .doesNotContain("Sign", "Update");
    }

    var after = new HashMap<>(request(asked.id().value()));
    assertThat(after.remove("answers")).isEqualTo(AttributeValue.fromN("5"));
    assertThat(after).isEqualTo(before);
  }

  @Test
  void whoCountsWritesNoOtherColumn() {
    var asked = erased();
    for (var column : List.of("awaits", "expiresAt", "status", "receipt", "signature", "open")) {
      assertThatExceptionOfType(DynamoDbException.class)
          .as(column)
          .isThrownBy(
              () ->
                  delivery.updateItem(
                      update ->
                          update
                              .tableName("requests")
                              .key(key(asked))
                              .updateExpression("REMOVE #it")
                              .expressionAttributeNames(Map.of("#it", column))));
    }
  }

  @Test
  void whoHasAnsweredStaysAnswered() throws Exception {
    var asked = erased();
    answers(asked, "crm");
    follow(asked);
    told(asked.customerId(), "crm");
    answers(asked, "shop");
    follow(asked);

    assertThat(answer(receipt(asked), "crm")).isEqualTo("told");
  }

  /** An attack: whoever may write the table of recipients would end the wait for good. */
  @Test
  void whoseRowIsTakenAwayIsStillAwaited() throws Exception {
    var asked = erased();
    var row = take(asked, "crm");
    answers(asked, "shop");
    follow(asked);

    assertThat(answer(receipt(asked), "crm")).isEqualTo("pending");
    assertThat(answer(receipt(asked), "shop")).isEqualTo("told");
    assertThat(request(asked.id().value())).containsKey("awaits");

    account.operator().dynamoDb().putItem(put -> put.tableName("recipients").item(row));
    answers(asked, "crm");
    take(asked, "shop");
    follow(asked);
    assertThat(answer(receipt(asked), "crm")).isEqualTo("told");
    assertThat(answer(receipt(asked), "shop")).isEqualTo("told");
  }

  private Map<String, AttributeValue> take(Asked asked, String target) {
    return account
        .operator()
        .dynamoDb()
        .deleteItem(
            delete ->
                delete
                    .tableName("recipients")
                    .key(recipient(asked.customerId(), target))
                    .returnValues(ReturnValue.ALL_OLD))
        .attributes();
  }

  /** An attack: whoever delivers names more recipients than a row has room for. */
  @Test
  @Tag("slow")
  void aReceiptThatHasNoRoomInItsRowStopsNobody() {
    var asked = erased();
    var fields = IntStream.range(0, 200).mapToObj(it -> "f" + it + "x".repeat(34)).toList();
    for (int i = 0; i < 40; i++) {
      told(asked.customerId(), "other" + i, fields);
    }
    count(asked);
    var before = request(asked.id().value());

    follow(asked);

    assertThat(request(asked.id().value())).isEqualTo(before);
  }

  @Test
  @Tag("slow")
  void whatIsNoneOfOursInARecipientsRowIsInNoReceipt() throws Exception {
    var asked = erased();
    var item = new HashMap<>(recipient(asked.customerId(), "crm"));
    item.put("country", AttributeValue.fromS("Say this: ".repeat(20_000)));
    item.put("fields", AttributeValue.fromSs(List.of("name", "Call this number")));
    item.put("answer", AttributeValue.fromS("They never had anything"));
    account.operator().dynamoDb().putItem(put -> put.tableName("recipients").item(item));
    answers(asked, "shop");
    follow(asked);

    var crm =
        receipt(asked)
            .path("passedOn")
            .valueStream()
            .filter(it -> it.path("recipient").asText().equals("crm"))
            .findFirst()
            .orElseThrow();
    assertThat(crm.has("country")).isFalse();
    assertThat(crm.path("fields")).hasSize(1);
    assertThat(crm.path("pending").asBoolean()).isTrue();
  }

  /** Whoever may write to the table could have anybody's recipients told so. */
  @Test
  @Tag("slow")
  void whatAnotherRequestAwaitsOpensNothingHere() {
    var asked = erased();
    var other = erased();
    var row = new HashMap<>(request(asked.id().value()));
    row.put("awaits", requireNonNull(request(other.id().value()).get("awaits")));
    account.operator().dynamoDb().putItem(put -> put.tableName("requests").item(row));
    answers(other, "crm");
    count(asked);
    var before = request(asked.id().value());
    follow(asked);

    assertThat(request(asked.id().value())).isEqualTo(before);
  }

  @Test
  void garbageInItsPlaceStopsNobody() {
    var asked = erased();
    for (var garbage : List.of(new byte[0], new byte[] {1}, new byte[] {9, 9}, new byte[40])) {
      var row = new HashMap<>(request(asked.id().value()));
      row.put("awaits", AttributeValue.fromB(SdkBytes.fromByteArray(garbage)));
      account.operator().dynamoDb().putItem(put -> put.tableName("requests").item(row));
      count(asked);

      follow(asked);
    }

    assertThat(request(asked.id().value())).containsKey("receipt");
  }

  /** Of the recipients' table whoever delivers is believed. */
  @Test
  @Tag("slow")
  void whoeverChangesRecipientsForEverHasAHundredReceiptsMade() throws Exception {
    var asked = erased();
    hasHadReceipts(asked, 97);
    for (int i = 0; i < 6; i++) {
      told(asked.customerId(), "other" + i % 3, "field" + i);
      count(asked);
      follow(asked);
    }

    assertThat(receipt(asked).path("serial").asInt()).isEqualTo(100);
  }

  /** What is kept for the next receipt is as if so many had been made. */
  private void hasHadReceipts(Asked asked, int serial) throws Exception {
    var row = new HashMap<>(request(asked.id().value()));
    var seal = people.linkTokens().awaitedSeal();
    var column = requireNonNull(row.get("awaits")).b().asByteArray();
    var awaited = seal.open(asked.id(), column);
    var receipt = ((ObjectNode) Json.MAPPER.readTree(awaited.receipt())).put("serial", serial);
    var later = awaited.renewed(Json.MAPPER.writeValueAsBytes(receipt), awaited.answers());
    var sealed = seal.sealAgain(asked.id(), column, later);
    row.put("awaits", AttributeValue.fromB(SdkBytes.fromByteArray(sealed)));
    account.operator().dynamoDb().putItem(put -> put.tableName("requests").item(row));
  }

  @Test
  void anAnswerWhenTheRowIsGoneMakesNoRow() {
    var asked = erased();
    remove("requests", "id", asked.id().value());

    answers(asked, "crm");

    assertThat(request(asked.id().value())).isEmpty();
  }

  @Test
  void whatNobodyAskedForByARequestIsCountedNowhere() {
    int before = items("requests").size();
    var answers = new AwaitedAnswers(delivery, "requests");
    for (var by : List.of("retention", "orphan", "", "s" + "A".repeat(22))) {
      answers.count(by);
    }

    assertThat(items("requests")).hasSize(before);
  }

  /** As it was answered by the version before. */
  @Test
  void aReceiptOfTheVersionBeforeStaysAsItIs() {
    var asked = erased();
    var row = new HashMap<>(request(asked.id().value()));
    row.remove("awaits");
    account.operator().dynamoDb().putItem(put -> put.tableName("requests").item(row));

    answers(asked, "crm");
    follow(asked);

    row.put("answers", AttributeValue.fromN("1"));
    assertThat(request(asked.id().value())).isEqualTo(row);
  }

  private void follow(Asked asked) {
    follow(people.item(Destination.DELETION, asked.id()));
  }

  private void follow(Map<String, AttributeValue> item) {
    wiring.followRequests.follow(new StreamChange.Written(item), NEVER);
  }

  private void count(Asked asked) {
    new AwaitedAnswers(delivery, "requests").count(asked.id().value());
  }

  private void answers(Asked asked, String target) {
    var now = AttributeValue.fromS(Timestamp.of(clock.instant()));
    account
        .operator()
        .dynamoDb()
        .updateItem(
            update ->
                update
                    .tableName("recipients")
                    .key(recipient(asked.customerId(), target))
                    .updateExpression("SET askedAt = :now, answer = :told, answeredAt = :now")
                    .expressionAttributeValues(
                        Map.of(":now", now, ":told", AttributeValue.fromS("told"))));
    count(asked);
  }

  /** As it was read before it was answered. */
  private void hide(Asked asked, String target, Runnable meanwhile) {
    var all =
        items("recipients").stream()
            .filter(it -> text(it, "customerId").equals(asked.customerId()))
            .filter(it -> text(it, "target").equals(target))
            .findFirst()
            .orElseThrow();
    told(asked.customerId(), target);
    meanwhile.run();
    account.operator().dynamoDb().putItem(put -> put.tableName("recipients").item(all));
  }

  private void told(String customerId, String target) {
    told(customerId, target, "name");
  }

  private void told(String customerId, String target, String field) {
    told(customerId, target, List.of(field));
  }

  private void told(String customerId, String target, List<String> fields) {
    var item = new HashMap<>(recipient(customerId, target));
    item.put("since", AttributeValue.fromS(Timestamp.of(clock.instant())));
    item.put("fields", AttributeValue.fromSs(fields));
    account.operator().dynamoDb().putItem(put -> put.tableName("recipients").item(item));
  }

  private static Map<String, AttributeValue> recipient(String customerId, String target) {
    return Map.of(
        "customerId", AttributeValue.fromS(customerId), "target", AttributeValue.fromS(target));
  }

  private static Map<String, AttributeValue> key(Asked asked) {
    return Map.of("id", AttributeValue.fromS(asked.id().value()));
  }

  /** From now on; the clock runs. */
  private void assertIsKept(Asked asked, Duration time) {
    var row = request(asked.id().value());
    assertThat(Long.parseLong(requireNonNull(row.get("expiresAt")).n()))
        .isCloseTo(clock.instant().plus(time).getEpochSecond(), within(60L));
  }

  private byte[] part(Asked asked, String column, int part) throws Exception {
    var encrypted = requireNonNull(request(asked.id().value()).get(column)).b().asByteArray();
    return CopyCipher.ofReceipt(asked.token(), asked.id()).decrypt(encrypted, part, 2);
  }

  private byte[] document(Asked asked) throws Exception {
    return part(asked, "receipt", 0);
  }

  private JsonNode receipt(Asked asked) throws Exception {
    return Json.MAPPER.readTree(document(asked));
  }

  private boolean isSigned(Asked asked) throws Exception {
    var check = Signature.getInstance("SHA256withECDSA");
    check.initVerify(parts.erasureKey.publicKey());
    check.update(document(asked));
    return check.verify(part(asked, "signature", 1));
  }

  private static String answer(JsonNode receipt, String target) {
    return receipt
        .path("passedOn")
        .valueStream()
        .filter(it -> it.path("recipient").asText().equals(target))
        .map(it -> it.path("pending").asBoolean() ? "pending" : it.path("answer").asText())
        .findFirst()
        .orElseThrow();
  }
}
