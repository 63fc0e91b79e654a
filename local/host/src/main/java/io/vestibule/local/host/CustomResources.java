package io.vestibule.local.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.local.host.Outcome.Failed;
import io.vestibule.local.template.Stack;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The resources that a function of the stack creates when CloudFormation asks it to.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref.html">Custom
 *     resource reference</a>
 */
final class CustomResources {

  private final Stack stack;
  private final Functions functions;
  private final URI responses;
  private final Map<String, JsonNode> received = new ConcurrentHashMap<>();

  /**
   * @param responses what a resource's secret is appended to, for the address that its function
   *     answers at
   */
  CustomResources(Stack stack, Functions functions, URI responses) {
    this.stack = stack;
    this.functions = functions;
    this.responses = responses;
  }

  /**
   * Asks the functions to create them all, one after the other.
   *
   * @throws StartFailure one was not created
   */
  void create() {
    stack.customResources().forEach(this::create);
  }

  /** Takes a function's answer; the secret in the address says which resource it is about. */
  void receive(String secret, JsonNode response) {
    received.put(secret, response);
  }

  private void create(Stack.CustomResource resource) {
    String secret = UUID.randomUUID().toString();
    var invocation =
        functions.invoke(
            resource.functionLogicalId(),
            event(resource, secret),
            "create " + resource.logicalId());
    @Nullable JsonNode response = received.remove(secret);
    if (invocation.outcome() instanceof Failed failed) {
      throw failure(resource, failed.errorType() + ": " + failed.errorMessage());
    }
    if (response == null) {
      throw failure(resource, "it has not answered");
    }
    if (!response.path("Status").asText().equals("SUCCESS")) {
      throw failure(resource, response.path("Reason").asText("it gives no reason"));
    }
  }

  private ObjectNode event(Stack.CustomResource resource, String secret) {
    ObjectNode event =
        JsonNodeFactory.instance
            .objectNode()
            .put("RequestType", "Create")
            .put("ServiceToken", Functions.arn(stack, resource.functionLogicalId()))
            .put("ResponseURL", responses + secret)
            .put(
                "StackId",
                "arn:aws:cloudformation:%s:%s:stack/local/local"
                    .formatted(stack.region(), stack.account()))
            .put("RequestId", UUID.randomUUID().toString())
            .put("LogicalResourceId", resource.logicalId())
            .put("ResourceType", resource.type());
    event.set("ResourceProperties", resource.properties());
    return event;
  }

  private static StartFailure failure(Stack.CustomResource resource, String reason) {
    return new StartFailure(
        "%s could not create %s: %s"
            .formatted(resource.functionLogicalId(), resource.logicalId(), reason));
  }
}
