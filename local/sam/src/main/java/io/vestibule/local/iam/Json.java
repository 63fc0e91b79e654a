package io.vestibule.local.iam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.vestibule.local.aws.Backend.Request;
import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;

/** The body of a JSON request. */
final class Json {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  /** What is not JSON reads as nothing: it names no resource, so no grant covers it. */
  static JsonNode of(Request request) {
    try {
      return MAPPER.readTree(request.body());
    } catch (IOException notJson) {
      return MissingNode.getInstance();
    }
  }

  static List<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }
}
