package io.vestibule.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * By which names a later run finds a key again: its id is known to nobody but who made it.
 *
 * @param intrinsics resolves the names; they depend on parameters only
 */
record KeyNames(Target target, Template template, Conditions conditions, Intrinsics intrinsics) {

  /** The aliases that the template has for a key. */
  List<String> aliases(String logicalId) {
    return template.resources().values().stream()
        .filter(resource -> resource.type().equals("AWS::KMS::Alias") && exists(resource))
        .filter(alias -> namesKey(alias.properties().path("TargetKeyId"), logicalId))
        .map(this::name)
        .toList();
  }

  /** The name of a key that the template has no alias for. */
  String own(String logicalId) {
    return "alias/" + target.nameOf(logicalId);
  }

  private boolean exists(Template.Resource resource) {
    return resource
        .condition()
        .map(condition -> conditions.holds(condition, resource.place()))
        .orElse(true);
  }

  private static boolean namesKey(JsonNode target, String logicalId) {
    return target.path("Ref").asText().equals(logicalId)
        || target.at("/Fn::GetAtt/0").asText().equals(logicalId)
        || target.path("Fn::GetAtt").asText().startsWith(logicalId + ".");
  }

  private String name(Template.Resource alias) {
    String place = alias.place() + "/Properties/AliasName";
    return intrinsics.resolve(alias.properties().path("AliasName"), place).asText();
  }
}
