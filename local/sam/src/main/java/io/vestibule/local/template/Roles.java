package io.vestibule.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code AWS::IAM::Role} and the policies that the template attaches to one. AWS's own managed
 * policies are refused: their text is not in the template.
 */
final class Roles {

  private final Target target;
  private final Map<String, Role> byName = new HashMap<>();
  private final Map<String, JsonNode> managedPolicies = new HashMap<>();

  /** A role whose list of policies grows until the whole template is carried out. */
  private record Role(Stack.Role role, List<JsonNode> policies, boolean forLambda) {}

  Roles(Target target) {
    this.target = target;
  }

  Identity createRole(String logicalId, Properties properties) {
    properties.ignore("Description", "MaxSessionDuration", "Path", "Tags");
    String name = properties.optionalText("RoleName").orElse(target.nameOf(logicalId));
    var policies = new ArrayList<JsonNode>();
    for (Properties inline : properties.objects("Policies")) {
      inline.text("PolicyName");
      policies.add(document(inline));
    }
    for (String arn : properties.texts("ManagedPolicyArns")) {
      JsonNode policy = managedPolicies.get(arn);
      if (policy == null) {
        throw properties.fault("ManagedPolicyArns", arn + " is no policy of this template");
      }
      policies.add(policy);
    }
    boolean forLambda = trustsLambda(properties.tree("AssumeRolePolicyDocument"));
    byName.put(name, new Role(new Stack.Role(logicalId, policies), policies, forLambda));
    return Identity.of(name, target.iamArn("role/" + name));
  }

  /** {@code AWS::IAM::Policy}: an inline policy that stands apart from its roles. */
  Identity createPolicy(Properties properties) {
    String name = properties.text("PolicyName");
    attach(properties, document(properties));
    return Identity.of(name);
  }

  Identity createManagedPolicy(String logicalId, Properties properties) {
    properties.ignore("Description", "Path");
    String name = properties.optionalText("ManagedPolicyName").orElse(target.nameOf(logicalId));
    String arn = target.iamArn("policy/" + name);
    JsonNode document = document(properties);
    managedPolicies.put(arn, document);
    attach(properties, document);
    return new Identity(arn, Map.of("PolicyArn", arn));
  }

  /** The role that a function names by ARN, which must be one that Lambda may assume. */
  Stack.Role ofFunction(Properties function) {
    String arn = function.text("Role");
    Role role = byName.get(arn.substring(arn.lastIndexOf('/') + 1));
    if (role == null || !arn.startsWith("arn:")) {
      throw function.fault("Role", arn + " is no role of this template");
    }
    if (!role.forLambda) {
      throw function.fault("Role", arn + " cannot be assumed by lambda.amazonaws.com");
    }
    return role.role;
  }

  private void attach(Properties properties, JsonNode document) {
    for (String name : properties.texts("Roles")) {
      Role role = byName.get(name);
      if (role == null) {
        throw properties.fault("Roles", name + " is no role of this template");
      }
      role.policies.add(document);
    }
  }

  private static JsonNode document(Properties properties) {
    if (properties.tree("PolicyDocument") instanceof ObjectNode document) {
      return document;
    }
    throw properties.fault("PolicyDocument", "is missing");
  }

  private static boolean trustsLambda(JsonNode trust) {
    for (JsonNode statement : trust.path("Statement")) {
      if (statement.path("Effect").asText().equals("Allow")
          && names(statement.path("Action"), "sts:AssumeRole")
          && names(statement.path("Principal").path("Service"), "lambda.amazonaws.com")) {
        return true;
      }
    }
    return false;
  }

  private static boolean names(JsonNode oneOrMany, String name) {
    return oneOrMany.isArray()
        ? oneOrMany.valueStream().anyMatch(item -> item.asText().equals(name))
        : oneOrMany.asText().equals(name);
  }
}
