package io.vestibule.local.host;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/**
 * An HTTP server on this machine's loopback address.
 *
 * <p>Jetty, because it hands a target on as it was sent: the JDK's server refuses some that
 * browsers send, and that API Gateway lets through.
 */
final class WebServer implements AutoCloseable {

  /** Answers one request; it may be called on several threads at a time. */
  @FunctionalInterface
  interface Site {
    WebResponse answer(WebRequest request);
  }

  /** What an HTTP API takes: bodies of 10 MB, and 10,240 bytes of request line and headers. */
  private static final int LARGEST_BODY = 10 * 1024 * 1024;

  private static final int LARGEST_HEAD = 10_240;

  private final Server server;
  private final ServerConnector connector;

  /**
   * Binds a port, 0 for any free one; requests wait until {@link #serve}.
   *
   * @throws StartFailure the port is taken
   */
  static WebServer listen(int port) {
    var server = new WebServer(port);
    try {
      server.connector.open();
      return server;
    } catch (IOException e) {
      throw new StartFailure(
          "Port %d cannot be had; set PORT to another one, or to 0 for any that is free."
              .formatted(port),
          e);
    }
  }

  private WebServer(int port) {
    server = new Server(new VirtualThreadPool());
    var configuration = new HttpConfiguration();
    configuration.setUriCompliance(UriCompliance.UNSAFE);
    configuration.setRequestHeaderSize(LARGEST_HEAD);
    configuration.setSendServerVersion(false);
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
    connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    connector.setPort(port);
    server.addConnector(connector);
    server.setErrorHandler(WebServer::refuse);
  }

  /** The address by the name that people type. */
  URI uri() {
    return URI.create("http://localhost:" + connector.getLocalPort());
  }

  InetSocketAddress address() throws IOException {
    return (InetSocketAddress) ((ServerSocketChannel) connector.getTransport()).getLocalAddress();
  }

  void serve(Site site) {
    server.setHandler(new Adapter(site));
    LifeCycle.start(server);
  }

  @Override
  public void close() {
    connector.close();
    LifeCycle.stop(server);
  }

  /** Answers in the server's own name, in the gateway's form. */
  private static boolean refuse(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    send(WebResponse.message(status, HttpStatus.getMessage(status)), response, callback);
    return true;
  }

  private static void send(WebResponse answer, Response response, Callback callback) {
    response.setStatus(answer.status());
    answer
        .headers()
        .forEach(header -> response.getHeaders().add(header.getKey(), header.getValue()));
    response.write(true, ByteBuffer.wrap(answer.body()), callback);
  }

  private static final class Adapter extends Handler.Abstract {

    private final Site site;

    private Adapter(Site site) {
      this.site = site;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback)
        throws IOException {
      byte[] body;
      try (InputStream content = Content.Source.asInputStream(request)) {
        body = content.readNBytes(LARGEST_BODY + 1);
      }
      WebResponse answer =
          body.length > LARGEST_BODY
              ? WebResponse.message(413, "Request Entity Too Large")
              : site.answer(translate(request, body));
      send(answer, response, callback);
      return true;
    }

    private static WebRequest translate(Request request, byte[] body) {
      var headers = new TreeMap<String, List<String>>();
      request
          .getHeaders()
          .forEach(
              field ->
                  headers
                      .computeIfAbsent(
                          field.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                      .add(field.getValue() == null ? "" : field.getValue()));
      String path = request.getHttpURI().getPath();
      String query = request.getHttpURI().getQuery();
      return new WebRequest(
          request.getMethod(),
          path == null ? "/" : path,
          query == null ? "" : query,
          request.getConnectionMetaData().getProtocol(),
          headers,
          body);
    }
  }
}
