package io.vestibule.local.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A response; a header may be there more than once. */
record WebResponse(int status, List<Map.Entry<String, String>> headers, byte[] body) {

  static WebResponse json(int status, JsonNode json) {
    return text(status, "application/json", json.toString());
  }

  /** An answer of the gateway itself. */
  static WebResponse message(int status, String message) {
    return json(status, JsonNodeFactory.instance.objectNode().put("message", message));
  }

  static WebResponse text(int status, String contentType, String text) {
    return new WebResponse(
        status,
        List.of(Map.entry("content-type", contentType)),
        text.getBytes(StandardCharsets.UTF_8));
  }

  /** After a button was pressed: to the page that shows what came of it. */
  static WebResponse seeOther(String location) {
    return new WebResponse(303, List.of(Map.entry("location", location)), new byte[0]);
  }

  static WebResponse redirect(String location) {
    return new WebResponse(302, List.of(Map.entry("location", location)), new byte[0]);
  }
}
