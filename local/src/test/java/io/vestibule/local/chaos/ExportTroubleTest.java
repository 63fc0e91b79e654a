package io.vestibule.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.local.host.Outcome;
import io.vestibule.local.journey.Backups;
import io.vestibule.local.journey.Journey;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeExportResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.ExportStatus;

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
    host.stopSchedules();
    backups = new Backups(host);
    somebody().becomesACustomer(Map.of());
  }

  @AfterEach
  void calm() {
    CallInterceptor.calm();
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
  void anExportThatFailedIsGivenUpAndTheNextRunBeginsAnew() {
    var id = begin();
    CallInterceptor.disturb(
        new Disturbance() {
          @Override
          public SdkResponse hears(Call call, SdkResponse answer) {
            return answer instanceof DescribeExportResponse found
                ? found.toBuilder()
                    .exportDescription(
                        found.exportDescription().toBuilder()
                            .exportStatus(ExportStatus.FAILED)
                            .failureCode("AccessDenied")
                            .build())
                    .build()
                : answer;
          }
        });

    assertThat(fails()).contains("DynamoDB's export failed", "AccessDenied");
    CallInterceptor.calm();

    nothingWaits();
    assertThat(backups.returns("BackupFunction", Map.of()).path("backup").asText())
        .isNotEqualTo(id);
    assertThat(backups.keys("backups/" + id)).noneMatch(key -> key.contains("vestibule."));
  }

  /** As for a table that somebody dropped and made again. */
  @Test
  void anExportThatIsRefusedIsGivenUp() {
    recover(false);

    assertThat(failure(backups.invoke("BackupFunction", Map.of("engine", "export"))))
        .contains("Point in time recovery is not enabled");

    nothingWaits();
    recover(true);
    begin();
    clock.advance(Duration.ofMinutes(5));
    assertThat(backups.returns("BackupFunction", CONTINUE).path("items").asInt()).isEqualTo(1);
  }

  @Test
  void aManifestThatWasChangedIsNotSigned() {
    var id = begin();
    clock.advance(Duration.ofMinutes(5));
    CallInterceptor.disturb(
        new Disturbance() {
          private boolean isDone;

          @Override
          public void after(Call call) {
            if (call.operation().equals("DescribeExport") && !isDone) {
              isDone = true;
              backups.keys("backups/" + id).stream()
                  .filter(key -> key.endsWith("manifest-files.json"))
                  .forEach(backups::delete);
            }
          }
        });

    assertThat(fails()).contains("manifest-files.json is missing");

    CallInterceptor.calm();
    nothingWaits();
  }

  private String begin() {
    return backups.returns("BackupFunction", Map.of("engine", "export")).path("backup").asText();
  }

  private void nothingWaits() {
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
