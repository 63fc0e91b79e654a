package io.vestibule.verification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Choice;
import io.vestibule.core.forms.FieldError;
import java.util.List;
import java.util.Optional;

/** What the press of a button says: it was posted, and anybody with the link can post anything. */
sealed interface Decision {

  /** It chooses what its page offers. */
  record Taken(Choice choice) implements Decision {}

  /** It chooses what its page does not offer, or lacks what the form is for. */
  record Refused(List<FieldError> errors) implements Decision {}

  /** Whether somebody says that it was not them who handed it in. */
  static boolean disowns(ObjectNode values) {
    return text(values, "answer").filter(Choice.DISOWNED::equals).isPresent();
  }

  /** A text that was posted; browsers post empty ones for what nobody chose. */
  static Optional<String> text(ObjectNode values, String name) {
    return Optional.of(values.path(name))
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .filter(text -> !text.isEmpty());
  }
}
