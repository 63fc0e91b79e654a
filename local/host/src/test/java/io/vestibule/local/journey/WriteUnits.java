package io.vestibule.local.journey;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Json;
import io.vestibule.local.aws.Backend;
import io.vestibule.local.iam.Caller;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Stands before the database, and has it say what each write costs: it knows all of what DynamoDB
 * goes by, the sizes of rows before and after, the indexes that a change touches, and transactions.
 */
final class WriteUnits implements Backend {

  private static final Set<String> WRITES =
      Set.of("PutItem", "UpdateItem", "DeleteItem", "TransactWriteItems");

  /**
   * What one request has cost in one table.
   *
   * @param caller the logical id of a function
   * @param ofIndexes how many of the units are for the table's indexes
   */
  record Cost(String caller, String operation, String table, long units, long ofIndexes) {

    /** As a row of the documents begins, which says why after it. */
    @Override
    public String toString() {
      return "| %s | %s | %s | %d | %d |".formatted(caller, operation, table, units, ofIndexes);
    }
  }

  private final Backend database;
  private final Queue<Cost> costs = new ConcurrentLinkedQueue<>();

  WriteUnits(Backend database) {
    this.database = database;
  }

  /** All of them so far. */
  List<Cost> costs() {
    return List.copyOf(costs);
  }

  @Override
  public Response handle(Request request) throws IOException {
    var operation = request.jsonOperation().filter(WRITES::contains);
    if (operation.isEmpty()) {
      return database.handle(request);
    }
    var asked = (ObjectNode) Json.MAPPER.readTree(request.body());
    asked.put("ReturnConsumedCapacity", "INDEXES");
    var response =
        database.handle(
            new Request(
                request.method(),
                request.target(),
                request.headers(),
                Json.MAPPER.writeValueAsBytes(asked)));
    var caller = Caller.of(request).orElseThrow().accessKeyId();
    var said = Json.MAPPER.readTree(response.body()).path("ConsumedCapacity");
    (said.isArray() ? said : List.of(said))
        .forEach(capacity -> costs.add(cost(caller, operation.get(), asked, capacity)));
    return response;
  }

  /**
   * Of several items that a transaction writes into one table, the database tells what one costs.
   * Here they are counters, which all cost the same.
   */
  private static Cost cost(String caller, String operation, JsonNode asked, JsonNode capacity) {
    var table = capacity.path("TableName").asText();
    long items =
        Math.max(1, asked.findValuesAsText("TableName").stream().filter(table::equals).count());
    long ofIndexes =
        capacity
            .path("GlobalSecondaryIndexes")
            .valueStream()
            .mapToLong(index -> index.path("CapacityUnits").asLong())
            .sum();
    return new Cost(
        caller,
        operation,
        table,
        items * capacity.path("CapacityUnits").asLong(),
        items * ofIndexes);
  }
}
