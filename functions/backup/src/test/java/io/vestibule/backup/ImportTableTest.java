package io.vestibule.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vestibule.local.aws.MotoServer;
import io.vestibule.local.aws.Sdk;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ImportStatus;
import software.amazon.awssdk.services.dynamodb.model.InputCompressionType;
import software.amazon.awssdk.services.dynamodb.model.InputFormat;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.s3.S3Client;

/** DynamoDB's ImportTable, as moto has it, reads a backup: it needs nothing of ours. */
@Tag("slow")
class ImportTableTest extends BackupAccount {

  private static final int CUSTOMERS = 50;

  @Test
  void aBackupIsImportedAsATable() throws Exception {
    for (int i = 0; i < CUSTOMERS; i++) {
      backups.put(
          "customers",
          Map.of(
              "customerId", AttributeValue.fromS("c" + i),
              "ciphertext", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {(byte) i, -1})),
              "empty", AttributeValue.fromS(""),
              "version", AttributeValue.fromN("1")));
    }
    var id = backups.returns("BackupFunction", Map.of()).path("backup").asText();
    var data = "backups/%1$s/customers/AWSDynamoDB/%1$s/data/".formatted(id);

    assumeTrue(
        MotoServer.isInstalled(), "moto_server is not on the PATH: nothing is compared with it");

    try (var moto = MotoServer.start();
        var s3 = Sdk.client(S3Client.builder().forcePathStyle(true), moto.endpoint());
        var dynamoDb = Sdk.client(DynamoDbClient.builder(), moto.endpoint())) {
      s3.createBucket(bucket -> bucket.bucket("backups"));
      for (String key : backups.keys(data)) {
        s3.putObject(
            put -> put.bucket("backups").key(key), RequestBody.fromBytes(backups.read(key)));
      }
      importTable(dynamoDb, data);

      assertThat(dynamoDb.scan(scan -> scan.tableName("imported")).items())
          .hasSize(CUSTOMERS)
          .containsExactlyInAnyOrderElementsOf(new HashSet<>(backups.items("customers")));
    }
  }

  private static void importTable(DynamoDbClient dynamoDb, String data)
      throws InterruptedException {
    var arn =
        dynamoDb
            .importTable(
                table ->
                    table
                        .s3BucketSource(s3 -> s3.s3Bucket("backups").s3KeyPrefix(data))
                        .inputFormat(InputFormat.DYNAMODB_JSON)
                        .inputCompressionType(InputCompressionType.GZIP)
                        .tableCreationParameters(
                            create ->
                                create
                                    .tableName("imported")
                                    .billingMode(BillingMode.PAY_PER_REQUEST)
                                    .attributeDefinitions(
                                        List.of(
                                            AttributeDefinition.builder()
                                                .attributeName("customerId")
                                                .attributeType("S")
                                                .build()))
                                    .keySchema(
                                        List.of(
                                            KeySchemaElement.builder()
                                                .attributeName("customerId")
                                                .keyType("HASH")
                                                .build()))))
            .importTableDescription()
            .importArn();
    ImportStatus status;
    do {
      Thread.sleep(100);
      status =
          dynamoDb
              .describeImport(describe -> describe.importArn(arn))
              .importTableDescription()
              .importStatus();
    } while (status == ImportStatus.IN_PROGRESS);
    assertThat(status).isEqualTo(ImportStatus.COMPLETED);
  }
}
