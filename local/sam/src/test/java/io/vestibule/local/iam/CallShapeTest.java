package io.vestibule.local.iam;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.local.aws.Backend.Request;
import io.vestibule.local.aws.Operation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallShapeTest {

  @Test
  void anUpdateIsItsExpressionsWithNamesAndWithoutValues() {
    assertThat(
            shapes(
                "UpdateItem",
                """
                {"TableName": "notes", "Key": {"id": {"S": "Ada"}},
                 "UpdateExpression": "SET #s = :s", "ConditionExpression": "#s <> :s",
                 "ExpressionAttributeNames": {"#s": "status"},
                 "ExpressionAttributeValues": {":s": {"S": "Lovelace"}},
                 "ReturnValues": "ALL_OLD"}
                """))
        .containsExactly(
            "UpdateItem | notes | Update SET status = :s | Condition status <> :s | Key [id]"
                + " | ReturnValues ALL_OLD");
  }

  @Test
  void anItemIsTheNamesOfItsAttributesInOrder() {
    assertThat(
            shapes(
                "PutItem",
                """
                {"TableName": "notes", "Item": {"text": {"S": "Hello"}, "id": {"S": "Ada"}}}
                """))
        .containsExactly("PutItem | notes | Item [id, text]");
  }

  @Test
  void aQueryNamesItsIndex() {
    assertThat(
            shapes(
                "Query",
                """
                {"TableName": "notes", "IndexName": "by-day", "KeyConditionExpression": "d = :d"}
                """))
        .containsExactly("Query | notes | index by-day | KeyCondition d = :d");
  }

  @Test
  void aTransactionIsALineForEachPart() {
    assertThat(
            shapes(
                "TransactWriteItems",
                """
                {"TransactItems": [
                  {"Put": {"TableName": "notes", "Item": {"id": {"S": "Ada"}}}},
                  {"Delete": {"TableName": "secrets", "Key": {"id": {"S": "Ada"}}}}]}
                """))
        .containsExactly(
            "TransactWriteItems/Put | notes | Item [id]",
            "TransactWriteItems/Delete | secrets | Key [id]");
  }

  @Test
  void aBatchIsALineForEachWriteAndForEachTableThatIsRead() {
    assertThat(
            shapes(
                "BatchWriteItem",
                """
                {"RequestItems": {"notes": [{"PutRequest": {"Item": {"id": {"S": "Ada"}}}}]}}
                """))
        .containsExactly("BatchWriteItem/PutRequest | notes | Item [id]");
    assertThat(
            shapes(
                "BatchGetItem",
                """
                {"RequestItems": {"notes": {"Keys": [{"id": {"S": "Ada"}}],
                 "ProjectionExpression": "text"}}}
                """))
        .containsExactly("BatchGetItem | notes | Projection text");
  }

  @Test
  void aCallOfAnotherServiceIsItsName() {
    assertThat(CallShape.of(new Operation("kms", "Decrypt"), request("{\"KeyId\": \"secret\"}")))
        .containsExactly("kms:Decrypt");
  }

  private static List<String> shapes(String operation, String body) {
    return CallShape.of(new Operation("dynamodb", operation), request(body));
  }

  private static Request request(String body) {
    return new Request("POST", "/", Map.of(), body.getBytes(UTF_8));
  }
}
