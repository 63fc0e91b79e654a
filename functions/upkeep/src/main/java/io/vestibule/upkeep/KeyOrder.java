package io.vestibule.upkeep;

import java.util.Map;

/** What the rotation is asked for, by a schedule, a person or CloudFormation. */
sealed interface KeyOrder {

  /** <code>{}</code>: make a sealing key, and destroy what has ended. */
  record Daily() implements KeyOrder {}

  /** <code>{"rotate": "link"}</code>: make a key of links, too. */
  record Links() implements KeyOrder {}

  /** The keys as a part of the stack; it wants an answer. */
  record Resource(Map<String, Object> event) implements KeyOrder {}

  /**
   * Reads an event.
   *
   * @throws IllegalArgumentException if it says anything else: after a leak, a mistyped order must
   *     not pass for a rotation
   */
  static KeyOrder parse(Map<String, Object> event) {
    if (event.containsKey("RequestType")) {
      return new Resource(event);
    }
    if (event.isEmpty()) {
      return new Daily();
    }
    if (event.equals(Map.of("rotate", "link"))) {
      return new Links();
    }
    throw new IllegalArgumentException(
        "The event is none of {}, {\"rotate\":\"link\"} and CloudFormation's");
  }
}
