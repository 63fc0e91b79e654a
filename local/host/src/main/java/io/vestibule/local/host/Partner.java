package io.vestibule.local.host;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** What a partner was sent, and how it is to answer from now on. */
final class Partner {

  private static final int KEPT = 1_000;

  /** How a partner answers. */
  enum Mode {
    /** As it should. */
    OK,
    /** With a status. */
    STATUS,
    /** Later than anybody waits. */
    SLOW,
    /** That it is called too often. */
    LIMIT,
    /** That it does not know who calls. */
    BAD_TOKEN,
    /** That all is well, with an error inside. */
    ERROR_IN_200
  }

  /**
   * A way to answer.
   *
   * @param times how often; then all is well again. 0 if there is no end
   */
  record Behaviour(Mode mode, int status, int times) {

    static final Behaviour WELL = new Behaviour(Mode.OK, 204, 0);

    private Behaviour next() {
      return switch (times) {
        case 0 -> this;
        case 1 -> WELL;
        default -> new Behaviour(mode, status, times - 1);
      };
    }
  }

  private record Call(Instant at, WebRequest request, int answered) {}

  private final Deque<Call> calls = new ArrayDeque<>();
  private Behaviour behaviour = Behaviour.WELL;

  synchronized void behave(Behaviour newBehaviour) {
    behaviour = newBehaviour;
  }

  /** How the call is answered that has just come. */
  synchronized Behaviour behaviour() {
    var now = behaviour;
    behaviour = behaviour.next();
    return now;
  }

  synchronized void keep(Instant at, WebRequest request, int answered) {
    calls.add(new Call(at, request, answered));
    if (calls.size() > KEPT) {
      calls.remove();
    }
  }

  /** The calls, oldest first. */
  synchronized ArrayNode calls() {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (Call call : calls) {
      var request = call.request();
      ObjectNode one = json.addObject();
      one.put("at", call.at().toString())
          .put("method", request.method())
          .put("path", request.path() + (request.query().isEmpty() ? "" : "?" + request.query()));
      ObjectNode headers = one.putObject("headers");
      for (Map.Entry<String, List<String>> header : request.headers().entrySet()) {
        headers.put(header.getKey(), String.join(",", header.getValue()));
      }
      one.put("body", new String(request.body(), StandardCharsets.UTF_8))
          .put("answered", call.answered());
    }
    return json;
  }
}
