package io.vestibule.local.aws;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Passes every request on to a server, body and signature as they are. Only what belongs to one
 * connection is made anew: the Host header is the server's own, a body is sent with its length.
 */
public final class Forward implements Backend {

  /** RFC 9110, section 7.6.1, and what java.net.http sets itself. */
  private static final Set<String> CONNECTION_HEADERS =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "http2-settings",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private final URI server;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /** Passes requests on to a server, given by scheme, host and port. */
  public Forward(URI server) {
    this.server = server;
  }

  @Override
  public Response handle(Request request) throws IOException {
    var builder = HttpRequest.newBuilder(target(request)).method(request.method(), body(request));
    request
        .headers()
        .forEach(
            (name, value) -> {
              if (!CONNECTION_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                builder.header(name, value);
              }
            });
    var response = send(builder.build());
    return new Response(response.statusCode(), headers(request, response), response.body());
  }

  private URI target(Request request) throws IOException {
    try {
      return new URI(server.getScheme() + "://" + server.getRawAuthority() + request.target());
    } catch (URISyntaxException e) {
      throw new IOException("This is no request target: " + request.target(), e);
    }
  }

  private static BodyPublisher body(Request request) {
    return request.body().length == 0
        ? BodyPublishers.noBody()
        : BodyPublishers.ofByteArray(request.body());
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
    try {
      return client.send(request, BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("while waiting for " + server).initCause(e);
    }
  }

  /** Content-Length says something of its own only in the answer to HEAD, which has no body. */
  private static Map<String, String> headers(Request request, HttpResponse<byte[]> response) {
    var headers = new LinkedHashMap<String, String>();
    response
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              var lower = name.toLowerCase(Locale.ROOT);
              if (!CONNECTION_HEADERS.contains(lower)
                  || (lower.equals("content-length") && request.method().equals("HEAD"))) {
                headers.put(name, String.join(",", values));
              }
            });
    return headers;
  }
}
