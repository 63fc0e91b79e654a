package io.vestibule.local.host;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vestibule.local.aws.Backend;
import io.vestibule.local.aws.LambdaRequest;
import io.vestibule.local.aws.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Lambda, as functions call it: to have another one run, without waiting for it.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html">Invoke</a>
 */
final class FunctionCalls implements Backend, AutoCloseable {

  private static final String CONTENT_TYPE = "application/json";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of an event to whose outcome nobody waits. */
  private static final int LARGEST_EVENT = 256 * 1_024;

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
      String function =
          LambdaRequest.of(request)
              .function()
              .orElseThrow(() -> new Refusal(404, "UnknownOperationException", null));
      if (!functions.names().contains(function)) {
        throw new Refusal(404, "ResourceNotFoundException", "Function not found: " + function);
      }
      if (!request.header("X-Amz-Invocation-Type").orElse("RequestResponse").equals("Event")) {
        throw new Refusal(
            400,
            "InvalidParameterValueException",
            "The local run knows calls of the type Event only.");
      }
      JsonNode event = event(request.body());
      count(1);
      threads.execute(() -> run(function, event));
      return new Response(202, Map.of(), new byte[0]);
    } catch (Refusal refusal) {
      return refusal.response(CONTENT_TYPE);
    }
  }

  private static JsonNode event(byte[] body) throws Refusal, IOException {
    if (body.length > LARGEST_EVENT) {
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
