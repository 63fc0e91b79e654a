package io.vestibule.local.packaged;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * What Lambda is to the process of one function: it hands out one event after the other.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Lambda runtime
 *     API</a>
 */
final class RuntimeApi implements AutoCloseable {

  private static final String ROOT = "/2018-06-01/runtime/";
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final HttpServer server;
  private final BlockingQueue<String> events = new ArrayBlockingQueue<>(1);
  private final BlockingQueue<Answer> answers = new ArrayBlockingQueue<>(4);

  /**
   * What a function made of an event.
   *
   * @param how {@code response}, or {@code error}
   */
  record Answer(String how, String body) {}

  RuntimeApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(ROOT + "invocation/next", this::next);
    server.createContext(ROOT, this::answered);
    server.start();
  }

  /** Host and port, as a function's environment has them. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Hands an event out, and waits for what comes of it; also for the end of the start. */
  Answer invoke(String event) throws InterruptedException {
    events.put(event);
    var answer = answers.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
    return answer == null ? new Answer("silence", "") : answer;
  }

  /** The process has ended: nobody answers any more. */
  void ended(int exitCode) {
    answers.add(new Answer("end", "exit code " + exitCode));
  }

  private void next(HttpExchange exchange) throws IOException {
    try {
      var event = events.take().getBytes(UTF_8);
      var headers = exchange.getResponseHeaders();
      headers.set("Content-Type", "application/json");
      headers.set("Lambda-Runtime-Aws-Request-Id", UUID.randomUUID().toString());
      headers.set(
          "Lambda-Runtime-Deadline-Ms", Long.toString(Instant.now().plus(LIMIT).toEpochMilli()));
      headers.set(
          "Lambda-Runtime-Invoked-Function-Arn",
          "arn:aws:lambda:us-east-1:000000000000:function:packaged");
      exchange.sendResponseHeaders(200, event.length);
      exchange.getResponseBody().write(event);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      exchange.close();
    }
  }

  /** {@code init/error}, and {@code invocation/<id>/response} or {@code …/error}. */
  private void answered(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath();
    var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    answers.add(new Answer(path.substring(path.lastIndexOf('/') + 1), body));
    exchange.sendResponseHeaders(202, -1);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
