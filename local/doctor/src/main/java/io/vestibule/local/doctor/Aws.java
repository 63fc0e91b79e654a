package io.vestibule.local.doctor;

import io.vestibule.store.AwsAccess;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/**
 * AWS, as whoever calls the doctor may ask it.
 *
 * @param endpoint of all services, where they are not AWS's own
 */
record Aws(Region region, AwsCredentialsProvider credentials, Optional<URI> endpoint) {

  /** Nobody's page waits for it, and CloudTrail takes its time over a busy day. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  /** With the credentials and the Region that the command line of AWS would take, too. */
  static Aws ofThisUser() {
    var endpoint = Optional.ofNullable(System.getenv("AWS_ENDPOINT_URL")).map(URI::create);
    return new Aws(
        DefaultAwsRegionProviderChain.builder().build().getRegion(),
        DefaultCredentialsProvider.builder().build(),
        endpoint);
  }

  /** As a run on this machine has it: its operator may do everything. */
  static Aws local(URI endpoint, String region) {
    return new Aws(
        Region.of(region),
        StaticCredentialsProvider.create(AwsBasicCredentials.create("operator", "local")),
        Optional.of(endpoint));
  }

  AwsAccess access() {
    return new AwsAccess(region, credentials, endpoint);
  }

  DynamoDbClient dynamoDb() {
    return client(DynamoDbClient.builder());
  }

  KmsClient kms() {
    return client(KmsClient.builder());
  }

  LambdaClient lambda() {
    return client(LambdaClient.builder());
  }

  /** A bucket's name as host name would need a resolver that knows it. */
  S3Client s3() {
    return client(S3Client.builder().forcePathStyle(endpoint.isPresent()));
  }

  SecretsManagerClient secrets() {
    return client(SecretsManagerClient.builder());
  }

  SesV2Client ses() {
    return client(SesV2Client.builder());
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
    endpoint.ifPresent(builder::endpointOverride);
    return builder
        .region(region)
        .credentialsProvider(credentials)
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }
}
