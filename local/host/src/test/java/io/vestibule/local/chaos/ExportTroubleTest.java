package io.vestibule.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.local.host.Outcome;
import io.vestibule.local.journey.Backups;
import io.vestibule.local.journey.Journey;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeExportResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.ExportDescription;
import software.amazon.awssdk.services.dynamodb.model.ExportStatus;
import software.amazon.awssdk.services.dynamodb.model.LimitExceededException;

/** When a backup is exported by itself, and what becomes of one that DynamoDB does not export. */
class ExportTroubleTest extends Journey {

  private static final long GIGABYTE = 1L << 30;
  private static final Map<String, Object> CONTINUE = Map.of("continue", true);

  private Backups backups;

  @Override
  protected Map<String, String> parameters() {
    return Map.of("ExportAboveGigabytes", "50");
  }

  @BeforeAll
  void becomeACustomer() throws Exception {
    backups = new Backups(host);
    somebody().becomesACustomer(Map.of());
  }

  @AfterEach
  void calm() {
    CallInterceptor.calm();
    recover(true);
    clock.advance(Duration.ofMinutes(5));
  }

  @Test
  void aTableAboveTheConfiguredSizeIsExportedByItself() {
    CallInterceptor.disturb(size(50 * GIGABYTE + 1));
    var begun = backups.returns("BackupFunction", Map.of());
    clock.advance(Duration.ofMinutes(5));

    var taken = backups.returns("BackupFunction", Map.of());

    assertThat(begun.path("finished").asBoolean(true)).isFalse();
    assertThat(taken.path("backup")).isEqualTo(begun.path("backup"));
    assertThat(taken.path("engine").asText()).isEqualTo("export");
  }

  @Test
  void aTableOfTheConfiguredSizeIsScanned() {
    CallInterceptor.disturb(size(50 * GIGABYTE));

    assertThat(backups.returns("BackupFunction", Map.of()).path("engine").asText())
        .isEqualTo("scan");
  }

  @Test
  void whoAsksForAScanGetsOneWhateverTheSize() {
    CallInterceptor.disturb(size(500 * GIGABYTE));

    var taken = backups.returns("BackupFunction", Map.of("engine", "scan"));

    assertThat(taken.path("engine").asText()).isEqualTo("scan");
    assertThat(taken.path("items").asInt()).isEqualTo(1);
  }

  @Test
  void anExportThatFailedIsGivenUpAndTheNextRunTakesABackup() {
    var id = begin();
    CallInterceptor.disturb(
        answer(it -> it.exportStatus(ExportStatus.FAILED).failureCode("AccessDenied")));

    assertThat(fails()).contains("DynamoDB's export failed", "AccessDenied");
    CallInterceptor.calm();

    anotherIsTakenInsteadOf(id);
  }

  /** As for a table that somebody dropped and made again. */
  @Test
  void anExportThatIsRefusedIsGivenUp() {
    recover(false);

    assertThat(failure(backups.invoke("BackupFunction", Map.of("engine", "export"))))
        .contains("Point in time recovery is not enabled");

    anotherIsTakenInsteadOf("none");
  }

  /** There may be so many at a time in the account. */
  @Test
  void anExportThatThereIsNoRoomForIsOrderedByTheNextRun() {
    CallInterceptor.disturb(
        new Disturbance() {
          @Override
          public void before(Call call) {
            if (call.operation().equals("ExportTableToPointInTime")) {
              var details = AwsErrorDetails.builder().errorCode("LimitExceededException");
              throw LimitExceededException.builder()
                  .awsErrorDetails(details.errorMessage("injected").build())
                  .build();
            }
          }
        });
    assertThat(failure(backups.invoke("BackupFunction", Map.of("engine", "export"))))
        .contains("injected")
        .doesNotContain("DynamoDB's export failed");
    CallInterceptor.calm();

    var ordered = backups.returns("BackupFunction", CONTINUE);

    assertThat(ordered.path("engine").asText()).isEqualTo("export");
    clock.advance(Duration.ofMinutes(5));
    assertThat(backups.returns("BackupFunction", CONTINUE).path("backup"))
        .isEqualTo(ordered.path("backup"));
  }

  @Test
  void anExportMayTakeDaysButNotForEver() {
    var id = begin();
    CallInterceptor.disturb(answer(it -> it.exportStatus(ExportStatus.IN_PROGRESS)));
    clock.advance(Duration.ofHours(71));
    assertThat(backups.returns("BackupFunction", CONTINUE).path("backup").asText()).isEqualTo(id);

    clock.advance(Duration.ofHours(1));

    assertThat(fails()).contains("DynamoDB's export failed", id, "not finished within 72 hours");
    anotherIsTakenInsteadOf(id);
  }

  private String begin() {
    return backups.returns("BackupFunction", Map.of("engine", "export")).path("backup").asText();
  }

  /** The schedule makes up for a run that failed. */
  private void anotherIsTakenInsteadOf(String id) {
    var taken = backups.returns("BackupFunction", CONTINUE);
    assertThat(taken.path("items").asInt()).isEqualTo(1);
    assertThat(taken.path("backup").asText()).isNotEqualTo(id);
    assertThat(backups.keys("backups/" + id)).noneMatch(key -> key.contains("vestibule."));
    assertThat(backups.returns("BackupFunction", CONTINUE).path("finished").asBoolean()).isTrue();
  }

  private String fails() {
    return failure(backups.invoke("BackupFunction", CONTINUE));
  }

  private static String failure(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Returned(var value) -> throw new AssertionError(value);
      case Outcome.Failed(var _, var message) -> message;
    };
  }

  private void recover(boolean enabled) {
    host.operator()
        .dynamoDb()
        .updateContinuousBackups(
            update ->
                update
                    .tableName("customers")
                    .pointInTimeRecoverySpecification(
                        it -> it.pointInTimeRecoveryEnabled(enabled)));
  }

  /** What DynamoDB says of an export. */
  private static Disturbance answer(Consumer<ExportDescription.Builder> how) {
    return new Disturbance() {
      @Override
      public SdkResponse hears(Call call, SdkResponse answer) {
        return answer instanceof DescribeExportResponse found
            ? found.toBuilder().exportDescription(found.exportDescription().copy(how)).build()
            : answer;
      }
    };
  }

  private static Disturbance size(long bytes) {
    return new Disturbance() {
      @Override
      public SdkResponse hears(Call call, SdkResponse answer) {
        return answer instanceof DescribeTableResponse found
            ? found.toBuilder()
                .table(found.table().toBuilder().tableSizeBytes(bytes).build())
                .build()
            : answer;
      }
    };
  }
}
