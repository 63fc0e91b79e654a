package io.vestibule.local.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vestibule.local.iam.Access;
import io.vestibule.local.iam.TestStack;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.S3SseAlgorithm;

/** What IAM is asked for an export: DynamoDB writes it in its caller's name. */
class ExportRequestsTest {

  private static final String SECRETS = TestStack.TABLES + "secrets";
  private static final String FILES = "arn:aws:s3:::safe/copies/AWSDynamoDB/export";

  private final RunningGateway running = RunningGateway.of(TestStack.with(TestStack.ALLOW_ALL));
  private final DynamoDbClient dynamoDb = running.dynamoDb("Worker");

  @BeforeEach
  void answer() {
    running.answersWith(200, Map.of(), "{}".getBytes(UTF_8));
  }

  @AfterEach
  void close() {
    dynamoDb.close();
    running.close();
  }

  @Test
  void anExportNeedsItsTableItsFilesAndTheKeysOfBoth() {
    dynamoDb.exportTableToPointInTime(
        export ->
            export
                .tableArn(SECRETS)
                .s3Bucket("safe")
                .s3Prefix("copies")
                .s3SseAlgorithm(S3SseAlgorithm.KMS)
                .s3SseKmsKeyId(TestStack.TABLE_KEY));

    assertThat(accesses())
        .extracting(Access::action, Access::resourceArn, it -> it.values("kms:ViaService"))
        .containsExactly(
            tuple("dynamodb:ExportTableToPointInTime", SECRETS, List.of()),
            tuple("kms:Decrypt", TestStack.TABLE_KEY, via("dynamodb")),
            tuple("s3:AbortMultipartUpload", FILES, List.of()),
            tuple("s3:PutObject", FILES, List.of()),
            tuple("s3:PutObjectAcl", FILES, List.of()),
            tuple("kms:GenerateDataKey", TestStack.TABLE_KEY, via("s3")),
            tuple("kms:Decrypt", TestStack.TABLE_KEY, via("s3")));
  }

  @Test
  void lookingAtAnExportNeedsThatExportOnly() {
    dynamoDb.describeExport(export -> export.exportArn(SECRETS + "/export/1"));

    assertThat(accesses())
        .containsExactly(new Access("dynamodb:DescribeExport", SECRETS + "/export/1", Map.of()));
  }

  private static List<String> via(String service) {
    return List.of(service + ".eu-central-1.amazonaws.com");
  }

  private List<Access> accesses() {
    return running.calls.latest("Worker").stream()
        .flatMap(call -> call.accesses().stream())
        .toList();
  }
}
