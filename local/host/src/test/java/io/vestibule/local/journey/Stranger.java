package io.vestibule.local.journey;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.vestibule.local.host.LocalHost;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Somebody at a socket, who sends what no browser would. */
record Stranger(LocalHost host) {

  private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(ISO_8859_1);

  /** An answer, as it came over the wire. */
  record Answer(int status, Map<String, String> headers, String body) {

    String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  Answer posts(String path, String contentType, String body, String... headers) throws IOException {
    return posts(path, contentType, body.getBytes(UTF_8), headers);
  }

  Answer posts(String path, String contentType, byte[] body, String... headers) throws IOException {
    List<String> all = new ArrayList<>(List.of(headers));
    if (!contentType.isEmpty()) {
      all.add("Content-Type: " + contentType);
    }
    return sends("POST", path, all, body);
  }

  Answer gets(String path, String... headers) throws IOException {
    return sends("GET", path, List.of(headers), new byte[0]);
  }

  /** Sends a request as it is given, escaping and checking nothing. */
  Answer sends(String method, String target, List<String> headers, byte[] body) throws IOException {
    var head = new StringBuilder("%s %s HTTP/1.1\r\n".formatted(method, target));
    head.append("Host: localhost\r\nConnection: close\r\n");
    headers.forEach(header -> head.append(header).append("\r\n"));
    head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    try (var socket = new Socket(host.uri().getHost(), host.uri().getPort())) {
      var request = new ByteArrayOutputStream();
      request.writeBytes(head.toString().getBytes(UTF_8));
      request.writeBytes(body);
      socket.getOutputStream().write(request.toByteArray());
      return read(socket.getInputStream().readAllBytes());
    }
  }

  private static Answer read(byte[] response) {
    String text = new String(response, ISO_8859_1);
    int end = text.indexOf(new String(END_OF_HEAD, ISO_8859_1));
    String[] lines = text.substring(0, end).split("\r\n", -1);
    var headers = new TreeMap<String, String>();
    for (String line : Arrays.asList(lines).subList(1, lines.length)) {
      String[] parts = line.split(": ?", 2);
      headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1]);
    }
    byte[] body = Arrays.copyOfRange(response, end + END_OF_HEAD.length, response.length);
    return new Answer(
        Integer.parseInt(lines[0].split(" ", -1)[1]), headers, new String(body, UTF_8));
  }
}
