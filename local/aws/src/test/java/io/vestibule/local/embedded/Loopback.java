package io.vestibule.local.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.util.List;

/** Asks from this machine's other addresses whether a server listens there, too. */
final class Loopback {

  private Loopback() {}

  static void assertIsTheOnlyWayTo(URI endpoint) throws IOException {
    connect(InetAddress.getLoopbackAddress(), endpoint.getPort());
    var others = otherAddresses();
    assumeFalse(others.isEmpty(), "this machine has a loopback interface only");
    for (var address : others) {
      assertThatExceptionOfType(IOException.class)
          .as("connecting to %s", address)
          .isThrownBy(() -> connect(address, endpoint.getPort()));
    }
  }

  private static List<InetAddress> otherAddresses() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !address.isLoopbackAddress())
        .toList();
  }

  private static void connect(InetAddress address, int port) throws IOException {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 5_000);
      assertThat(socket.isConnected()).isTrue();
    }
  }
}
