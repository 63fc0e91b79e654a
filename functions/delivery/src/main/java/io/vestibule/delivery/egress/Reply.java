package io.vestibule.delivery.egress;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Json;
import java.io.IOException;
import java.util.Optional;

/** What came of a call. */
public sealed interface Reply {

  /**
   * An answer.
   *
   * @param retryAfter as the header of that name has it
   * @param body its beginning, as much as anybody needs
   */
  record Answered(int status, Optional<String> retryAfter, byte[] body) implements Reply {

    /** What came, if it is an object of JSON. */
    public Optional<JsonNode> json() {
      try {
        return Optional.of(Json.MAPPER.readTree(body)).filter(JsonNode::isObject);
      } catch (IOException e) {
        return Optional.empty();
      }
    }

    /** Nothing of the body: a partner may answer what it was sent. */
    @Override
    public String toString() {
      return "Answered(" + status + ")";
    }
  }

  /** Nobody answered in time; the call may have arrived all the same. */
  record NoAnswer() implements Reply {}

  /** Nothing was sent: that is no address on the public internet. */
  record NotPublic() implements Reply {}
}
