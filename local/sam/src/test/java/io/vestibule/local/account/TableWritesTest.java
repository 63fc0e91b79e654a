package io.vestibule.local.account;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vestibule.local.aws.Backend;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableWritesTest {

  private final TableWrites writes = new TableWrites();
  private final List<String> heard = new ArrayList<>();
  private final Backend database =
      writes.before(
          request -> {
            heard.add("done");
            return new Backend.Response(200, Map.of(), new byte[0]);
          });

  TableWritesTest() {
    writes.tell("notes", () -> heard.add("told"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PutItem",
        "UpdateItem",
        "DeleteItem",
        "TransactWriteItems",
        "BatchWriteItem",
        "OfNextYear"
      })
  void whateverMayHaveChangedTheTableIsToldWhenItIsDone(String operation) throws IOException {
    send(operation, "{'TableName':'notes'}");

    assertThat(heard).containsExactly("done", "told");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'TransactItems':[{'Put':{'TableName':'others'}},{'Put':{'TableName':'notes'}}]}",
        "{'TableName':'arn:aws:dynamodb:us-east-1:000000000000:table/notes'}"
      })
  void theTableMayBeOneOfSeveralAndNamedByItsArn(String body) throws IOException {
    send("TransactWriteItems", body);

    assertThat(heard).contains("told");
  }

  @Test
  void whatCannotHaveChangedItIsNotTold() throws IOException {
    send("Query", "{'TableName':'notes'}");
    send("PutItem", "{'TableName':'others'}");

    assertThat(heard).containsExactly("done", "done");
  }

  /** The request may have taken effect. */
  @Test
  void aLostAnswerIsToldToo() {
    var lost =
        writes.before(
            request -> {
              throw new IOException("lost");
            });

    assertThatThrownBy(() -> lost.handle(request("PutItem", "{'TableName':'notes'}")))
        .isInstanceOf(IOException.class);
    assertThat(heard).containsExactly("told");
  }

  private void send(String operation, String body) throws IOException {
    database.handle(request(operation, body));
  }

  /** JSON written with single quotes. */
  private static Backend.Request request(String operation, String body) {
    return new Backend.Request(
        "POST",
        "/",
        Map.of("X-Amz-Target", "DynamoDB_20120810." + operation),
        body.replace('\'', '"').getBytes(UTF_8));
  }
}
