package io.vestibule.local.host;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.events.CloudFormationCustomResourceEvent;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Env;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Handlers as people write them, one for each thing that can happen in one. */
final class Handlers {

  private Handlers() {}

  /** Answers an HTTP event with its path, and says what it knows about itself. */
  public static final class Http
      implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {

    private final String greeting;
    private final AtomicInteger calls = new AtomicInteger();

    public Http() {
      this(Env.ofProcess(), Clock.systemUTC());
    }

    public Http(Env env, Clock clock) {
      greeting = env.read(variables -> variables.text("GREETING"));
    }

    @Override
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
      System.out.println("served " + event.getRawPath());
      return APIGatewayV2HTTPResponse.builder()
          .withStatusCode(200)
          .withHeaders(
              Map.of(
                  "Content-Type", "text/plain",
                  "X-Calls", Integer.toString(calls.incrementAndGet()),
                  "X-Function", context.getFunctionName()))
          .withBody(greeting + " " + event.getRawPath())
          .build();
    }
  }

  /** Copies its event. */
  public static final class Copy implements RequestStreamHandler {

    public Copy() {}

    public Copy(Env env, Clock clock) {}

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context)
        throws IOException {
      input.transferTo(output);
    }
  }

  /** Throws. */
  public static final class Throwing implements RequestHandler<Map<String, String>, String> {

    public Throwing() {}

    public Throwing(Env env, Clock clock) {}

    @Override
    public String handleRequest(Map<String, String> event, Context context) {
      throw new IllegalStateException("no " + event.get("what"));
    }
  }

  /** Answers with how often this environment was used, or is told to die of it. */
  public static final class Mortal implements RequestHandler<String, Integer> {

    private final AtomicInteger calls = new AtomicInteger();

    public Mortal() {}

    public Mortal(Env env, Clock clock) {}

    @Override
    public Integer handleRequest(String what, Context context) {
      if (what.equals("die")) {
        throw new OutOfMemoryError("no heap");
      }
      return calls.incrementAndGet();
    }
  }

  /** Prints from a thread of its own. */
  public static final class Threaded implements RequestHandler<Map<String, String>, String> {

    public Threaded() {}

    public Threaded(Env env, Clock clock) {}

    @Override
    public String handleRequest(Map<String, String> event, Context context) {
      try {
        Thread.ofVirtual().start(() -> System.out.println("from a thread of mine")).join();
        return "printed";
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return "interrupted";
      }
    }
  }

  /** Never ends by itself. */
  public static final class Endless implements RequestHandler<Map<String, String>, String> {

    public Endless() {}

    public Endless(Env env, Clock clock) {}

    @Override
    public String handleRequest(Map<String, String> event, Context context) {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return "interrupted";
    }
  }

  /** Takes half a second, in which a stop may come. */
  public static final class Slow implements RequestHandler<Map<String, String>, String> {

    public Slow() {}

    public Slow(Env env, Clock clock) {}

    @Override
    public String handleRequest(Map<String, String> event, Context context) {
      System.out.println("begun");
      try {
        Thread.sleep(Duration.ofMillis(500));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return "interrupted";
      }
      return "ended";
    }
  }

  /** Lambda could not run it: it has no constructor without parameters. */
  public static final class Unbuildable implements RequestHandler<Map<String, String>, String> {

    public Unbuildable(Env env, Clock clock) {}

    @Override
    public String handleRequest(Map<String, String> event, Context context) {
      return "";
    }
  }

  /** Answers an HTTP event with the event, so that a test can look at it. */
  public static final class HttpCopy implements RequestStreamHandler {

    private static final ObjectMapper JSON = new ObjectMapper();

    public HttpCopy() {}

    public HttpCopy(Env env, Clock clock) {}

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context)
        throws IOException {
      String event = new String(input.readAllBytes(), StandardCharsets.UTF_8);
      ObjectNode response = JSON.createObjectNode().put("statusCode", 200).put("body", event);
      response.putArray("cookies").add("a=1").add("b=2");
      response.putObject("multiValueHeaders").putArray("X-Many").add("1").add("2");
      JSON.writeValue(output, response);
    }
  }

  /** Answers CloudFormation with the status that the resource's property Answer says. */
  public static final class Creator
      implements RequestHandler<CloudFormationCustomResourceEvent, String> {

    public Creator() {}

    public Creator(Env env, Clock clock) {}

    @Override
    public String handleRequest(CloudFormationCustomResourceEvent event, Context context) {
      System.out.println(
          "%s %s of %s"
              .formatted(
                  event.getRequestType(), event.getLogicalResourceId(), event.getResourceType()));
      String answer =
          "{\"Status\":\"%s\",\"Reason\":\"for want of time\"}"
              .formatted(event.getResourceProperties().get("Answer"));
      try (var client = HttpClient.newHttpClient()) {
        return client
            .send(
                HttpRequest.newBuilder(URI.create(event.getResponseUrl()))
                    .PUT(HttpRequest.BodyPublishers.ofString(answer))
                    .build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return "interrupted";
      }
    }
  }
}
