package io.vestibule.local.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vestibule.local.aws.PlainTable;
import io.vestibule.local.aws.Sdk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ExportConflictException;
import software.amazon.awssdk.services.dynamodb.model.ExportDescription;
import software.amazon.awssdk.services.dynamodb.model.ExportNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ExportStatus;
import software.amazon.awssdk.services.dynamodb.model.ExportTableToPointInTimeRequest;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryUnavailableException;
import software.amazon.awssdk.services.dynamodb.model.TableNotFoundException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** How DynamoDB exports a table, whoever stands in for it. Each test has a table of its own. */
abstract class ExportContract {

  static final String ACCOUNT = "123456789012";
  private static final int ITEMS = 7;

  private String name = "";

  @BeforeEach
  void nameTheTable() {
    name = "notes-" + UUID.randomUUID();
  }

  abstract DynamoDbClient dynamoDb();

  abstract S3Client s3();

  /** Waits for as long as an export takes. */
  abstract void letItEnd(String exportArn);

  /** Ends a test here: the emulator is known not to do what AWS documents. */
  abstract void knownToDiffer(String how);

  @Test
  void allItemsAreInTheFilesALineEach() throws Exception {
    String table = table(true);
    createBucket();
    for (int i = 0; i < ITEMS; i++) {
      var item = Map.of("id", AttributeValue.fromS("n" + i), "count", AttributeValue.fromN("1.0"));
      dynamoDb().putItem(put -> put.tableName(name).item(item));
    }

    ExportDescription export = completed(export(table));

    assertThat(export.itemCount()).isEqualTo(ITEMS);
    List<String> ids = new ArrayList<>();
    for (String key : keys("copies/AWSDynamoDB/")) {
      if (key.contains("/data/")) {
        lines(key).forEach(line -> ids.add(id(line)));
      }
    }
    assertThat(ids).containsExactlyInAnyOrder("n0", "n1", "n2", "n3", "n4", "n5", "n6");
  }

  @Test
  void aTableWithoutPointInTimeRecoveryIsRefused() {
    String table = table(false);

    assertThatThrownBy(() -> export(table))
        .isInstanceOf(PointInTimeRecoveryUnavailableException.class)
        .hasMessageContaining(name);
  }

  @Test
  void aTableThatIsNotThereIsRefused() {
    String table = table(true).replace(name, "none");

    assertThatThrownBy(() -> export(table)).isInstanceOf(TableNotFoundException.class);
  }

  @Test
  void anExportToABucketThatIsNotThereFails() {
    ExportDescription export = ended(export(table(true)));

    assertThat(export.exportStatus()).isEqualTo(ExportStatus.FAILED);
    assertThat(export.failureCode()).isEqualTo("S3NoSuchBucket");
  }

  @Test
  void theSameTokenStandsForTheSameExport() {
    knownToDiffer("moto begins another export");
    String table = table(true);
    createBucket();

    var first = order(table, order -> order.clientToken("once"));

    assertThat(order(table, order -> order.clientToken("once")).exportArn())
        .isEqualTo(first.exportArn());
    assertThatThrownBy(() -> order(table, order -> order.clientToken("once").s3Prefix("others")))
        .isInstanceOf(ExportConflictException.class);
  }

  @Test
  void anExportThatNobodyOrderedIsNotFound() {
    knownToDiffer("moto fails");
    String table = table(true);

    assertThatThrownBy(() -> dynamoDb().describeExport(it -> it.exportArn(table + "/export/none")))
        .isInstanceOf(ExportNotFoundException.class);
  }

  final ExportDescription export(String tableArn) {
    return order(tableArn, order -> {});
  }

  final ExportDescription order(
      String tableArn, Consumer<ExportTableToPointInTimeRequest.Builder> how) {
    return dynamoDb()
        .exportTableToPointInTime(
            order -> how.accept(order.tableArn(tableArn).s3Bucket(name).s3Prefix("copies")))
        .exportDescription();
  }

  final ExportDescription completed(ExportDescription begun) {
    ExportDescription ended = ended(begun);
    assertThat(ended.exportStatus()).isEqualTo(ExportStatus.COMPLETED);
    return ended;
  }

  private ExportDescription ended(ExportDescription begun) {
    letItEnd(begun.exportArn());
    return look(begun.exportArn());
  }

  final ExportDescription look(String exportArn) {
    return dynamoDb().describeExport(export -> export.exportArn(exportArn)).exportDescription();
  }

  /** A new table's ARN. */
  final String table(boolean isRecoverable) {
    dynamoDb().createTable(PlainTable.of(name, "id"));
    if (isRecoverable) {
      dynamoDb()
          .updateContinuousBackups(
              update ->
                  update
                      .tableName(name)
                      .pointInTimeRecoverySpecification(it -> it.pointInTimeRecoveryEnabled(true)));
    }
    return "arn:aws:dynamodb:%s:%s:table/%s".formatted(Sdk.REGION, ACCOUNT, name);
  }

  final void createBucket() {
    s3().createBucket(bucket -> bucket.bucket(name));
  }

  final List<String> keys(String prefix) {
    return s3().listObjectsV2(list -> list.bucket(name).prefix(prefix)).contents().stream()
        .map(S3Object::key)
        .toList();
  }

  final byte[] read(String key) {
    return s3().getObjectAsBytes(get -> get.bucket(name).key(key)).asByteArray();
  }

  /** Of a partition without items there is an empty file. */
  private List<String> lines(String key) throws IOException {
    byte[] content = read(key);
    return content.length == 0
        ? List.of()
        : new String(new GZIPInputStream(new ByteArrayInputStream(content)).readAllBytes(), UTF_8)
            .lines()
            .toList();
  }

  private static String id(String line) {
    try {
      return new ObjectMapper().readTree(line).at("/Item/id/S").asText();
    } catch (IOException e) {
      throw new AssertionError(line, e);
    }
  }
}
