package io.vestibule.delivery.kind;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vestibule.local.partners.PartnerAnswer;
import io.vestibule.local.partners.PartnerCall;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A partner of the local run, on a port of its own; its answers can get lost. */
public final class PartnerServer implements AutoCloseable {

  private final HttpServer server;
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final List<String> sent = new CopyOnWriteArrayList<>();
  private final AtomicInteger untilLost = new AtomicInteger(Integer.MAX_VALUE);
  private volatile boolean isDeaf;
  private volatile Optional<PartnerAnswer> instead = Optional.empty();
  private volatile Function<PartnerCall, PartnerAnswer> partner = _ -> new PartnerAnswer(503, "");

  public PartnerServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::take);
    server.start();
  }

  /** Who answers. */
  public void be(Function<PartnerCall, PartnerAnswer> who) {
    partner = who;
  }

  public URI url() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  /** What was called: method and path. */
  public List<String> calls() {
    return calls;
  }

  /** All that came with each call: method, address, headers and body, as they were written. */
  public List<String> sent() {
    return sent;
  }

  /**
   * One call, counted from 0, is never answered.
   *
   * @param isDeaf whether it did not even arrive
   */
  public void lose(int call, boolean isDeaf) {
    this.isDeaf = isDeaf;
    untilLost.set(call);
  }

  /** Every call is answered so, as long as there is something. */
  public void answer(Optional<PartnerAnswer> always) {
    instead = always;
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      var call = call(exchange);
      calls.add(call.method() + " " + call.path());
      sent.add(
          "%s %s %s %s"
              .formatted(
                  call.method(),
                  exchange.getRequestURI(),
                  exchange.getRequestHeaders().entrySet(),
                  new String(call.body(), UTF_8)));
      boolean isLost = untilLost.getAndDecrement() == 0;
      if (isLost && isDeaf) {
        return;
      }
      var answer = instead.orElseGet(() -> partner.apply(call));
      if (isLost) {
        return;
      }
      byte[] body = answer.body().getBytes(UTF_8);
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static PartnerCall call(HttpExchange exchange) throws IOException {
    var uri = exchange.getRequestURI();
    return new PartnerCall(
        exchange.getRequestMethod(),
        uri.getPath(),
        Objects.requireNonNullElse(uri.getRawQuery(), ""),
        exchange.getRequestHeaders().entrySet().stream()
            .collect(
                toMap(it -> it.getKey().toLowerCase(Locale.ROOT), it -> it.getValue().getFirst())),
        exchange.getRequestBody().readAllBytes());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
