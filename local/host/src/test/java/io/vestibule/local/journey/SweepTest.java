package io.vestibule.local.journey;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Destination;
import io.vestibule.core.Json;
import io.vestibule.core.RowId;
import io.vestibule.core.Timestamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Somebody is erased in whose name a bot has handed in more than one run has time to empty. */
class SweepTest extends Journey {

  private static final int SUBMISSIONS = 45;
  private static final int REQUESTS = 25;

  /** More than a copy lists. */
  private static final int FLOOD = 1_010;

  /** The most that one write takes. */
  private static final int BATCH = 25;

  private final SecureRandom random = new SecureRandom();

  @TempDir private static Path folder;

  /** With no more time than a run keeps in reserve, it looks at the clock once. */
  @Override
  Path template() throws IOException {
    return hurried(folder);
  }

  /** The template, with as little time for DeletionFunction. */
  static Path hurried(Path folder) throws IOException {
    var handler = "      Handler: io.vestibule.deletion.DeletionHandler\n";
    var hurried = Files.readString(TEMPLATE).replace(handler, handler + "      Timeout: 10\n");
    return Files.writeString(folder.resolve("template.yaml"), hurried);
  }

  @BeforeEach
  void begin() throws Exception {
    host.drain(LIMIT);
    tables.clear("submissions");
    tables.clear("requests");
    host.drain(LIMIT);
  }

  @Test
  void everyRunGetsFurtherAndTheReceiptWaitsForTheLast() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    var emailIndex = emailIndexOf(ada);
    write("submissions", SUBMISSIONS, Destination.STORAGE, emailIndex);
    write("requests", REQUESTS, Destination.DELETION, emailIndex);

    var request = Requests.asked(this, ada, "erase");

    // 45 in five runs, of which the last has begun with the requests, and two more for these.
    assertThat(request.row()).containsEntry("sweeps", AttributeValue.fromN("6"));
    assertThat(request.status()).isEqualTo("ERASING");
    assertThat(statuses("submissions")).isEqualTo(Map.of("ERASED", 45L, "DONE", 1L));
    assertThat(statuses("requests")).isEqualTo(Map.of("ERASED", 25L, "ERASING", 1L));
    assertThat(host.logs().get("DeletionFunction"))
        .as("nobody else waits behind it")
        .noneMatch(line -> line.contains("Record not handled"));

    assertThat(request.woken().status()).isEqualTo("DONE");

    assertThat(Stream.of("submissions", "requests").flatMap(it -> tables.items(it).stream()))
        .allSatisfy(row -> assertThat(row).doesNotContainKeys("emailIndex", "sealed", "open"));
  }

  @Test
  void aCopyListsAThousandOfWhatABotHandedInAndSaysThatThereIsMore() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    write("submissions", FLOOD, Destination.STORAGE, emailIndexOf(ada));

    var access = Requests.asked(this, ada, "access");

    assertThat(access.status()).isEqualTo("DONE");
    var copy = Json.MAPPER.readTree(access.file("copy.json").body());
    assertThat(copy.path("waiting")).hasSize(1_000);
    assertThat(copy.path("moreWaiting").asBoolean()).isTrue();
    assertThat(access.page().body()).contains("There is more of this kind");
  }

  private Map<String, Long> statuses(String table) {
    return tables.items(table).stream()
        .collect(groupingBy(row -> Tables.text(row, "status"), counting()));
  }

  private String emailIndexOf(Person person) {
    var number = new Records(host).customerId(person.address);
    return tables.items("identities").stream()
        .filter(row -> Tables.text(row, "customerId").equals(number))
        .map(row -> Tables.text(row, "emailIndex"))
        .findFirst()
        .orElseThrow();
  }

  /** As the mailer leaves what is over a mailbox's cap. */
  private void write(String table, int count, Destination destination, String emailIndex) {
    for (int from = 0; from < count; from += BATCH) {
      var puts =
          Stream.generate(() -> row(destination, emailIndex))
              .limit(Math.min(BATCH, count - from))
              .map(row -> PutRequest.builder().item(row).build())
              .map(put -> WriteRequest.builder().putRequest(put).build())
              .toList();
      host.operator()
          .dynamoDb()
          .batchWriteItem(write -> write.requestItems(Map.of(table, List.copyOf(puts))));
    }
  }

  private Map<String, AttributeValue> row(Destination destination, String emailIndex) {
    return Map.of(
        "id", AttributeValue.fromS(RowId.random(destination, random).value()),
        "form", AttributeValue.fromS(destination.choose("contact", "privacy")),
        "status", AttributeValue.fromS("HELD"),
        "open", AttributeValue.fromS("HELD#0"),
        "emailIndex", AttributeValue.fromS(emailIndex),
        "createdAt", AttributeValue.fromS(Timestamp.of(clock.instant())));
  }
}
