package io.vestibule.local.account;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.local.aws.Backend;
import io.vestibule.local.aws.Forward;
import io.vestibule.local.dynamodb.ExportEmulator;
import io.vestibule.local.embedded.EmbeddedDynamoDb;
import io.vestibule.local.embedded.EmbeddedS3;
import io.vestibule.local.kms.KmsEmulator;
import io.vestibule.local.secrets.SecretsEmulator;
import io.vestibule.local.ses.Inbox;
import io.vestibule.local.ses.MailWithoutEvents;
import io.vestibule.local.ses.OutsideInbox;
import io.vestibule.local.ses.SesEmulator;
import io.vestibule.local.template.Operator;
import io.vestibule.local.template.Target;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * AWS as this run has it: parts of this process, or an emulator outside of it.
 *
 * @param backends by the name that requests are signed for
 * @param streams where streams are read, past the gateway: only the host does that, all the time
 * @param secrets always in this process: emulators outside have none that a function may read
 * @param watch over streams of an emulator outside; embedded ones it does not see
 * @param writes all of them; empty if others may write to the tables, too
 */
record Services(
    Map<String, Backend> backends,
    DynamoDbStreamsClient streams,
    Inbox inbox,
    SecretsEmulator secrets,
    StreamWatch watch,
    Optional<TableWrites> writes) {

  /** Slow machines included, an emulator's record is there within a second. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /**
   * Starts the embedded parts; what they hold is gone when they end.
   *
   * @param bus takes their events
   */
  static Services embedded(Target target, Clock clock, Consumer<JsonNode> bus, Closing closing)
      throws IOException {
    var dynamoDb = EmbeddedDynamoDb.start();
    closing.then(dynamoDb::close);
    var s3 = EmbeddedS3.start();
    closing.then(s3::close);
    var random = new SecureRandom();
    var ses = new SesEmulator(target.region(), target.account(), clock, random, bus);
    var objects = withoutSessionToken(new Forward(s3.endpoint()));
    var tables =
        new ExportEmulator(
            new Forward(dynamoDb.endpoint()),
            objects, // Past the gateway: it has asked the caller's role already.
            target.region(),
            target.account(),
            clock,
            random);
    var secrets = secrets(target, clock);
    var writes = new TableWrites();
    return new Services(
        Map.of(
            "dynamodb", writes.before(tables),
            "kms", new KmsEmulator(target.region(), target.account(), clock, random),
            "s3", objects,
            "secretsmanager", secrets,
            "ses", ses),
        streams(dynamoDb.endpoint(), target, closing),
        ses,
        secrets,
        new StreamWatch(PATIENCE, line -> {}),
        Optional.of(writes));
  }

  /**
   * Uses one emulator for all services.
   *
   * @param say is told what it does not do that AWS does
   */
  static Services outside(
      URI endpoint, Target target, Clock clock, Consumer<String> say, Closing closing) {
    var all = new Forward(endpoint);
    var watch = new StreamWatch(PATIENCE, say);
    var secrets = secrets(target, clock);
    return new Services(
        Map.of(
            "dynamodb",
            watch.before(all),
            "kms",
            new SingleRegionKeys(all),
            "s3",
            all,
            "secretsmanager",
            secrets,
            "ses",
            new MailWithoutEvents(all)),
        new FreshIterators(streams(endpoint, target, closing), watch),
        new OutsideInbox(endpoint, clock),
        secrets,
        watch,
        Optional.empty());
  }

  /** S3Proxy takes no request that has one; nobody asks for it behind the gateway. */
  private static Backend withoutSessionToken(Backend s3) {
    return request -> {
      var headers = new HashMap<>(request.headers());
      headers.remove("x-amz-security-token");
      return s3.handle(
          new Backend.Request(request.method(), request.target(), headers, request.body()));
    };
  }

  private static SecretsEmulator secrets(Target target, Clock clock) {
    return new SecretsEmulator(target.region(), target.account(), clock);
  }

  private static DynamoDbStreamsClient streams(URI endpoint, Target target, Closing closing) {
    var credentials = AwsBasicCredentials.create(Operator.ACCESS_KEY_ID, "local");
    var client =
        DynamoDbStreamsClient.builder()
            .endpointOverride(endpoint)
            .region(Region.of(target.region()))
            .credentialsProvider(StaticCredentialsProvider.create(credentials))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
    closing.then(client::close);
    return client;
  }
}
