package io.vestibule.local.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vestibule.local.aws.Backend;
import io.vestibule.local.aws.Backend.Request;
import io.vestibule.local.aws.Backend.Response;
import io.vestibule.local.aws.Loopback;
import io.vestibule.local.aws.Operation;
import io.vestibule.local.gateway.CallLog.Call;
import io.vestibule.local.iam.Access;
import io.vestibule.local.iam.AccessDenied;
import io.vestibule.local.iam.AccessRequests;
import io.vestibule.local.iam.Authorizer;
import io.vestibule.local.iam.Caller;
import io.vestibule.local.iam.Decision;
import io.vestibule.local.iam.Deployed;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The one address at which this machine has AWS. It reads from a request's signature who calls
 * which service, lets the request pass if the caller's role allows it, and records it.
 */
public final class Gateway implements AutoCloseable {

  /** Of this connection only, or counted anew because the body is known whole. */
  private static final Set<String> HOP_BY_HOP =
      Set.of("connection", "content-length", "date", "expect", "keep-alive", "transfer-encoding");

  private record Verdict(List<Access> accesses, Decision decision) {

    static final Verdict OF_OPERATOR = new Verdict(List.of(), new Decision.Allowed(List.of()));
  }

  private record Roles(
      Authorizer authorizer, AccessRequests accessRequests, CallInventory inventory) {

    Verdict verdict(Caller caller, Operation operation, Request request) {
      if (!authorizer.isFunction(caller.accessKeyId())) {
        return Verdict.OF_OPERATOR;
      }
      inventory.add(caller.accessKeyId(), operation, request);
      List<Access> accesses = accessRequests.of(operation, request);
      return new Verdict(accesses, authorizer.decide(caller.accessKeyId(), accesses));
    }
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Backend> backends;
  private final CallLog calls;
  private final Clock clock;
  private final Deployed deployed = new Deployed();
  private volatile @Nullable Roles roles;

  /**
   * Starts to answer, on loopback only.
   *
   * @param port 0 for any that is free
   * @param backends by the name that requests are signed for: {@code dynamodb} (streams too),
   *     {@code kms}, {@code ses}, {@code s3}, {@code secretsmanager}
   * @throws IOException if the port is taken
   */
  public Gateway(int port, Map<String, Backend> backends, CallLog calls, Clock clock)
      throws IOException {
    this.backends = new ConcurrentHashMap<>(backends);
    this.calls = calls;
    this.clock = clock;
    server = Loopback.server(port);
    server.setExecutor(threads);
    server.createContext("/", this::exchange);
    server.start();
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** From now on there is this service too, by the name that requests are signed for. */
  public void serve(String service, Backend backend) {
    backends.put(service, backend);
  }

  /** From now on what a service is asked goes to something that stands before it. */
  public void putBefore(String service, UnaryOperator<Backend> before) {
    backends.computeIfPresent(service, (_, it) -> before.apply(it));
  }

  public CallLog calls() {
    return calls;
  }

  /**
   * From now on functions may do what their roles allow. Before, there is no stack and so no
   * function, and every caller is an operator.
   */
  public void enforce(Authorizer authorizer) {
    enforce(authorizer, CallInventory.none());
  }

  /**
   * The same.
   *
   * @param inventory is told of every call that a function makes
   */
  public void enforce(Authorizer authorizer, CallInventory inventory) {
    roles = new Roles(authorizer, new AccessRequests(authorizer.stack(), deployed), inventory);
  }

  private void exchange(HttpExchange exchange) throws IOException {
    try (exchange) {
      Request request = request(exchange);
      Response response = answer(request);
      boolean isHead = request.method().equals("HEAD");
      response
          .headers()
          .forEach(
              (name, value) -> {
                boolean isLengthOfHead = isHead && name.equalsIgnoreCase("content-length");
                if (isLengthOfHead || !HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                  exchange.getResponseHeaders().set(name, value);
                }
              });
      byte[] body = isHead ? new byte[0] : response.body();
      exchange.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static Request request(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    var headers = new TreeMap<String, String>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                headers.put(name, String.join(",", values));
              }
            });
    headers.put("Content-Length", Integer.toString(body.length));
    return new Request(
        exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body);
  }

  private Response answer(Request request) {
    return Caller.of(request)
        .map(caller -> answer(caller, request))
        .orElseGet(
            () -> AccessDenied.response("", "The request has no Signature Version 4 credentials"));
  }

  private Response answer(Caller caller, Request request) {
    Operation operation = Operation.of(caller.service(), request);
    deployed.watch(operation, request);
    Roles enforced = roles;
    Verdict verdict =
        enforced == null ? Verdict.OF_OPERATOR : enforced.verdict(caller, operation, request);
    Response response =
        switch (verdict.decision()) {
          case Decision.Allowed allowed -> forward(caller.service(), request);
          case Decision.Denied denied -> AccessDenied.response(caller.service(), denied.message());
        };
    calls.add(
        new Call(
            clock.instant(),
            caller.accessKeyId(),
            caller.service(),
            operation.name(),
            verdict.accesses(),
            verdict.decision() instanceof Decision.Allowed,
            response.status()));
    return response;
  }

  private Response forward(String service, Request request) {
    Backend backend = backends.get(service);
    if (backend == null) {
      return AccessDenied.response(service, "There is no service " + service + " here");
    }
    try {
      return backend.handle(request);
    } catch (IOException unreachable) {
      return new Response(502, Map.of(), new byte[0]);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
