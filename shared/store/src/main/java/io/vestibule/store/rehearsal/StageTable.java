package io.vestibule.store.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vestibule.core.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * DynamoDB as it is on a stage: a few rows in this process, behind a socket that nobody else
 * reaches. It takes every write and keeps none.
 */
final class StageTable implements AutoCloseable {

  /** No name that anybody would have to look up. */
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private final HttpServer server;

  private StageTable(HttpServer server) {
    this.server = server;
  }

  static StageTable of(Map<String, ObjectNode> rows) throws IOException {
    var address = new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), 0);
    var server = HttpServer.create(address, 0);
    server.createContext("/", exchange -> answer(exchange, rows));
    server.start();
    return new StageTable(server);
  }

  /** What leads there, instead of to AWS. */
  Map<String, String> variables() {
    return Map.of(
        "AWS_ENDPOINT_URL", "http://127.0.0.1:" + server.getAddress().getPort(),
        "AWS_ACCESS_KEY_ID", "rehearsal",
        "AWS_SECRET_ACCESS_KEY", "rehearsal",
        "AWS_SESSION_TOKEN", "rehearsal",
        // What is done for the first time takes its time.
        "TIME_LIMITS_PERCENT", "1000");
  }

  private static void answer(HttpExchange exchange, Map<String, ObjectNode> rows)
      throws IOException {
    try (exchange) {
      var asked = Json.MAPPER.readTree(exchange.getRequestBody());
      var target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      var answer = Json.MAPPER.writeValueAsBytes(answer(target, asked, rows));
      // A connection that is kept would be kept in the snapshot.
      exchange.getResponseHeaders().set("Connection", "close");
      exchange.getResponseHeaders().set("X-Amz-Crc32", checksum(answer));
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  /** The client checks what DynamoDB says of each answer. */
  private static String checksum(byte[] answer) {
    var checksum = new CRC32();
    checksum.update(answer);
    return Long.toString(checksum.getValue());
  }

  private static JsonNode answer(String target, JsonNode asked, Map<String, ObjectNode> rows) {
    var answer = Json.MAPPER.createObjectNode();
    var found = asked.findValuesAsText("S").stream().filter(rows::containsKey).map(rows::get);
    switch (target.substring(target.lastIndexOf('.') + 1)) {
      case "GetItem" -> found.forEach(row -> answer.set("Item", row));
      case "Query" -> found.forEach(answer.putArray("Items")::add);
      default -> {} // It was written.
    }
    return answer;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
