package io.vestibule.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.local.aws.Cases;
import io.vestibule.local.journey.Backups;
import io.vestibule.local.journey.Journey;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/**
 * Of a hundred writes, six meet a transaction at the same item, which DynamoDB Local never says:
 * the runs that make hundreds of writes come to their end all the same. Of the few writes of
 * rotations a quarter meets one.
 */
class ConflictsTest extends Journey {

  private static final int ROWS = Cases.areAll() ? 400 : 150;
  private static final double SHARE = 0.06;

  /** Of so few writes that of six in a hundred it might be none. */
  private static final double SHARE_OF_FEW = 0.25;

  private static final Set<String> SINGLE = Set.of("PutItem", "UpdateItem", "DeleteItem");

  private final Random random = new Random(13);
  private final AtomicInteger injected = new AtomicInteger();
  private Backups backups;

  @BeforeAll
  void backUp() {
    backups = new Backups(host);
    for (int i = 0; i < ROWS; i++) {
      var number = AttributeValue.fromS("c" + i);
      backups.put("customers", Map.of("customerId", number));
      var index = AttributeValue.fromS("e" + i);
      backups.put("identities", Map.of("emailIndex", index, "customerId", number));
    }
    backups.returns("BackupFunction", Map.of());
    backups.copyOfIdentities("vestibule-restore-identities");
  }

  @AfterEach
  void calm() {
    CallInterceptor.calm();
  }

  @Test
  void aRestoreOfCustomersAndOneOfIdentitiesEnd() {
    backups.loseCustomers();
    tables.clear("identities");
    disturb(SHARE);

    var customers = backups.returns("RestoreFunction", Map.of("backup", "latest", "into", "live"));
    var identities =
        backups.returns(
            "RestoreFunction",
            Map.of("table", "identities", "from", "vestibule-restore-identities"));

    assertThat(customers.path("restored").asInt()).isEqualTo(ROWS);
    assertThat(identities.path("restored").asInt()).isEqualTo(ROWS);
    assertThat(injected.get()).isGreaterThan(ROWS * 2 / 50);
  }

  @Test
  void aRunOfTheReconcilerEnds() throws Exception {
    var id = somebody().submits(Map.of());
    host.drain(LIMIT);
    host.stopEvents();
    var row = new HashMap<>(tables.submission(id));
    for (int i = 0; i < ROWS; i++) {
      row.put("id", AttributeValue.fromS("s%022d".formatted(i)));
      row.put("status", AttributeValue.fromS("VERIFIED"));
      row.put("open", AttributeValue.fromS("VERIFIED#" + i % 8));
      backups.put("submissions", row);
    }
    clock.advance(Duration.ofMinutes(20));
    disturb(SHARE);

    var report = backups.returns("ReconcileFunction", Map.of());

    assertThat(report.path("touched").asInt()).isBetween(ROWS - 3, ROWS + 1);
    assertThat(injected.get()).isGreaterThan(ROWS / 50);
  }

  /** Each makes a key and, once some are old enough, destroys others. */
  @Test
  void rotationsEnd() {
    int days = 12;
    int rotations = Cases.areAll() ? days : days / 3;
    disturb(SHARE_OF_FEW);

    for (int number = 0; number < rotations; number++) {
      clock.advance(Duration.ofDays(days / rotations));
      backups.returns("KeyRotationFunction", Map.of());
    }

    assertThat(injected.get()).isPositive();
  }

  private void disturb(double share) {
    injected.set(0);
    CallInterceptor.disturb(
        new Disturbance() {
          @Override
          public void before(Call call) {
            if (call.isOfTheOperator() || !isStruck(call, share)) {
              return;
            }
            injected.incrementAndGet();
            throw call.request() instanceof TransactWriteItemsRequest transaction
                ? canceled(transaction.transactItems().size())
                : TransactionConflictException.builder().message("injected").build();
          }
        });
  }

  private boolean isStruck(Call call, double share) {
    return call.service().equals("DynamoDb")
        && (SINGLE.contains(call.operation()) || call.operation().equals("TransactWriteItems"))
        && isOne(share);
  }

  private synchronized boolean isOne(double share) {
    return random.nextDouble() < share;
  }

  private static RuntimeException canceled(int writes) {
    var conflict = CancellationReason.builder().code("TransactionConflict").build();
    return TransactionCanceledException.builder()
        .message("injected")
        .awsErrorDetails(
            AwsErrorDetails.builder().errorCode("TransactionCanceledException").build())
        .cancellationReasons(Collections.nCopies(writes, conflict))
        .build();
  }
}
