package io.vestibule.local.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.local.aws.Patience;
import io.vestibule.local.aws.PlainTable;
import io.vestibule.local.host.Outcome;
import io.vestibule.local.journey.Backups;
import io.vestibule.local.journey.Journey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** The schedule calls a function while somebody runs it by hand: one of them does the work. */
class TwoRunsTest extends Journey {

  private Backups backups;

  @BeforeAll
  void becomeACustomer() throws Exception {
    backups = new Backups(host);
    somebody().becomesACustomer(Map.of());
    backups.returns("BackupFunction", Map.of());
    backups.returns("DrillFunction", Map.of()); // A first one would be owed to whoever goes on.
  }

  @AfterEach
  void calm() {
    CallInterceptor.calm();
    clock.advance(Duration.ofMinutes(1));
  }

  @Test
  void aBackupIsGoneOnWithByOneRun() {
    var waits = backups.returns("BackupFunction", Map.of("forSeconds", 0)).path("backup").asText();

    var both = whileTheFirstIsAt("Scan", "BackupFunction");

    assertThat(both.second().path("busy").asBoolean()).isTrue();
    assertThat(both.first().path("backup").asText()).isEqualTo(waits);
    assertThat(both.first().path("items").asInt()).isEqualTo(1);
  }

  @Test
  void aDrillKeepsItsTableToItself() {
    var both = whileTheFirstIsAt("BatchWriteItem", "DrillFunction");

    assertThat(both.second().path("busy").asBoolean()).isTrue();
    assertThat(both.first().path("passed").asBoolean()).isTrue();
  }

  @Test
  void whoFindsNothingToGoOnWithKeepsNobodyOut() {
    for (String function : List.of("BackupFunction", "DrillFunction")) {
      var meanwhile = new CompletableFuture<JsonNode>();
      var isFirst = once();
      CallInterceptor.disturb(
          new Disturbance() {
            @Override
            public void after(Call call) {
              if (call.function().equals(function) && isFirst.getAsBoolean()) {
                meanwhile.complete(backups.returns(function, Map.of()));
              }
            }
          });

      var nothing = backups.returns(function, Map.of("continue", true));

      assertThat(nothing.path("finished").asBoolean()).isTrue();
      assertThat(meanwhile.join().has("busy")).as(function).isFalse();
    }
  }

  private record Both(JsonNode first, JsonNode second) {}

  private Both whileTheFirstIsAt(String operation, String function) {
    var second = new CompletableFuture<JsonNode>();
    var isFirst = once();
    CallInterceptor.disturb(
        new Disturbance() {
          @Override
          public void after(Call call) {
            if (call.operation().equals(operation) && isFirst.getAsBoolean()) {
              second.complete(backups.returns(function, Map.of("continue", true)));
            }
          }
        });
    var first = backups.returns(function, Map.of());
    return new Both(first, second.join());
  }

  /** Both have seen that nobody is at it; S3 lets only one write that it is. */
  @Test
  void whoComesSecondByAMomentLeaves() {
    var winner = new CompletableFuture<JsonNode>();
    var hasTakenIt = new CountDownLatch(1);
    var loserIsGone = new CountDownLatch(1);
    var isLoser = once();
    var isFirstScan = once();
    CallInterceptor.disturb(
        new Disturbance() {
          @Override
          public void after(Call call) {
            if (call.operation().equals("GetObject") && isLoser.getAsBoolean()) {
              winner.completeAsync(() -> backups.returns("BackupFunction", Map.of()));
              await(hasTakenIt);
            }
          }

          @Override
          public void before(Call call) {
            if (call.operation().equals("Scan") && isFirstScan.getAsBoolean()) {
              hasTakenIt.countDown();
              await(loserIsGone);
            }
          }
        });

    var loser = backups.returns("BackupFunction", Map.of());
    loserIsGone.countDown();

    assertThat(loser.path("busy").asBoolean()).isTrue();
    assertThat(winner.join().path("items").asInt()).isEqualTo(1);
  }

  /** It lasts longer than its lease, as no function of Lambda can; but clocks can lie. */
  @Test
  void whoOutlivedTheirLeaseLeavesThatOfTheNextRunAlone() {
    var second = new CompletableFuture<JsonNode>();
    var isFirst = once();
    var isSecond = once();
    var firstHasEnded = new CountDownLatch(1);
    var secondIsAtIt = new CountDownLatch(1);
    CallInterceptor.disturb(
        new Disturbance() {
          @Override
          public void before(Call call) {
            if (call.operation().equals("Sign") && isFirst.getAsBoolean()) {
              clock.advance(Duration.ofMinutes(17));
              second.completeAsync(() -> backups.returns("BackupFunction", Map.of()));
              await(secondIsAtIt);
            } else if (call.operation().equals("Sign") && isSecond.getAsBoolean()) {
              secondIsAtIt.countDown();
              await(firstHasEnded);
            }
          }
        });

    backups.returns("BackupFunction", Map.of());
    var third = backups.returns("BackupFunction", Map.of());
    firstHasEnded.countDown();

    assertThat(second.join().path("items").asInt()).isEqualTo(1);
    assertThat(third.path("busy").asBoolean()).isTrue();
  }

  @Test
  void aBackupThatEndedByAnExceptionIsMadeUpForByTheNextRunOfTheSchedule() {
    fails("BackupFunction", "Sign");

    var madeUp = backups.returns("BackupFunction", Map.of("continue", true));
    var after = backups.returns("BackupFunction", Map.of("continue", true));

    assertThat(madeUp.path("items").asInt()).isEqualTo(1);
    assertThat(after.has("backup")).isFalse();
  }

  @Test
  void aDrillThatEndedByAnExceptionIsDoneAgainWithinADay() {
    fails("DrillFunction", "BatchWriteItem");

    var again = backups.returns("DrillFunction", Map.of("continue", true));
    var after = backups.returns("DrillFunction", Map.of("continue", true));

    assertThat(again.path("passed").asBoolean()).isTrue();
    assertThat(after.has("passed")).isFalse();
  }

  @Test
  void whatFailsAgainAndAgainIsLeftToTheNextDay() {
    for (int run = 0; run < 6; run++) {
      fails("BackupFunction", "Scan");
    }

    for (int run = 0; run < 3; run++) {
      var schedule = backups.returns("BackupFunction", Map.of("continue", true));
      assertThat(schedule.has("backup")).isFalse();
    }
    assertThat(lease("backup")).as("given up, and not done").contains("\"done\":false");
    fails("BackupFunction", "Scan");
    assertThat(backups.returns("BackupFunction", Map.of("continue", true)).has("backup")).isFalse();
    assertThat(backups.returns("BackupFunction", Map.of()).has("backup")).isTrue();
    assertThat(lease("backup")).contains("\"done\":true");
  }

  /** To tidy up is not the drill that was given up. */
  @Test
  void aDrillThatWasGivenUpStaysSoWhenItsTableIsDropped() {
    for (int run = 0; run < 6; run++) {
      fails("DrillFunction", "CreateTable");
    }
    host.operator().dynamoDb().createTable(PlainTable.of("customers-drill", "customerId"));

    var tidied = backups.returns("DrillFunction", Map.of("continue", true));

    assertThat(tidied.has("passed")).isFalse();
    assertThat(host.operator().dynamoDb().listTables().tableNames())
        .doesNotContain("customers-drill");
    assertThat(lease("drill")).contains("\"done\":false");
    assertThat(backups.returns("DrillFunction", Map.of()).path("passed").asBoolean()).isTrue();
  }

  @Test
  void aBackupIsTakenAlthoughItsLeaseCannotBeGivenBack() {
    var puts = new AtomicInteger();
    CallInterceptor.disturb(
        new Disturbance() {
          @Override
          public void before(Call call) {
            if (call.request() instanceof PutObjectRequest put
                && put.key().startsWith("leases/")
                && puts.incrementAndGet() > 1) {
              throw SdkClientException.create("unreachable");
            }
          }
        });

    var taken = backups.returns("BackupFunction", Map.of());

    assertThat(taken.path("items").asInt()).isEqualTo(1);
    assertThat(puts.get()).isGreaterThan(1);
    clock.advance(Duration.ofMinutes(17));
  }

  private String lease(String name) {
    return new String(backups.read("leases/" + name + ".json"), UTF_8).replace(" ", "");
  }

  /** AWS refuses a call, and the function ends by that, alive. */
  private void fails(String function, String operation) {
    CallInterceptor.disturb(
        new Disturbance() {
          @Override
          public void before(Call call) {
            if (call.toString().equals(function + " " + operation)) {
              throw new IllegalStateException("refused");
            }
          }
        });
    assertThat(backups.invoke(function, Map.of())).isInstanceOf(Outcome.Failed.class);
    CallInterceptor.calm();
  }

  private static BooleanSupplier once() {
    var happened = new AtomicBoolean();
    return () -> happened.compareAndSet(false, true);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(Patience.LIMIT.toMinutes(), TimeUnit.MINUTES))
          .as("the other run came so far")
          .isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
