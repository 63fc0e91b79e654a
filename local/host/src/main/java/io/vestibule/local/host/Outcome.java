package io.vestibule.local.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** How an invocation ended. */
public sealed interface Outcome {

  /** The function returned a value. */
  record Returned(JsonNode value) implements Outcome {}

  /**
   * The function threw, ran out of time, or could not even be built.
   *
   * @param errorType the class of what was thrown, or Lambda's own word for what happened
   */
  record Failed(String errorType, String errorMessage) implements Outcome {

    static Failed of(Throwable thrown) {
      return new Failed(thrown.getClass().getName(), String.valueOf(thrown.getMessage()));
    }

    /** What Lambda answers in the function's place. */
    public ObjectNode toJson() {
      return JsonNodeFactory.instance
          .objectNode()
          .put("errorMessage", errorMessage)
          .put("errorType", errorType);
    }
  }
}
