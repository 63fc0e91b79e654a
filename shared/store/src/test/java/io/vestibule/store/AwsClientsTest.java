package io.vestibule.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vestibule.core.Env;
import io.vestibule.local.aws.Backend;
import io.vestibule.local.aws.BackendServer;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/** What our clients repeat, told by who answers them, and what they start. */
class AwsClientsTest {

  private static final int STANDARD = 3;

  private final AtomicInteger calls = new AtomicInteger();

  @Test
  void aWriteThatMeetsATransactionIsRepeatedLikeOneThatAwsFailedAt() throws IOException {
    try (var server = failing(Integer.MAX_VALUE, 400, "TransactionConflictException");
        var client = client(server)) {
      assertThatExceptionOfType(TransactionConflictException.class).isThrownBy(() -> put(client));
    }
    assertThat(calls.get()).isEqualTo(STANDARD);
  }

  @Test
  void onceTheTransactionIsOverTheWriteIsMade() throws IOException {
    try (var server = failing(2, 400, "TransactionConflictException");
        var client = client(server)) {
      put(client);
    }
    assertThat(calls.get()).isEqualTo(STANDARD);
  }

  @Test
  void whatAwsFailsAtIsRepeatedAsTheSdkDoesIt() throws IOException {
    try (var server = failing(Integer.MAX_VALUE, 500, "InternalServerError");
        var client = client(server)) {
      assertThatExceptionOfType(DynamoDbException.class).isThrownBy(() -> put(client));
    }
    assertThat(calls.get()).isEqualTo(STANDARD);
  }

  @Test
  void aConditionThatDoesNotHoldIsNoReasonToAskAgain() throws IOException {
    try (var server = failing(Integer.MAX_VALUE, 400, "ConditionalCheckFailedException");
        var client = client(server)) {
      assertThatExceptionOfType(ConditionalCheckFailedException.class)
          .isThrownBy(() -> put(client));
    }
    assertThat(calls.get()).isEqualTo(1);
  }

  @Test
  void aClientsOwnRetriesComeBeforeThoseOfAllClients() throws IOException {
    try (var server = failing(Integer.MAX_VALUE, 500, "InternalServerError");
        var client =
            AwsClients.configure(
                    DynamoDbClient.builder(),
                    env(server),
                    own -> own.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build()) {
      assertThatExceptionOfType(DynamoDbException.class).isThrownBy(() -> put(client));
    }
    assertThat(calls.get()).isEqualTo(1);
  }

  @Test
  void noClientStartsThreadsOfItsOwnToEndCallsThatTakeTooLong() throws IOException {
    var before = timersOfTheSdk();
    try (var server = failing(0, 500, "");
        var client = client(server)) {
      put(client);
      assertThat(timersOfTheSdk()).isEqualTo(before);
    }
  }

  private static Set<Thread> timersOfTheSdk() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(it -> it.getName().startsWith("sdk-ScheduledExecutor"))
        .collect(toSet());
  }

  private BackendServer failing(int times, int status, String error) throws IOException {
    return new BackendServer(
        request ->
            calls.incrementAndGet() <= times
                ? answer(status, "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + error + "\"}")
                : answer(200, "{}"));
  }

  private static Backend.Response answer(int status, String json) {
    var body = json.getBytes(UTF_8);
    var crc = new CRC32();
    crc.update(body);
    return new Backend.Response(
        status,
        Map.of("Content-Type", "application/x-amz-json-1.0", "x-amz-crc32", "" + crc.getValue()),
        body);
  }

  private static DynamoDbClient client(BackendServer server) {
    return AwsClients.dynamoDb(env(server));
  }

  private static Env env(BackendServer server) {
    return Env.of(
        Map.of(
            "AWS_REGION", "eu-central-1",
            "AWS_ENDPOINT_URL", server.endpoint().toString(),
            "AWS_ACCESS_KEY_ID", "StoreFunction",
            "AWS_SECRET_ACCESS_KEY", "local"));
  }

  private static void put(DynamoDbClient client) {
    client.putItem(put -> put.tableName("t").item(Map.of("id", Attributes.text("1"))));
  }
}
