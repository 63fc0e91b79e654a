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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * What Lambda is to the process of one function: it hands out one event after the other, after a
 * snapshot if the function waits to be restored from one.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Lambda runtime
 *     API</a>
 */
public final class RuntimeApi implements AutoCloseable {

  private static final String CREDENTIALS = "/credentials";
  private static final String ROOT = "/2018-06-01/runtime/";
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final String accessKeyId;
  private final HttpServer server;
  private final BlockingQueue<String> events = new ArrayBlockingQueue<>(1);
  private final BlockingQueue<Answer> answers = new ArrayBlockingQueue<>(4);
  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch restored = new CountDownLatch(1);

  /**
   * What a function made of an event.
   *
   * @param how {@code response}, or {@code error}
   */
  public record Answer(String how, String body) {}

  /**
   * Begins to answer.
   *
   * @param accessKeyId whom the credentials are of that a restored function asks for
   */
  RuntimeApi(String accessKeyId) throws IOException {
    this.accessKeyId = accessKeyId;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(ROOT + "invocation/next", this::next);
    server.createContext(ROOT + "restore/next", this::restore);
    server.createContext(ROOT, this::answered);
    server.createContext(CREDENTIALS, this::credentials);
    server.start();
  }

  /** Host and port, as a function's environment has them. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Where a restored function gets its credentials: those of its start would have expired. */
  String credentials() {
    return "http://" + address() + CREDENTIALS;
  }

  /** Hands an event out, and waits for what comes of it; also for the end of the start. */
  Answer invoke(String event) throws InterruptedException {
    events.put(event);
    var answer = answers.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
    return answer == null ? new Answer("silence", "") : answer;
  }

  /**
   * Waits until the function is as its snapshot has it.
   *
   * @throws IllegalStateException it has not come so far
   */
  void awaitSnapshot() throws InterruptedException {
    if (!started.await(LIMIT.toSeconds(), TimeUnit.SECONDS) || !answers.isEmpty()) {
      throw new IllegalStateException("It has not started: " + answers);
    }
  }

  /** Lets the function go on from its snapshot. */
  void restore() {
    restored.countDown();
  }

  /** The process has ended: nobody answers any more. */
  void ended(int exitCode) {
    answers.add(new Answer("end", "exit code " + exitCode));
    started.countDown();
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

  /**
   * Asked after the code's own hooks before a snapshot; the answer is what a restore begins with.
   */
  private void restore(HttpExchange exchange) throws IOException {
    try {
      started.countDown();
      restored.await();
      exchange.sendResponseHeaders(200, -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      exchange.close();
    }
  }

  private void credentials(HttpExchange exchange) throws IOException {
    var body =
        """
        {"AccessKeyId": "%s", "SecretAccessKey": "local", "Token": "local", "Expiration": "%s"}"""
            .formatted(accessKeyId, Instant.now().plus(Duration.ofHours(6)))
            .getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
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
