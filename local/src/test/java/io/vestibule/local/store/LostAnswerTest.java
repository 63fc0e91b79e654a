package io.vestibule.local.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Env;
import io.vestibule.core.RowId;
import io.vestibule.core.SealedContent;
import io.vestibule.local.aws.Sdk;
import io.vestibule.local.embedded.EmbeddedDynamoDb;
import io.vestibule.store.AwsClients;
import io.vestibule.store.Submissions;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
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
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** A write whose answer gets lost is repeated by the SDK, and then meets its own row. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LostAnswerTest {

  private final EmbeddedDynamoDb database = EmbeddedDynamoDb.start();
  private final RowId id = RowId.random(new SecureRandom());

  LostAnswerTest() throws IOException {}

  @BeforeAll
  void createTable() {
    try (var dynamoDb = Sdk.client(DynamoDbClient.builder(), database.endpoint())) {
      dynamoDb.createTable(
          table ->
              table
                  .tableName("submissions")
                  .billingMode(BillingMode.PAY_PER_REQUEST)
                  .attributeDefinitions(
                      AttributeDefinition.builder()
                          .attributeName("id")
                          .attributeType(ScalarAttributeType.S)
                          .build())
                  .keySchema(
                      KeySchemaElement.builder()
                          .attributeName("id")
                          .keyType(KeyType.HASH)
                          .build()));
    }
  }

  @AfterAll
  void stop() throws Exception {
    database.close();
  }

  @Test
  void aSubmissionThatMeetsItsOwnRowIsNewAndItsRetryIsNot() {
    try (var lossy = client(new LosesTheFirst());
        var dynamoDb = client(new ExecutionInterceptor() {})) {
      assertThat(add(lossy)).isTrue();
      assertThat(add(lossy)).isFalse();
      assertThat(add(dynamoDb)).isFalse();
    }
  }

  private boolean add(DynamoDbClient dynamoDb) {
    var now = Instant.parse("2026-11-21T12:00:00Z");
    return new Submissions(dynamoDb, "submissions")
        .add(id, "contact", new SealedContent("key", new byte[] {1}), now, now);
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
