package io.vestibule.local.gateway;

import static java.util.stream.Collectors.toMap;

import io.vestibule.local.aws.Backend;
import io.vestibule.local.aws.Backend.Request;
import io.vestibule.local.aws.Backend.Response;
import io.vestibule.local.iam.Authorizer;
import io.vestibule.local.template.Stack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/** A gateway with real SDK clients before it, and behind it a backend that notes what arrives. */
final class RunningGateway implements AutoCloseable {

  final CallLog calls = new CallLog(100);
  final List<Request> arrived = new CopyOnWriteArrayList<>();
  final Gateway gateway;

  private volatile Response answer = new Response(200, Map.of(), new byte[0]);

  private RunningGateway() {
    Backend backend =
        request -> {
          arrived.add(request);
          return answer;
        };
    var services =
        Stream.of("dynamodb", "kms", "ses", "s3", "secretsmanager", "lambda")
            .collect(toMap(name -> name, name -> backend));
    try {
      gateway = new Gateway(0, services, calls, Clock.systemUTC());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static RunningGateway beforeDeployment() {
    return new RunningGateway();
  }

  static RunningGateway of(Stack stack) {
    var running = new RunningGateway();
    running.gateway.enforce(new Authorizer(stack));
    return running;
  }

  void answersWith(int status, Map<String, String> headers, byte[] body) {
    answer = new Response(status, headers, body);
  }

  DynamoDbClient dynamoDb(String caller) {
    return client(DynamoDbClient.builder(), caller);
  }

  DynamoDbStreamsClient streams(String caller) {
    return client(DynamoDbStreamsClient.builder(), caller);
  }

  KmsClient kms(String caller) {
    return client(KmsClient.builder(), caller);
  }

  SesV2Client ses(String caller) {
    return client(SesV2Client.builder(), caller);
  }

  SecretsManagerClient secrets(String caller) {
    return client(SecretsManagerClient.builder(), caller);
  }

  LambdaClient lambda(String caller) {
    return client(LambdaClient.builder(), caller);
  }

  S3Client s3(String caller) {
    return client(S3Client.builder().forcePathStyle(true), caller);
  }

  private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
      B builder, String caller) {
    URI endpoint = gateway.endpoint();
    return builder
        .endpointOverride(endpoint)
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(caller, "local")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  @Override
  public void close() {
    gateway.close();
  }
}
