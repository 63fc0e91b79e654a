package io.vestibule.local.dynamodb;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vestibule.local.aws.MotoServer;
import io.vestibule.local.aws.Patience;
import io.vestibule.local.aws.Sdk;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ExportStatus;
import software.amazon.awssdk.services.s3.S3Client;

/** moto's export, so that the contract is not only our own reading of AWS. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
class MotoExportTest extends ExportContract {

  private MotoServer moto;
  private DynamoDbClient dynamoDb;
  private S3Client s3;

  @BeforeAll
  void start() throws IOException {
    assumeTrue(
        MotoServer.isInstalled(), "moto_server is not on the PATH: nothing is compared with it");
    moto = MotoServer.start();
    dynamoDb = Sdk.client(DynamoDbClient.builder(), moto.endpoint());
    s3 = Sdk.client(S3Client.builder().forcePathStyle(true), moto.endpoint());
  }

  @AfterAll
  void stop() {
    if (moto != null) {
      dynamoDb.close();
      s3.close();
      moto.close();
    }
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
    Patience.until(() -> look(exportArn).exportStatus() != ExportStatus.IN_PROGRESS);
  }

  @Override
  void knownToDiffer(String how) {
    abort(how);
  }
}
