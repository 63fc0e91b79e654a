package io.vestibule.local.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Another web site, good or bad: static pages on an origin of its own. */
final class Neighbour implements AutoCloseable {

  /** Where the browser finds it; the test's form definition names the same origin. */
  static final String ORIGIN = "http://neighbour.test";

  private final Map<String, String> pages = new ConcurrentHashMap<>();
  private final HttpServer server;

  private Neighbour(HttpServer server) {
    this.server = server;
  }

  static Neighbour start() throws IOException {
    var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var neighbour = new Neighbour(HttpServer.create(loopback, 0));
    neighbour.server.createContext("/", neighbour::answer);
    neighbour.server.start();
    return neighbour;
  }

  /** Makes the browser find the origin here, and nothing else anywhere but on loopback. */
  Stream<String> resolved() {
    return Stream.of(
        "--host-resolver-rules=MAP neighbour.test 127.0.0.1:%d, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
            .formatted(server.getAddress().getPort()));
  }

  /** Puts a page online, and returns its address. */
  String shows(String path, String body) {
    pages.put(path, "<!doctype html><html lang=en><title>Neighbour</title>" + body);
    return ORIGIN + path;
  }

  private void answer(HttpExchange exchange) {
    try (exchange) {
      byte[] page = pages.getOrDefault(exchange.getRequestURI().getPath(), "").getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
      exchange.sendResponseHeaders(200, page.length == 0 ? -1 : page.length);
      exchange.getResponseBody().write(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
