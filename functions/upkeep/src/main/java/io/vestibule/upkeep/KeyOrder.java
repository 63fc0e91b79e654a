package io.vestibule.upkeep;

import com.amazonaws.services.lambda.runtime.events.CloudFormationCustomResourceEvent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the rotation is asked for, by a schedule, a person or CloudFormation. */
sealed interface KeyOrder {

  /** <code>{}</code>: make a sealing key, and destroy what has ended. */
  record Daily() implements KeyOrder {}

  /** <code>{"rotate": "link"}</code>: make a key of links, too. */
  record Links() implements KeyOrder {}

  /** The keys as a part of the stack; it wants an answer. */
  record Resource(CloudFormationCustomResourceEvent event) implements KeyOrder {}

  /**
   * Reads an event.
   *
   * @throws IllegalArgumentException if it says anything else: after a leak, a mistyped order must
   *     not pass for a rotation
   */
  static KeyOrder parse(Map<String, Object> event) {
    if (event.containsKey("RequestType")) {
      return new Resource(resource(event));
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

  /** What an answer is made of. */
  private static CloudFormationCustomResourceEvent resource(Map<String, Object> event) {
    var resource = new CloudFormationCustomResourceEvent();
    resource.setRequestType(text(event, "RequestType"));
    resource.setResponseUrl(text(event, "ResponseURL"));
    resource.setStackId(text(event, "StackId"));
    resource.setRequestId(text(event, "RequestId"));
    resource.setLogicalResourceId(text(event, "LogicalResourceId"));
    resource.setPhysicalResourceId(text(event, "PhysicalResourceId"));
    resource.setResourceType(text(event, "ResourceType"));
    return resource;
  }

  private static @Nullable String text(Map<String, Object> event, String name) {
    return event.get(name) instanceof String text ? text : null;
  }
}
