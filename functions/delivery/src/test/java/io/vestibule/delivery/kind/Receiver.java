package io.vestibule.delivery.kind;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** Somebody who is called, on this machine, and answers as they are told. */
public final class Receiver implements AutoCloseable {

  private final HttpServer server;
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final Deque<Answering> answers = new ConcurrentLinkedDeque<>();
  private volatile Answering usual = exchange -> exchange.sendResponseHeaders(204, -1);

  /** A call as it came. */
  public record Call(String path, HttpHeaders headers, byte[] body) {

    public String header(String name) {
      return headers.firstValue(name).orElse("");
    }
  }

  /** Answers a call. */
  public interface Answering {
    void answer(HttpExchange exchange) throws IOException;
  }

  public Receiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::take);
    server.start();
  }

  /** The next call is answered so, and those after it with 204. */
  public void answer(Answering answering) {
    answers.add(answering);
  }

  public void answer(int status, String body, Map<String, String> headers) {
    answer(
        exchange -> {
          headers.forEach(exchange.getResponseHeaders()::set);
          exchange.sendResponseHeaders(status, body.isEmpty() ? -1 : body.getBytes(UTF_8).length);
          exchange.getResponseBody().write(body.getBytes(UTF_8));
        });
  }

  /** Calls of a path wait. */
  public void slow(String path, CountDownLatch until) {
    usual =
        exchange -> {
          if (exchange.getRequestURI().getPath().equals(path)) {
            try {
              until.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
          exchange.sendResponseHeaders(204, -1);
        };
  }

  public void usually(int status, String body) {
    usual =
        exchange -> {
          exchange.sendResponseHeaders(status, body.getBytes(UTF_8).length);
          exchange.getResponseBody().write(body.getBytes(UTF_8));
        };
  }

  /** Whatever has no answer of its own is answered so from now on. */
  public void usually(int status) {
    usual = exchange -> exchange.sendResponseHeaders(status, -1);
  }

  public URI url(String path) {
    return URI.create("http://localhost:" + server.getAddress().getPort() + path);
  }

  public List<Call> calls() {
    return calls;
  }

  private void take(HttpExchange exchange) {
    try (exchange) {
      calls.add(
          new Call(
              exchange.getRequestURI().toString(),
              HttpHeaders.of(exchange.getRequestHeaders(), (name, value) -> true),
              exchange.getRequestBody().readAllBytes()));
      Optional.ofNullable(answers.poll()).orElse(usual).answer(exchange);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
