package io.vestibule.local.template;

import io.vestibule.local.aws.BackendServer;
import io.vestibule.local.aws.Forward;
import io.vestibule.local.aws.Sdk;
import io.vestibule.local.dynamodb.ExportEmulator;
import io.vestibule.local.embedded.EmbeddedDynamoDb;
import io.vestibule.local.embedded.EmbeddedS3;
import io.vestibule.local.kms.KmsEmulator;
import io.vestibule.local.ses.SesEmulator;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/** The services of the local run, each at its own port and without a door before them. */
final class EmbeddedAws implements AutoCloseable {

  static final String ACCOUNT = "123456789012";

  private final EmbeddedDynamoDb dynamoDb = EmbeddedDynamoDb.start();
  private final EmbeddedS3 s3 = EmbeddedS3.start();
  private final BackendServer exporting =
      new BackendServer(
          new ExportEmulator(
              new Forward(dynamoDb.endpoint()),
              new Forward(s3.endpoint()),
              Sdk.REGION.id(),
              ACCOUNT,
              Clock.systemUTC(),
              new SecureRandom()));
  private final BackendServer kms =
      new BackendServer(
          new KmsEmulator(Sdk.REGION.id(), ACCOUNT, Clock.systemUTC(), new SecureRandom()));
  private final BackendServer ses =
      new BackendServer(
          new SesEmulator(
              Sdk.REGION.id(), ACCOUNT, Clock.systemUTC(), new SecureRandom(), event -> {}));

  final Operator operator =
      new Operator(
          Sdk.client(DynamoDbClient.builder(), exporting.endpoint()),
          Sdk.client(KmsClient.builder(), kms.endpoint()),
          Sdk.client(S3Client.builder().forcePathStyle(true), s3.endpoint()),
          Sdk.client(SesV2Client.builder(), ses.endpoint()));

  EmbeddedAws() throws IOException {}

  @Override
  public void close() throws IOException {
    operator.close();
    exporting.close();
    dynamoDb.close();
    s3.close();
    kms.close();
    ses.close();
  }
}
