package io.vestibule.local.aws;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Servers that only this machine reaches. */
public final class Loopback {

  static {
    // Or the end of an answer above 8 KB waits for 40 ms, until the client confirms the beginning.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private Loopback() {}

  /**
   * A server that answers nothing yet and has not begun to.
   *
   * @param port 0 for any that is free
   * @throws IOException if the port is taken
   */
  public static HttpServer server(int port) throws IOException {
    return HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 0);
  }
}
