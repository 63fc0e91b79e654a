package io.vestibule.store.rows;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vestibule.core.Destination;
import io.vestibule.core.Env;
import io.vestibule.core.RowId;
import io.vestibule.core.SealedContent;
import io.vestibule.local.aws.PlainTable;
import io.vestibule.local.aws.Sdk;
import io.vestibule.local.embedded.EmbeddedDynamoDb;
import io.vestibule.store.AwsClients;
import io.vestibule.store.rows.NewSubmissions.Result;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * A write whose answer gets lost is repeated by the SDK, and then meets its own row; and one that
 * another gets in the way of is repeated by us.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LostAnswerTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final EmbeddedDynamoDb database = EmbeddedDynamoDb.start();
  private final SecureRandom random = new SecureRandom();

  LostAnswerTest() throws IOException {}

  @BeforeAll
  void createTable() {
    try (var dynamoDb = Sdk.client(DynamoDbClient.builder(), database.endpoint())) {
      dynamoDb.createTable(PlainTable.of("submissions", "id"));
    }
  }

  @AfterAll
  void stop() throws Exception {
    database.close();
  }

  @Test
  void aSubmissionThatMeetsItsOwnRowIsNewAndItsRetryIsNot() {
    var submission = submission();
    try (var lossy = client(new LosesTheFirst());
        var dynamoDb = client(new ExecutionInterceptor() {})) {
      assertThat(table(lossy).add(submission)).isEqualTo(Result.ADDED);
      assertThat(table(lossy).add(submission)).isEqualTo(Result.REPEATED);
      assertThat(table(dynamoDb).add(submission)).isEqualTo(Result.REPEATED);
    }
  }

  @Test
  void aSubmissionThatWasThereBeforeIsNotNewThoughTheAnswerGotLostToo() {
    var id = RowId.random(Destination.STORAGE, random);
    try (var lossy = client(new LosesTheFirst());
        var dynamoDb = client(new ExecutionInterceptor() {})) {
      assertThat(table(dynamoDb).add(submission(id, 1))).isEqualTo(Result.ADDED);
      assertThat(table(lossy).add(submission(id, 2))).isEqualTo(Result.REPEATED);

      assertThat(sealed(dynamoDb, id)).as("nothing was written").isEqualTo(new byte[] {1});
      assertThat(dynamoDb.scan(scan -> scan.tableName("submissions")).items())
          .noneMatch(item -> Objects.equals(item.get("id"), AttributeValue.fromS("-")));
    }
  }

  @Test
  void aSubmissionWithAChallengeThatMeetsItsOwnRowsIsNewAndItsRetryIsNot() {
    var submission = submission();
    var challenge = new SpentChallenge("p-lost", "contact", NOW);
    try (var lossy = client(new LosesTheFirst())) {
      assertThat(table(lossy).add(submission, challenge)).isEqualTo(Result.ADDED);
      assertThat(table(lossy).add(submission, challenge)).isEqualTo(Result.REPEATED);
      assertThat(table(lossy).add(submission(), challenge)).isEqualTo(Result.SPENT);
    }
  }

  @Test
  void aSubmissionThatOthersGetInTheWayOfTriesTwiceMore() {
    var challenge = new SpentChallenge("p-conflict", "contact", NOW);
    try (var twice = client(new Conflicts(2));
        var thrice = client(new Conflicts(3))) {
      assertThatExceptionOfType(TransactionCanceledException.class)
          .isThrownBy(() -> table(thrice).add(submission(), challenge));
      assertThat(table(twice).add(submission(), challenge)).isEqualTo(Result.ADDED);
    }
  }

  private static NewSubmissions table(DynamoDbClient dynamoDb) {
    return new NewSubmissions(dynamoDb, "submissions");
  }

  private static byte[] sealed(DynamoDbClient dynamoDb, RowId id) {
    var key = Map.of("id", AttributeValue.fromS(id.value()));
    var item = dynamoDb.getItem(get -> get.tableName("submissions").key(key)).item();
    return requireNonNull(item.get("sealed")).b().asByteArray();
  }

  private NewSubmission submission() {
    return submission(RowId.random(Destination.STORAGE, random), 1);
  }

  private static NewSubmission submission(RowId id, int content) {
    return new NewSubmission(
        id,
        "contact",
        new SealedContent("key", new byte[] {(byte) content}),
        Optional.empty(),
        NOW,
        NOW);
  }

  private DynamoDbClient client(ExecutionInterceptor interceptor) {
    var env =
        Env.of(
            Map.of(
                "AWS_REGION",
                Sdk.REGION.id(),
                "AWS_ENDPOINT_URL",
                database.endpoint().toString(),
                "AWS_ACCESS_KEY_ID",
                "operator",
                "AWS_SECRET_ACCESS_KEY",
                "local"));
    var builder = AwsClients.configure(DynamoDbClient.builder(), env);
    return builder
        .overrideConfiguration(
            builder.overrideConfiguration().copy(it -> it.addExecutionInterceptor(interceptor)))
        .build();
  }

  /** The first calls meet another transaction at the same items; DynamoDB Local never says so. */
  private static final class Conflicts implements ExecutionInterceptor {

    private final AtomicInteger left;

    Conflicts(int number) {
      left = new AtomicInteger(number);
    }

    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
      if (left.getAndDecrement() > 0) {
        throw TransactionCanceledException.builder()
            .cancellationReasons(reason("None"), reason("TransactionConflict"))
            .build();
      }
    }

    private static CancellationReason reason(String code) {
      return CancellationReason.builder().code(code).build();
    }
  }

  /** The first request takes effect, and its answer does not arrive. */
  private static final class LosesTheFirst implements ExecutionInterceptor {

    private final AtomicInteger answers = new AtomicInteger();

    @Override
    public SdkHttpResponse modifyHttpResponse(
        Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
      return answers.incrementAndGet() == 1
          ? context.httpResponse().copy(it -> it.statusCode(500))
          : context.httpResponse();
    }
  }
}
