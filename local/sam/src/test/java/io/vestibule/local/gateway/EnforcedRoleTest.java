package io.vestibule.local.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vestibule.local.iam.TestStack;
import java.util.Map;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.KmsException;

/** The conditions that the project's roles are made of, against calls that keep and break them. */
class EnforcedRoleTest {

  private static final String READ_COLUMNS =
      """
      {"Effect": "Allow", "Action": "dynamodb:Query", "Resource": "%snotes",
       "Condition": {
        "ForAllValues:StringEquals": {"dynamodb:Attributes": ["id", "status"]},
        "ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["open#*"]},
        "StringEquals": {"dynamodb:Select": "SPECIFIC_ATTRIBUTES"}}}
      """
          .formatted(TestStack.TABLES);
  private static final String UPDATE_BLINDLY =
      """
      {"Effect": "Allow", "Action": "dynamodb:UpdateItem", "Resource": "%snotes",
       "Condition": {
        "ForAllValues:StringEquals": {"dynamodb:Attributes": ["id", "status"]},
        "StringEqualsIfExists": {"dynamodb:ReturnValues": "NONE"}}}
      """
          .formatted(TestStack.TABLES);
  private static final String PUT_SECRETS =
      """
      {"Effect": "Allow", "Action": "dynamodb:PutItem", "Resource": "%ssecrets"}
      """
          .formatted(TestStack.TABLES);
  private static final String UNWRAP =
      """
      {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "%s",
       "Condition": {
        "StringEquals": {"kms:EncryptionContext:use": ["link", "sealing"]},
        "ForAllValues:StringEquals": {"kms:EncryptionContextKeys": ["use", "key"]}}}
      """
          .formatted(TestStack.KEYSET_KEY);

  private final RunningGateway running =
      RunningGateway.of(TestStack.with(READ_COLUMNS, UPDATE_BLINDLY, PUT_SECRETS, UNWRAP));
  private final DynamoDbClient dynamoDb = running.dynamoDb("Worker");
  private final KmsClient kms = running.kms("Worker");

  @BeforeEach
  void deployTable() {
    running.answersWith(200, Map.of(), "{}".getBytes(UTF_8));
    var id = KeySchemaElement.builder().attributeName("id").keyType(KeyType.HASH).build();
    try (var operator = running.dynamoDb("operator")) {
      operator.createTable(table -> table.tableName("notes").keySchema(id));
    }
  }

  @AfterEach
  void close() {
    kms.close();
    dynamoDb.close();
    running.close();
  }

  @Test
  void aReadIsBoundToItsColumnsAndKeys() {
    assertAllowed(() -> read("open#1", columns("#id, #s")));

    assertDenied(() -> read("open#1", columns("#id, #s, sealed")));
    assertDenied(() -> read("private#1", columns("#id, #s")));
    assertDenied(
        () -> read("open#1", columns("#id, #s").andThen(read -> read.select((Select) null))));
    assertDenied(() -> read("open#1", _ -> {}));
  }

  @Test
  void anUpdateIsBoundToItsColumnsAndReturnsNothing() {
    assertAllowed(() -> update("SET #s = :v", null));
    assertAllowed(() -> update("SET #s = :v", ReturnValue.NONE));

    assertDenied(() -> update("SET #s = :v", ReturnValue.ALL_OLD));
    assertDenied(() -> update("SET #s = :v, sealed = :v", ReturnValue.NONE));
    assertDenied(() -> update("SET #s = sealed", ReturnValue.NONE));
  }

  @Test
  void evenAPutIntoATableUnderAKeyNeedsThatKey() {
    assertThatThrownBy(
            () ->
                dynamoDb.putItem(
                    put -> put.tableName("secrets").item(Map.of("id", value("open#1")))))
        .isInstanceOf(DynamoDbException.class)
        .hasMessageContaining("not authorized to perform: kms:Decrypt on resource: ")
        .hasMessageContaining(TestStack.TABLE_KEY);
  }

  @Test
  void anUnwrapIsBoundToItsEncryptionContext() {
    assertAllowed(() -> decrypt("keyset-key", Map.of("use", "link")));
    assertAllowed(() -> decrypt("keyset-key", Map.of("use", "sealing", "key", "7")));

    assertDeniedByKms(() -> decrypt("keyset-key", Map.of("use", "customer")));
    assertDeniedByKms(() -> decrypt("keyset-key", Map.of("use", "link", "customer", "1")));
    assertDeniedByKms(() -> decrypt("keyset-key", Map.of("Use", "link", "use", "customer")));
    assertDeniedByKms(() -> decrypt("keyset-key", Map.of()));
    assertDeniedByKms(() -> decrypt("table-key", Map.of("use", "link")));
    assertDeniedByKms(() -> decrypt(null, Map.of("use", "link")));
  }

  private static Consumer<QueryRequest.Builder> columns(String columns) {
    return read -> read.select(Select.SPECIFIC_ATTRIBUTES).projectionExpression(columns);
  }

  private void read(String id, Consumer<QueryRequest.Builder> more) {
    dynamoDb.query(
        read ->
            more.accept(
                read.tableName("notes")
                    .keyConditionExpression("#id = :id")
                    .expressionAttributeNames(Map.of("#id", "id", "#s", "status"))
                    .expressionAttributeValues(Map.of(":id", value(id)))));
  }

  private void update(String expression, @Nullable ReturnValue returnValues) {
    dynamoDb.updateItem(
        update ->
            update
                .tableName("notes")
                .key(Map.of("id", value("open#1")))
                .updateExpression(expression)
                .expressionAttributeNames(Map.of("#s", "status"))
                .expressionAttributeValues(Map.of(":v", value("DONE")))
                .returnValues(returnValues));
  }

  private void decrypt(@Nullable String keyId, Map<String, String> context) {
    kms.decrypt(
        decrypt ->
            decrypt
                .keyId(keyId)
                .ciphertextBlob(SdkBytes.fromUtf8String("sealed"))
                .encryptionContext(context));
  }

  private static AttributeValue value(String text) {
    return AttributeValue.fromS(text);
  }

  private static void assertAllowed(ThrowingCallable call) {
    assertThatCode(call).doesNotThrowAnyException();
  }

  private static void assertDenied(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(DynamoDbException.class)
        .hasMessageContaining("not authorized to perform: dynamodb:");
  }

  private static void assertDeniedByKms(ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(KmsException.class)
        .hasMessageContaining("not authorized to perform: kms:Decrypt");
  }
}
