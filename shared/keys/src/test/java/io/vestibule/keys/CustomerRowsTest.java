package io.vestibule.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vestibule.core.CustomerRecord;
import io.vestibule.core.EmailAddress;
import io.vestibule.core.Timestamp;
import io.vestibule.store.AwsClients;
import io.vestibule.store.Table;
import io.vestibule.store.people.CustomerRows;
import io.vestibule.store.people.CustomerVersion;
import io.vestibule.store.people.Customers;
import io.vestibule.store.people.Identities;
import io.vestibule.store.people.Identities.Identity;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Both rows of a customer are read as they were at one moment, whoever writes meanwhile. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CustomerRowsTest {

  private static final String STORE = "StoreFunction";
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final String INDEX = "index-of-ada";

  private Installation installation;

  @BeforeAll
  void open() throws IOException {
    installation = Installation.open(Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @AfterAll
  void close() throws IOException {
    installation.close();
  }

  @Test
  @Tag("slow")
  void aReadThatMeetsAnothersTransactionIsMadeAgainFourTimes() throws Exception {
    put(version("ada"));

    assertThat(rows(conflicts(4)).find(INDEX)).isPresent();
    assertThatExceptionOfType(TransactionCanceledException.class)
        .isThrownBy(() -> rows(conflicts(5)).find(INDEX));
  }

  @Test
  void whoIsErasedBetweenTheTwoCallsIsNobody() throws Exception {
    put(version("ada"));

    assertThat(rows(call -> erase()).find(INDEX)).isEmpty();
  }

  @Test
  void whoComesBackUnderAnotherNumberBetweenTheTwoCallsIsReadByThat() throws Exception {
    put(version("ada"));

    var found = rows(call -> putOnce(call, version("ada-again"))).find(INDEX).orElseThrow();

    assertThat(found.identity().customerId()).isEqualTo("ada-again");
    assertThat(found.row().orElseThrow().customerId()).isEqualTo("ada-again");
  }

  /** A version of before the binding has just written the record, or a restore has. */
  @Test
  void rowsOfWhichOneIsOlderAreReadOnceMore() throws Exception {
    var first = version("ada");
    put(first);
    installation.put(Table.CUSTOMERS, item(first, 2));
    var reads = new AtomicInteger();

    var found = rows(call -> reads.incrementAndGet()).find(INDEX).orElseThrow();

    assertThat(reads).hasValue(2);
    assertThat(found.row().orElseThrow().version()).isEqualTo(2);
  }

  /** What happens before each transaction that reads: it is told which one, from 1. */
  private CustomerRows rows(IntConsumer beforeRead) {
    var calls = new AtomicInteger();
    var builder = AwsClients.configure(DynamoDbClient.builder(), installation.env(STORE));
    var interceptor =
        new ExecutionInterceptor() {
          @Override
          public void beforeExecution(
              Context.BeforeExecution call, ExecutionAttributes attributes) {
            if (call.request() instanceof TransactGetItemsRequest) {
              beforeRead.accept(calls.incrementAndGet());
            }
          }
        };
    var client =
        builder
            .overrideConfiguration(
                builder.overrideConfiguration().copy(it -> it.addExecutionInterceptor(interceptor)))
            .build();
    return new CustomerRows(
        client,
        new Identities(client, installation.name(Table.IDENTITIES)),
        new Customers(client, installation.name(Table.CUSTOMERS)));
  }

  /** Another transaction is at the same items, so many times; DynamoDB Local never says so. */
  private static IntConsumer conflicts(int times) {
    return call -> {
      if (call <= times) {
        throw TransactionCanceledException.builder()
            .cancellationReasons(
                CancellationReason.builder().code("TransactionConflict").build(),
                CancellationReason.builder().code("None").build())
            .build();
      }
    };
  }

  private void erase() {
    installation
        .account()
        .operator()
        .dynamoDb()
        .deleteItem(
            delete ->
                delete
                    .tableName(installation.name(Table.IDENTITIES))
                    .key(Map.of("emailIndex", AttributeValue.fromS(INDEX))));
  }

  private void putOnce(int call, CustomerVersion version) {
    if (call == 1) {
      put(version);
    }
  }

  private CustomerVersion version(String customerId) {
    var key = new CustomerKeys(installation.keysetKey(STORE)).create(customerId);
    return installation
        .binding(STORE)
        .first(
            new Identity(INDEX, customerId, key.wrapped(), Optional.empty()),
            key.cipher(),
            CustomerRecord.empty(),
            EmailAddress.parse("ada@example.net").orElseThrow(),
            NOW,
            NOW);
  }

  private void put(CustomerVersion version) {
    installation.put(
        Table.IDENTITIES,
        Map.of(
            "emailIndex", AttributeValue.fromS(INDEX),
            "customerId", AttributeValue.fromS(version.row().customerId()),
            "wrapped", bytes(version.identity().wrappedKey()),
            "version", AttributeValue.fromN("1"),
            "decisions", bytes(version.binding().decisions()),
            "binding", bytes(version.binding().mac())));
    installation.put(Table.CUSTOMERS, item(version, 1));
  }

  private static Map<String, AttributeValue> item(CustomerVersion version, int number) {
    return Map.of(
        "customerId", AttributeValue.fromS(version.row().customerId()),
        "version", AttributeValue.fromN(Integer.toString(number)),
        "ciphertext", bytes(version.row().ciphertext()),
        "createdAt", AttributeValue.fromS(Timestamp.of(NOW)),
        "verifiedAt", AttributeValue.fromS(Timestamp.of(NOW)));
  }

  private static AttributeValue bytes(byte[] bytes) {
    return AttributeValue.fromB(SdkBytes.fromByteArray(bytes));
  }
}
