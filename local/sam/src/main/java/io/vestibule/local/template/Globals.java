package io.vestibule.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * What holds for every function, merged into each as SAM does: mappings are merged, lists are put
 * one behind the other, and of two single values the function's own wins. An intrinsic function
 * counts as a single value.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html">Globals
 *     section</a>
 */
final class Globals {

  private static final Map<String, String> TYPES =
      Map.of("AWS::Serverless::Function", "Function", "AWS::Serverless::HttpApi", "HttpApi");

  private final ObjectNode globals;

  Globals(ObjectNode globals) {
    this.globals = globals;
    for (var entry : globals.properties()) {
      if (!TYPES.containsValue(entry.getKey()) || !entry.getValue().isObject()) {
        throw new TemplateException("Globals/" + entry.getKey(), "is not known here");
      }
    }
  }

  /** The resource with what holds for all of its type, or as it was. */
  Template.Resource apply(Template.Resource resource) {
    String section = TYPES.get(resource.type());
    if (section == null || !(globals.path(section) instanceof ObjectNode common)) {
      return resource;
    }
    return new Template.Resource(
        resource.logicalId(),
        resource.type(),
        resource.condition(),
        resource.dependsOn(),
        merge(common, resource.properties()));
  }

  private static ObjectNode merge(ObjectNode common, ObjectNode own) {
    ObjectNode merged = common.deepCopy();
    for (var entry : own.properties()) {
      JsonNode before = merged.path(entry.getKey());
      merged.set(entry.getKey(), merge(before, entry.getValue()));
    }
    return merged;
  }

  private static JsonNode merge(JsonNode common, JsonNode own) {
    if (Intrinsics.isCall(common) || Intrinsics.isCall(own)) {
      return own;
    }
    if (common instanceof ObjectNode commonObject && own instanceof ObjectNode ownObject) {
      return merge(commonObject, ownObject);
    }
    if (common instanceof ArrayNode commonArray && own instanceof ArrayNode ownArray) {
      return commonArray.deepCopy().addAll(ownArray);
    }
    return own;
  }
}
