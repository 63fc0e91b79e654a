package io.vestibule.delivery.kind;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A value.
 *
 * @param name as the target calls it
 * @param label as people call it, in the target's language
 */
public record Field(String name, String label, JsonNode value) {

  /** Never the value: it must not get into logs by accident. */
  @Override
  public String toString() {
    return "Field(" + name + ")";
  }
}
