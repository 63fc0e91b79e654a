package io.vestibule.core.forms;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** What the rules of a form say about an entry. */
public sealed interface Checked {

  /**
   * The entry keeps every rule.
   *
   * @param fields the values, trimmed, in Unicode NFC, and without hidden characters; nothing that
   *     the form does not declare
   * @param consents the version of the wording that was agreed to, by the consent's name
   * @param posted the values as they were posted, taken or not, by which a repetition is known as
   *     one
   */
  record Accepted(ObjectNode fields, Map<String, String> consents, ObjectNode posted)
      implements Checked {
    public Accepted {
      consents = Map.copyOf(consents);
    }
  }

  /** The entry breaks rules: all of them, in the order of the form. */
  record Rejected(List<FieldError> errors) implements Checked {
    public Rejected {
      errors = List.copyOf(errors);
    }
  }
}
