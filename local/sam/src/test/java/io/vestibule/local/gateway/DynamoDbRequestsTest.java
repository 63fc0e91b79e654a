package io.vestibule.local.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vestibule.local.iam.Access;
import io.vestibule.local.iam.TestStack;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** What IAM is asked for when the AWS SDK talks to DynamoDB. */
class DynamoDbRequestsTest {

  private static final String NOTES = TestStack.TABLES + "notes";
  private static final String SECRETS = TestStack.TABLES + "secrets";
  private static final AttributeValue ONE = AttributeValue.fromS("one");
  private static final AttributeValue TWO = AttributeValue.fromS("two");

  private static final GlobalSecondaryIndex BY_OPEN =
      GlobalSecondaryIndex.builder().indexName("byOpen").keySchema(partitionKey("open")).build();

  private final RunningGateway running = RunningGateway.of(TestStack.with(TestStack.ALLOW_ALL));
  private final DynamoDbClient dynamoDb = running.dynamoDb("Worker");

  @BeforeEach
  void deployTables() {
    running.answersWith(200, Map.of(), "{}".getBytes(UTF_8));
    try (var operator = running.dynamoDb("operator")) {
      for (String name : List.of("notes", "secrets")) {
        operator.createTable(
            table ->
                table
                    .tableName(name)
                    .keySchema(partitionKey("id"))
                    .globalSecondaryIndexes(BY_OPEN));
      }
    }
  }

  private static KeySchemaElement partitionKey(String name) {
    return KeySchemaElement.builder().attributeName(name).keyType(KeyType.HASH).build();
  }

  @AfterEach
  void close() {
    dynamoDb.close();
    running.close();
  }

  @Test
  void aPutNamesEveryAttributeOfItsItemAndOfItsCondition() {
    dynamoDb.putItem(
        put ->
            put.tableName("notes")
                .item(Map.of("id", ONE, "text", TWO))
                .conditionExpression("attribute_not_exists(#s)")
                .expressionAttributeNames(Map.of("#s", "status")));

    assertThat(accesses())
        .containsExactly(
            new Access(
                "dynamodb:PutItem",
                NOTES,
                Map.of(
                    "dynamodb:Attributes", List.of("id", "status", "text"),
                    "dynamodb:LeadingKeys", List.of("one"))));
  }

  /** AWS says what Select is for queries and scans only, and no get can send one. */
  @Test
  void aGetNamesWhatItProjectsAndHasNoSelect() {
    dynamoDb.getItem(
        get -> get.tableName("notes").key(Map.of("id", ONE)).projectionExpression("id, a.b"));

    assertThat(accesses())
        .containsExactly(
            new Access(
                "dynamodb:GetItem",
                NOTES,
                Map.of(
                    "dynamodb:Attributes", List.of("a", "id"),
                    "dynamodb:LeadingKeys", List.of("one"))));
  }

  @Test
  void anUpdateShowsWhatItReturnsIfItSaysSo() {
    dynamoDb.updateItem(
        update ->
            update
                .tableName("notes")
                .key(Map.of("id", ONE))
                .updateExpression("SET #s = :v")
                .conditionExpression("attribute_exists(id)")
                .expressionAttributeNames(Map.of("#s", "status"))
                .expressionAttributeValues(Map.of(":v", TWO))
                .returnValues(ReturnValue.ALL_NEW));
    dynamoDb.deleteItem(delete -> delete.tableName("notes").key(Map.of("id", TWO)));

    assertThat(accesses())
        .containsExactly(
            new Access(
                "dynamodb:UpdateItem",
                NOTES,
                Map.of(
                    "dynamodb:Attributes", List.of("id", "status"),
                    "dynamodb:LeadingKeys", List.of("one"),
                    "dynamodb:ReturnValues", List.of("ALL_NEW"))),
            new Access(
                "dynamodb:DeleteItem",
                NOTES,
                Map.of(
                    "dynamodb:Attributes", List.of("id"),
                    "dynamodb:LeadingKeys", List.of("two"))));
  }

  @Test
  void aQueryOfAnIndexIsAboutTheIndexAndItsKey() {
    dynamoDb.query(
        query ->
            query
                .tableName("notes")
                .indexName("byOpen")
                .keyConditionExpression("id = :other AND :open = #o")
                .filterExpression("size(text) > :n")
                .expressionAttributeNames(Map.of("#o", "open"))
                .expressionAttributeValues(
                    Map.of(":open", ONE, ":other", TWO, ":n", AttributeValue.fromN("3"))));

    assertThat(accesses())
        .containsExactly(
            new Access(
                "dynamodb:Query",
                NOTES + "/index/byOpen",
                Map.of(
                    "dynamodb:Attributes", List.of("id", "open", "text"),
                    "dynamodb:LeadingKeys", List.of("one"))));
  }

  /** Who may read some columns of an index may read its second page only with all of its keys. */
  @Test
  void theNextPageNamesTheKeysThatItBeginsBehind() {
    dynamoDb.scan(
        scan ->
            scan.tableName("notes")
                .indexName("byOpen")
                .select(Select.SPECIFIC_ATTRIBUTES)
                .projectionExpression("id")
                .exclusiveStartKey(Map.of("id", ONE, "open", TWO)));

    assertThat(accesses())
        .containsExactly(
            new Access(
                "dynamodb:Scan",
                NOTES + "/index/byOpen",
                Map.of(
                    "dynamodb:Attributes", List.of("id", "open"),
                    "dynamodb:Select", List.of("SPECIFIC_ATTRIBUTES"))));
  }

  @Test
  void aScanHasNoLeadingKey() {
    dynamoDb.scan(scan -> scan.tableName("notes").select(Select.COUNT));

    assertThat(accesses())
        .containsExactly(
            new Access("dynamodb:Scan", NOTES, Map.of("dynamodb:Select", List.of("COUNT"))));
  }

  @Test
  void aBatchNeedsItsOwnActionOnEachTable() {
    dynamoDb.batchGetItem(batch -> batch.requestItems(Map.of("notes", keys())));
    dynamoDb.batchWriteItem(
        batch ->
            batch.requestItems(
                Map.of(
                    "notes",
                    List.of(
                        WriteRequest.builder()
                            .putRequest(
                                PutRequest.builder().item(Map.of("id", ONE, "a", TWO)).build())
                            .build(),
                        WriteRequest.builder()
                            .deleteRequest(DeleteRequest.builder().key(Map.of("id", TWO)).build())
                            .build()))));

    assertThat(accesses())
        .containsExactly(
            new Access(
                "dynamodb:BatchGetItem",
                NOTES,
                Map.of(
                    "dynamodb:Attributes", List.of("a", "id"),
                    "dynamodb:LeadingKeys", List.of("one", "two"))),
            new Access(
                "dynamodb:BatchWriteItem",
                NOTES,
                Map.of(
                    "dynamodb:Attributes", List.of("a", "id"),
                    "dynamodb:LeadingKeys", List.of("one", "two"))));
  }

  private static KeysAndAttributes keys() {
    return KeysAndAttributes.builder()
        .keys(List.of(Map.of("id", ONE), Map.of("id", TWO)))
        .projectionExpression("a")
        .build();
  }

  @Test
  void aTransactionNeedsTheActionOfEachEntryAndEachTablesKeyOnce() {
    dynamoDb.transactWriteItems(
        transaction ->
            transaction.transactItems(
                TransactWriteItem.builder()
                    .put(put -> put.tableName("secrets").item(Map.of("id", ONE)))
                    .build(),
                TransactWriteItem.builder()
                    .update(
                        update ->
                            update
                                .tableName("notes")
                                .key(Map.of("id", ONE))
                                .updateExpression("REMOVE a"))
                    .build(),
                TransactWriteItem.builder()
                    .delete(delete -> delete.tableName("notes").key(Map.of("id", TWO)))
                    .build(),
                TransactWriteItem.builder()
                    .conditionCheck(
                        check ->
                            check
                                .tableName("secrets")
                                .key(Map.of("id", TWO))
                                .conditionExpression("attribute_not_exists(b)"))
                    .build()));

    assertThat(accesses())
        .extracting(Access::action, Access::resourceArn)
        .containsExactly(
            tuple("dynamodb:PutItem", SECRETS),
            tuple("dynamodb:UpdateItem", NOTES),
            tuple("dynamodb:DeleteItem", NOTES),
            tuple("dynamodb:ConditionCheckItem", SECRETS),
            tuple("kms:Decrypt", TestStack.TABLE_KEY));
    assertThat(accesses().get(3).context())
        .isEqualTo(
            Map.of(
                "dynamodb:Attributes", List.of("b", "id"),
                "dynamodb:EnclosingOperation", List.of("TransactWriteItems"),
                "dynamodb:LeadingKeys", List.of("two")));
  }

  @Test
  void aTransactionalGetIsAGet() {
    dynamoDb.transactGetItems(
        transaction ->
            transaction.transactItems(
                TransactGetItem.builder()
                    .get(get -> get.tableName(NOTES).key(Map.of("id", ONE)))
                    .build()));

    assertThat(accesses())
        .extracting(Access::action, Access::resourceArn)
        .containsExactly(tuple("dynamodb:GetItem", NOTES));
  }

  @Test
  void everyCallOnATableUnderAKeyNeedsThatKeyPutsToo() {
    dynamoDb.putItem(put -> put.tableName("secrets").item(Map.of("id", ONE)));

    assertThat(accesses().getLast())
        .isEqualTo(
            new Access(
                "kms:Decrypt",
                TestStack.TABLE_KEY,
                Map.of(
                    "kms:CallerAccount", List.of("123456789012"),
                    "kms:EncryptionContext:aws:dynamodb:subscriberId", List.of("123456789012"),
                    "kms:EncryptionContext:aws:dynamodb:tableName", List.of("secrets"),
                    "kms:EncryptionContextKeys",
                        List.of("aws:dynamodb:subscriberId", "aws:dynamodb:tableName"),
                    "kms:ViaService", List.of("dynamodb.eu-central-1.amazonaws.com"))));
  }

  @Test
  void describingATableIsNoUseOfItsKey() {
    dynamoDb.describeTable(describe -> describe.tableName("secrets"));

    assertThat(accesses()).containsExactly(new Access("dynamodb:DescribeTable", SECRETS, Map.of()));
  }

  @Test
  void streamsAreKnownByTheirArnAlsoInsideAnIterator() {
    try (var streams = running.streams("Worker")) {
      streams.describeStream(describe -> describe.streamArn(TestStack.STREAM));
      streams.getRecords(get -> get.shardIterator(TestStack.STREAM + "|1|AAAA"));
      streams.getRecords(get -> get.shardIterator("000|" + TestStack.STREAM + "|1|AAAA"));
    }

    assertThat(accesses())
        .containsExactly(
            new Access("dynamodb:DescribeStream", TestStack.STREAM, Map.of()),
            new Access("dynamodb:GetRecords", TestStack.STREAM, Map.of()),
            new Access("dynamodb:GetRecords", TestStack.STREAM, Map.of()));
  }

  @Test
  void valuesOfATableThatNobodyCreatedHereAllCountAsLeadingKeys() {
    dynamoDb.putItem(put -> put.tableName("strange").item(Map.of("id", ONE, "x", TWO)));

    assertThat(accesses().getFirst().values("dynamodb:LeadingKeys"))
        .containsExactlyInAnyOrder("one", "two");
  }

  private List<Access> accesses() {
    return running.calls.latest("Worker").stream()
        .flatMap(call -> call.accesses().stream())
        .toList();
  }
}
