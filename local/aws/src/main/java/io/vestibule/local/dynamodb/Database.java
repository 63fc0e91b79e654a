package io.vestibule.local.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.local.aws.Backend;
import io.vestibule.local.aws.Refusal;
import java.io.IOException;
import java.util.HashMap;
import java.util.function.Consumer;

/**
 * The database, asked in the name of a caller.
 *
 * @param request the caller's own: what is asked bears its signature
 */
record Database(Backend database, Backend.Request request) {

  private static final JsonMapper JSON = new JsonMapper();

  /**
   * Describes a table.
   *
   * @throws Refusal if there is none
   */
  JsonNode table(String name) throws IOException, Refusal {
    var response = ask("DescribeTable", object().put("TableName", name));
    if (response.status() != 200) {
      throw new Refusal(400, "TableNotFoundException", "Table not found: " + name);
    }
    return JSON.readTree(response.body()).path("Table");
  }

  /**
   * Reads all items of a table, as DynamoDB JSON.
   *
   * @throws Refusal if the database does not answer with one page of them
   */
  void scan(String table, Consumer<JsonNode> items) throws IOException, Refusal {
    var scan = object().put("TableName", table).put("ConsistentRead", true);
    JsonNode next;
    do {
      var response = ask("Scan", scan);
      if (response.status() != 200) {
        throw new Refusal(500, "InternalServerError", "The table cannot be read.");
      }
      JsonNode page = JSON.readTree(response.body());
      page.path("Items").forEach(items);
      next = page.path("LastEvaluatedKey");
      scan.set("ExclusiveStartKey", next);
    } while (next.isObject());
  }

  private Backend.Response ask(String operation, ObjectNode body) throws IOException {
    var headers = new HashMap<>(request.headers());
    headers.put("x-amz-target", "DynamoDB_20120810." + operation);
    return database.handle(new Backend.Request("POST", "/", headers, JSON.writeValueAsBytes(body)));
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
