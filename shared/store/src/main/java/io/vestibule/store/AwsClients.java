package io.vestibule.store;

import io.vestibule.core.Env;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/**
 * Builds AWS clients from a function's environment.
 *
 * <p>All of it is read from {@link Env} and not by the SDK from the process, so that several
 * functions can run in one process, each with credentials and an endpoint of its own.
 */
public final class AwsClients {

  /** A call that has not been answered by then is tried again; every call of ours is small. */
  private static final Duration ATTEMPT = Duration.ofSeconds(2);

  /**
   * With all its attempts. The public functions have 10 seconds, to the last of which they answer.
   */
  private static final Duration CALL = Duration.ofSeconds(7);

  /** As many as the SDK starts: closing the connection of a call may take a while. */
  private static final int TIMERS = 5;

  /** Ends calls that take too long, for all clients: the SDK would start threads for each. */
  private static final ScheduledExecutorService TIMER = timer();

  private AwsClients() {}

  private static ScheduledExecutorService timer() {
    var timer =
        new ScheduledThreadPoolExecutor(
            TIMERS, Thread.ofPlatform().daemon().name("aws-timer-", 0).factory());
    timer.setRemoveOnCancelPolicy(true); // Else it keeps each call until its time would be over.
    return timer;
  }

  public static DynamoDbClient dynamoDb(Env env) {
    return configure(DynamoDbClient.builder(), env).build();
  }

  /** Gives a client's builder the region, the credentials and the endpoint that the env names. */
  public static <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B configure(
      B builder, Env env) {
    return configure(builder, env, override -> {});
  }

  /**
   * The same.
   *
   * @param own limits and retries of this client, where they differ from what others have
   */
  public static <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B configure(
      B builder, Env env, Consumer<ClientOverrideConfiguration.Builder> own) {
    var access = AwsAccess.of(env);
    access.endpoint().ifPresent(builder::endpointOverride);
    var limits = TimeLimits.of(env);
    // A few requests at once, at most: the JDK's own client starts fastest (docs/decisions).
    return builder
        .region(access.region())
        .credentialsProvider(access.credentials())
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .overrideConfiguration(
            override ->
                override
                    .apiCallAttemptTimeout(limits.limit(ATTEMPT))
                    .apiCallTimeout(limits.limit(CALL))
                    .retryStrategy(retries())
                    .scheduledExecutorService(TIMER)
                    .applyMutation(own));
  }

  /**
   * What a client has of its own whose calls are made once: what was slow to answer may have been
   * done.
   *
   * @param patience how long a call may take
   */
  public static Consumer<ClientOverrideConfiguration.Builder> once(Duration patience) {
    return own ->
        own.apiCallAttemptTimeout(patience)
            .apiCallTimeout(patience)
            .retryStrategy(DefaultRetryStrategy.doNotRetry());
  }

  /**
   * The SDK's standard retries, and one more reason for them: a transaction was at the same item in
   * this moment, which the SDK takes for an error of the caller's. Each client needs its own.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html#transaction-conflict-handling">Transaction
   *     conflicts</a>
   */
  public static StandardRetryStrategy retries() {
    // What the SDK retries anyway, each client adds to it by itself.
    return DefaultRetryStrategy.standardStrategyBuilder()
        .retryOnException(TransactionConflictException.class)
        .build();
  }
}
