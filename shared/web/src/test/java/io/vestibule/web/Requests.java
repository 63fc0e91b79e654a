package io.vestibule.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.Map;

/** Requests for tests. */
final class Requests {

  private Requests() {}

  static Request get(String route) {
    return new Request("GET", "", route, Map.of(), Map.of(), Map.of(), new byte[0]);
  }

  static Request post(String contentType, String body) {
    return post(contentType, body.getBytes(UTF_8));
  }

  static Request post(String contentType, byte[] body) {
    return new Request(
        "POST",
        "/forms/contact",
        "/forms/{form}",
        Map.of(),
        Map.of(),
        Map.of("content-type", contentType),
        body);
  }

  static Request with(Request request, String header, String value) {
    var headers = new HashMap<>(request.headers());
    headers.put(header, value);
    return new Request(
        request.method(),
        request.path(),
        request.route(),
        request.parameters(),
        request.query(),
        headers,
        request.body());
  }
}
