package io.vestibule.local.journey;

import static io.vestibule.local.journey.Tables.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Timestamp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What a schedule does once a day about time that is over. */
class DeadlineTest extends Journey {

  private static final Duration TWO_YEARS = Duration.ofDays(732);
  private static final Duration NOTICE = Duration.ofDays(7);

  @Override
  protected Map<String, String> parameters() {
    return Map.of("RetentionErasuresPerDay", "2");
  }

  /** The only test of retention here: its clock is two years ahead of the others. */
  @Test
  void customersAreErasedWhenAllTheirFormsKeepThemNoLongerAndNotBeforeTheNotice() throws Exception {
    var due = Stream.generate(this::somebody).limit(3).toList();
    for (var person : due) {
      person.becomesACustomer(Map.of());
    }
    var number = new Records(host).customerId(due.getFirst().address);
    var late = takenAway(due.getFirst().submits(Map.of()));
    var reader = somebody();
    reader.becomesACustomer(Map.of());
    signsUp(reader);
    var held = somebody();
    held.becomesACustomer(Map.of());
    new Backups(host)
        .returns(
            "DeletionFunction",
            Map.of("hold", Map.of("email", held.address, "ground", "A lawsuit")));
    var unreadable = somebody();
    unreadable.becomesACustomer(Map.of());
    garble(unreadable);
    var returning = somebody();
    returning.becomesACustomer(Map.of());

    clock.advance(TWO_YEARS);
    assertThat(run().at("/retention/erased").asInt()).as("announced").isZero();
    assertThat(known(due)).isEqualTo(3);
    returning.becomesACustomer(Map.of());
    clock.advance(NOTICE.minus(Duration.ofHours(1)));
    assertThat(run().at("/retention/erased").asInt()).as("not yet").isZero();
    assertThat(known(due)).isEqualTo(3);

    clock.advance(Duration.ofHours(2));
    assertThat(run().at("/retention/erased").asInt()).as("so many a day").isLessThanOrEqualTo(2);
    while (known(due.subList(0, 1)) > 0) {
      run();
    }
    host.operator().dynamoDb().putItem(put -> put.tableName("submissions").item(late));
    run();
    assertThat(tables.status(text(late, "id"))).as("it is looked once more").isEqualTo("ERASED");
    run();
    assertThat(known(due)).isZero();
    assertThat(known(List.of(reader, held, unreadable, returning))).isEqualTo(4);
    assertThat(tables.items("erasures"))
        .anyMatch(
            item ->
                text(item, "customerId").equals(number)
                    && text(item, "request").equals("retention"));
    assertThat(ledger()).contains("ledger/" + number + ".json");
    assertThat(begun()).isPresent();
    clock.advance(Duration.ofHours(1));
    run();
    assertThat(begun()).as("whose address it was").isEmpty();
    assertThat(host.logs().getOrDefault("DeadlineFunction", List.of()))
        .as("who cannot be read is not passed over in silence")
        .anyMatch(line -> line.contains("\"CustomerUnreadable\":1"))
        .anyMatch(line -> line.contains("\"code\":\"identity-forged\""));
  }

  private Optional<AttributeValue> begun() {
    return tables.items("mail-limits").stream()
        .filter(item -> text(item, "key").equals("retention"))
        .flatMap(item -> Stream.ofNullable(item.get("begun")))
        .findFirst();
  }

  private void garble(Person person) {
    var number = new Records(host).customerId(person.address);
    host.operator()
        .dynamoDb()
        .updateItem(
            update ->
                update
                    .tableName("customers")
                    .key(Map.of("customerId", AttributeValue.fromS(number)))
                    .updateExpression("SET ciphertext = :garbage")
                    .expressionAttributeValues(
                        Map.of(
                            ":garbage",
                            AttributeValue.fromB(SdkBytes.fromByteArray(new byte[64])))));
  }

  /** A row that its mailer is too late to write. */
  private Map<String, AttributeValue> takenAway(String id) throws Exception {
    host.drain(LIMIT);
    var row = tables.submission(id);
    tables.remove("submissions", row);
    host.drain(LIMIT);
    return row;
  }

  private void signsUp(Person person) throws Exception {
    person.signsUp();
    person.presses(person.link(), Map.of("consent.newsletter", "v1"));
    host.drain(LIMIT);
  }

  private long known(List<Person> people) {
    return people.stream().filter(it -> new Records(host).isKnown(it.address)).count();
  }

  private List<String> ledger() {
    var s3 = host.operator().s3();
    return s3.listBuckets().buckets().stream()
        .flatMap(
            bucket ->
                s3
                    .listObjectsV2(list -> list.bucket(bucket.name()).prefix("ledger/"))
                    .contents()
                    .stream())
        .map(object -> object.key())
        .toList();
  }

  @Test
  void whoseRequestIsDueIsTold() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    var id = ada.asks("erase");
    host.drain(LIMIT);
    // Put aside, and forgotten.
    tables.set(id, Map.of("status", "VERIFIED", "verifiedAt", Timestamp.of(clock.instant())));
    host.drain(LIMIT);

    assertThat(told()).isEqualTo(List.of(1, 0, 0, 0));
    clock.advance(Duration.ofDays(16));
    assertThat(told()).isEqualTo(List.of(0, 1, 0, 0));
    clock.advance(Duration.ofDays(9));
    assertThat(told()).isEqualTo(List.of(0, 0, 1, 0));
    clock.advance(Duration.ofDays(7));
    assertThat(told()).isEqualTo(List.of(0, 0, 0, 1));
    tables.clear("requests");
    host.drain(LIMIT);
  }

  private List<Integer> told() throws Exception {
    var requests = run().path("requests");
    return Stream.of("young", "half", "nearly", "overdue")
        .map(name -> requests.path(name).asInt())
        .toList();
  }

  @Test
  void aCustomersRequestThatIsUnmailedForADayIsToldAndNobodyElses() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    var nobody = somebody();
    for (int i = 0; i < 5; i++) {
      ada.asks("access");
      nobody.asks("access");
    }
    host.drain(LIMIT);
    assertThat(run().at("/requests/unmailed").asInt()).isZero();
    clock.advance(Duration.ofDays(1));

    assertThat(run().at("/requests/unmailed").asInt()).isEqualTo(2);
    new Backups(host).returns("ReconcileFunction", Map.of());
    host.drain(LIMIT);
    new Backups(host).returns("ReconcileFunction", Map.of());
    assertThat(run().at("/requests/unmailed").asInt()).as("the newest is mailed").isZero();
    tables.clear("requests");
    host.drain(LIMIT);
  }

  @Test
  void aCopyIsDeletedAfterAWeek() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    var request = Requests.asked(this, ada, "access");
    assertThat(tables.items("disclosures")).isNotEmpty();

    clock.advance(Duration.ofDays(6));
    run();
    assertThat(tables.items("disclosures")).isNotEmpty();
    clock.advance(Duration.ofDays(2));
    run();
    assertThat(tables.items("disclosures")).isEmpty();
    assertThat(request.status()).isEqualTo("DONE");
  }

  private JsonNode run() throws Exception {
    host.drain(LIMIT);
    return new Backups(host).returns("DeadlineFunction", Map.of());
  }
}
