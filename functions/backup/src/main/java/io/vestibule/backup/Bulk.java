package io.vestibule.backup;

import io.vestibule.core.Env;
import io.vestibule.store.AwsClients;
import java.time.Duration;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Clients for megabytes at a time. No person waits for them, so they give up later than the others.
 */
public final class Bulk {

  private static final Duration ATTEMPT = Duration.ofSeconds(60);
  private static final Duration CALL = Duration.ofMinutes(3);

  /** A run makes hundreds of thousands of calls, and one that fails for good ends it. */
  private static final int ATTEMPTS = 8;

  private Bulk() {}

  public static DynamoDbClient dynamoDb(Env env) {
    return configure(DynamoDbClient.builder(), env).build();
  }

  /** As {@link AwsClients} configures it, with the patience that large bodies want. */
  static <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B configure(
      B builder, Env env) {
    return AwsClients.configure(
        builder,
        env,
        override ->
            override
                .apiCallAttemptTimeout(ATTEMPT)
                .apiCallTimeout(CALL)
                .retryStrategy(AwsClients.retries().toBuilder().maxAttempts(ATTEMPTS).build()));
  }
}
