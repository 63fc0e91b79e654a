package io.vestibule.local.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vestibule.local.aws.Backend;
import io.vestibule.local.aws.BackendServer;
import io.vestibule.local.aws.Forward;
import io.vestibule.local.aws.MovableClock;
import io.vestibule.local.aws.Sdk;
import io.vestibule.local.embedded.EmbeddedDynamoDb;
import io.vestibule.local.embedded.EmbeddedS3;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ExportStatus;
import software.amazon.awssdk.services.dynamodb.model.InvalidExportTimeException;
import software.amazon.awssdk.services.s3.S3Client;

/** The export of the local run, and what AWS documents of it beyond what moto has. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportEmulatorTest extends ExportContract {

  private final MovableClock clock = new MovableClock();
  @AutoClose private EmbeddedDynamoDb database;
  @AutoClose private EmbeddedS3 objects;
  @AutoClose private BackendServer server;
  @AutoClose private S3Client s3;
  @AutoClose private DynamoDbClient dynamoDb;

  private Forward reading;
  private boolean isUnreadable;

  @BeforeAll
  void start() throws IOException {
    database = EmbeddedDynamoDb.start();
    reading = new Forward(database.endpoint());
    objects = EmbeddedS3.start();
    s3 = Sdk.client(S3Client.builder().forcePathStyle(true), objects.endpoint());
    server =
        new BackendServer(
            new ExportEmulator(
                this::handle,
                new Forward(objects.endpoint()),
                Sdk.REGION.id(),
                ACCOUNT,
                clock,
                new SecureRandom()));
    dynamoDb = Sdk.client(DynamoDbClient.builder(), server.endpoint());
  }

  @AfterEach
  void becomeReadable() {
    isUnreadable = false;
  }

  private Backend.Response handle(Backend.Request request) throws IOException {
    boolean isScan = request.jsonOperation().orElse("").equals("Scan");
    return isUnreadable && isScan
        ? new Backend.Response(500, Map.of(), "{}".getBytes(UTF_8))
        : reading.handle(request);
  }

  @Override
  DynamoDbClient dynamoDb() {
    return dynamoDb;
  }

  @Override
  S3Client s3() {
    return s3;
  }

  @Override
  void letItEnd(String exportArn) {
    clock.advance(Duration.ofMinutes(1));
  }

  @Override
  void knownToDiffer(String how) {}

  @Test
  void manifestsFollowWhenItIsCompletedAndFitTheFiles() throws Exception {
    String table = table(true);
    createBucket();
    var one = Map.of("id", AttributeValue.fromS("one"));
    dynamoDb.putItem(put -> put.tableName(table.replaceFirst(".*/", "")).item(one));
    var begun = export(table);
    assertThat(keys(""))
        .anyMatch(it -> it.endsWith("/_started"))
        .noneMatch(it -> it.contains("manifest"));

    String arn = completed(begun).exportArn();

    String folder = "copies/AWSDynamoDB/" + arn.replaceFirst(".*/", "") + "/";
    var summary = new ObjectMapper().readTree(read(folder + "manifest-summary.json"));
    assertThat(summary.path("exportArn").asText()).isEqualTo(arn);
    assertThat(summary.path("itemCount").asInt()).isEqualTo(1);
    byte[] files = read(folder + "manifest-files.json");
    assertThat(new String(read(folder + "manifest-files.md5"), UTF_8)).isEqualTo(md5(files));
    for (String line : new String(files, UTF_8).lines().toList()) {
      var file = new ObjectMapper().readTree(line);
      assertThat(md5(read(file.path("dataFileS3Key").asText())))
          .isEqualTo(file.path("md5Checksum").asText());
    }
  }

  @Test
  void aTokenIsForgottenAfterEightHours() {
    String table = table(true);
    createBucket();
    var first = order(table, order -> order.clientToken("twice"));

    clock.advance(Duration.ofHours(8));

    assertThat(order(table, order -> order.clientToken("twice")).exportArn())
        .isNotEqualTo(first.exportArn());
  }

  @Test
  void anotherTimeThanNowIsRefused() {
    String table = table(true);

    assertThatThrownBy(() -> order(table, order -> order.exportTime(Instant.EPOCH)))
        .isInstanceOf(InvalidExportTimeException.class);
  }

  @Test
  void whatIsNoTableOfThisAccountIsRefused() {
    String table = table(true);

    assertThatThrownBy(() -> export(table.replace(ACCOUNT, "210987654321")))
        .isInstanceOf(DynamoDbException.class)
        .hasMessageContaining("Invalid TableArn");
  }

  @Test
  void aTableThatIsMadeAgainIsNotRecoverable() {
    String table = table(true);
    createBucket();
    dynamoDb.deleteTable(it -> it.tableName(table.replaceFirst(".*/", "")));
    table(false);

    assertThatThrownBy(() -> export(table)).hasMessageContaining("not enabled");
  }

  @Test
  void anExportLastsForAWhile() {
    String table = table(true);
    createBucket();

    assertThat(look(export(table).exportArn()).exportStatus()).isEqualTo(ExportStatus.IN_PROGRESS);
  }

  @Test
  @Tag("slow")
  void aTableThatCannotBeReadIsNotExported() throws Exception {
    String table = table(true);
    createBucket();
    isUnreadable = true;

    assertThatThrownBy(() -> export(table)).isInstanceOf(DynamoDbException.class);

    becomeReadable();
    assertThat(keys("")).isEmpty();
    completed(export(table));
  }

  private static String md5(byte[] content) throws Exception {
    return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(content));
  }
}
