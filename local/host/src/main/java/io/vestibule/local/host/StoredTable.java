package io.vestibule.local.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/**
 * A table as it is stored, to be looked at.
 *
 * @param items in DynamoDB's JSON; of long binary values only the beginning
 * @param hasMore whether there are more than are shown here
 */
public record StoredTable(String name, List<String> items, boolean hasMore) {

  private static final int ITEMS_SHOWN = 50;
  private static final int BASE64_SHOWN = 48;
  private static final ObjectWriter JSON = new ObjectMapper().writerWithDefaultPrettyPrinter();

  static StoredTable read(DynamoDbClient client, String name) {
    ScanResponse page = client.scan(request -> request.tableName(name).limit(ITEMS_SHOWN));
    var items = new ArrayList<String>();
    for (Map<String, AttributeValue> item : page.items()) {
      ObjectNode json = AttributeJson.ofItem(item);
      json.forEach(StoredTable::shorten);
      items.add(text(json));
    }
    return new StoredTable(name, items, page.hasLastEvaluatedKey());
  }

  private static void shorten(JsonNode value) {
    String base64 = value.path("B").asText();
    if (value instanceof ObjectNode typed && base64.length() > BASE64_SHOWN) {
      typed.put(
          "B",
          "%s… (%d bytes)".formatted(base64.substring(0, BASE64_SHOWN), base64.length() * 3 / 4));
    }
  }

  private static String text(JsonNode item) {
    try {
      return JSON.writeValueAsString(item);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree can always be written", e);
    }
  }
}
