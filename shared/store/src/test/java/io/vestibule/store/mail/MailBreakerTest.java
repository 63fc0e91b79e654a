package io.vestibule.store.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.local.aws.Sdk;
import io.vestibule.local.embedded.EmbeddedDynamoDb;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Failures that are learned of at one moment, by as many environments of the function. */
class MailBreakerTest {

  private static final Instant NOW = Instant.parse("2026-11-21T20:14:00Z");

  private EmbeddedDynamoDb database;
  private DynamoDbClient dynamoDb;
  private MailBreaker breaker;

  @BeforeEach
  void createTable() throws IOException {
    database = EmbeddedDynamoDb.start();
    dynamoDb = Sdk.client(DynamoDbClient.builder(), database.endpoint());
    dynamoDb.createTable(
        table ->
            table
                .tableName("mail-limits")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                    AttributeDefinition.builder()
                        .attributeName("key")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(
                    KeySchemaElement.builder().attributeName("key").keyType(KeyType.HASH).build()));
    breaker = new MailBreaker(dynamoDb, "mail-limits");
  }

  @AfterEach
  void stop() throws Exception {
    dynamoDb.close();
    database.close();
  }

  @Test
  void ofNineFailuresAtOneMomentNoneIsLostAndOneOpensIt() throws Exception {
    assertThat(opened(recordAtOnce(8))).isZero();
    assertThat(breaker.isOpen()).isFalse();
    assertThat(breaker.recordFailure("the ninth", NOW)).as("eight are remembered").isTrue();

    breaker.close();
    assertThat(opened(recordAtOnce(9))).isEqualTo(1);
    assertThat(breaker.isOpen()).isTrue();
  }

  @Test
  void beforeAnyMailNothingIsStopped() {
    assertThat(breaker.isOpen()).isFalse();
    assertThat(breaker.close()).isFalse();
    assertThat(dynamoDb.scan(scan -> scan.tableName("mail-limits")).items()).isEmpty();
  }

  private List<Future<Boolean>> recordAtOnce(int failures) throws Exception {
    var begin = new CountDownLatch(1);
    List<Future<Boolean>> opened = new ArrayList<>();
    try (var environments = Executors.newFixedThreadPool(failures)) {
      for (int i = 0; i < failures; i++) {
        var message = "message-" + i;
        opened.add(
            environments.submit(
                () -> {
                  begin.await();
                  return breaker.recordFailure(message, NOW);
                }));
      }
      begin.countDown();
    }
    return opened;
  }

  private static long opened(List<Future<Boolean>> results) {
    return results.stream().map(Future::resultNow).filter(Boolean::booleanValue).count();
  }
}
