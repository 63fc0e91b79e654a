package io.vestibule.local.template;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/** The AWS clients of whoever deploys a template; they are no function's and may do everything. */
public record Operator(DynamoDbClient dynamoDb, KmsClient kms, S3Client s3, SesV2Client ses)
    implements AutoCloseable {

  /** By this access key id a door in front of the services knows the operator. */
  public static final String ACCESS_KEY_ID = "operator";

  /**
   * Clients of one endpoint that answers for all services.
   *
   * @param region that the requests are signed for
   */
  public static Operator at(URI endpoint, String region) {
    return new Operator(
        client(DynamoDbClient.builder(), endpoint, region).build(),
        client(KmsClient.builder(), endpoint, region).build(),
        // A bucket's name as host name would need a resolver that knows it.
        client(S3Client.builder(), endpoint, region).forcePathStyle(true).build(),
        client(SesV2Client.builder(), endpoint, region).build());
  }

  @Override
  public void close() {
    dynamoDb.close();
    kms.close();
    s3.close();
    ses.close();
  }

  private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B client(
      B builder, URI endpoint, String region) {
    return builder
        .endpointOverride(endpoint)
        .region(Region.of(region))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY_ID, "local")))
        .httpClientBuilder(UrlConnectionHttpClient.builder());
  }
}
