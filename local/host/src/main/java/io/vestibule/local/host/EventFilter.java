package io.vestibule.local.host;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.event.ruler.Machine;

/**
 * Lambda's event filtering, by the library that EventBridge itself matches with: its traps (only
 * leaves exist, numbers of DynamoDB are text) are then the same here.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html">Lambda
 *     event filtering</a>
 */
final class EventFilter {

  private final @Nullable Machine patterns;

  /**
   * @param patterns of which an event has to match one; without any, every event passes
   * @throws IllegalArgumentException one of them is not a pattern; the message tells it and why
   */
  EventFilter(List<JsonNode> patterns) {
    this.patterns = patterns.isEmpty() ? null : compile(patterns);
  }

  boolean passes(JsonNode event) {
    return patterns == null || !patterns.rulesForJSONEvent(event).isEmpty();
  }

  private static Machine compile(List<JsonNode> patterns) {
    var machine = Machine.builder().build();
    for (JsonNode pattern : patterns) {
      try {
        machine.addRule(pattern.toString(), pattern.toString());
      } catch (IOException e) {
        throw new IllegalArgumentException("Not an event pattern: " + pattern, e);
      }
    }
    return machine;
  }
}
