package io.vestibule.local.host;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vestibule.local.aws.Backend;
import io.vestibule.local.aws.LambdaRequest;
import io.vestibule.local.aws.Refusal;
import io.vestibule.local.host.Outcome.Failed;
import io.vestibule.local.host.Outcome.Returned;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Lambda, as functions call it: to have another one run, and to wait for it or not.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html">Invoke</a>
 */
final class FunctionCalls implements Backend, AutoCloseable {

  private static final String CONTENT_TYPE = "application/json";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of an event to whose outcome nobody waits. */
  private static final int LARGEST_EVENT = 256 * 1_024;

  /** Of an event to whose outcome somebody waits. */
  private static final int LARGEST_REQUEST = 6 * 1_024 * 1_024;

  private static final String WAITS = "RequestResponse";

  private final Functions functions;
  private final FunctionQueue queue;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private int underWay;

  FunctionCalls(Functions functions, FunctionQueue queue) {
    this.functions = functions;
    this.queue = queue;
  }

  @Override
  public Response handle(Request request) throws IOException {
    try {
      String name =
          LambdaRequest.of(request)
              .function()
              .orElseThrow(() -> new Refusal(404, "UnknownOperationException", null));
      String function =
          logicalId(name)
              .orElseThrow(
                  () ->
                      new Refusal(404, "ResourceNotFoundException", "Function not found: " + name));
      String type = request.header("X-Amz-Invocation-Type").orElse(WAITS);
      return switch (type) {
        case WAITS -> answer(function, event(request.body(), LARGEST_REQUEST));
        case "Event" -> taken(function, event(request.body(), LARGEST_EVENT));
        default ->
            throw new Refusal(
                400, "InvalidParameterValueException", "The local run knows no type " + type);
      };
    } catch (Refusal refusal) {
      return refusal.response(CONTENT_TYPE);
    }
  }

  private Response taken(String function, JsonNode event) {
    count(1);
    threads.execute(() -> run(function, event));
    return new Response(202, Map.of(), new byte[0]);
  }

  /** A function is called by its logical id, before which the stack's name may stand. */
  private Optional<String> logicalId(String name) {
    return functions.names().stream()
        .filter(id -> name.equals(id) || name.endsWith("-" + id))
        .findFirst();
  }

  /** A function that fails is an answer, too: it says so in a header. */
  private Response answer(String function, JsonNode event) throws IOException {
    return switch (functions.invoke(function, event, "call").outcome()) {
      case Returned(var value) -> new Response(200, Map.of(), JSON.writeValueAsBytes(value));
      case Failed failed ->
          new Response(
              200,
              Map.of("X-Amz-Function-Error", "Unhandled"),
              JSON.writeValueAsBytes(failed.toJson()));
    };
  }

  private static JsonNode event(byte[] body, int largest) throws Refusal, IOException {
    if (body.length > largest) {
      throw new Refusal(413, "RequestTooLargeException", "The event is too large.");
    }
    try {
      return body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
    } catch (JacksonException e) {
      throw new Refusal(400, "InvalidRequestContentException", "The event is no JSON.");
    }
  }

  private void run(String function, JsonNode event) {
    try {
      queue.invoke(function, event, "call");
    } finally {
      count(-1);
    }
  }

  private synchronized void count(int calls) {
    underWay += calls;
    notifyAll();
  }

  /**
   * Waits until no call is under way.
   *
   * @throws IllegalStateException one still is after this time
   */
  synchronized void drain(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (underWay > 0) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        throw new IllegalStateException("Calls of functions still run after " + limit);
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
