package io.vestibule.local.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items in DynamoDB's JSON, binary values in base64, as stream events and exports have them. */
final class AttributeJson {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private AttributeJson() {}

  static ObjectNode ofItem(Map<String, AttributeValue> item) {
    ObjectNode json = JSON.objectNode();
    item.forEach((name, value) -> json.set(name, ofValue(value)));
    return json;
  }

  private static JsonNode ofValue(AttributeValue value) {
    AttributeValue.Type type = value.type();
    return JSON.objectNode().set(type.name(), content(type, value));
  }

  private static JsonNode content(AttributeValue.Type type, AttributeValue value) {
    return switch (type) {
      case S -> JSON.textNode(value.s());
      case N -> JSON.textNode(value.n());
      case B -> JSON.textNode(base64(value.b()));
      case SS -> texts(value.ss());
      case NS -> texts(value.ns());
      case BS -> texts(value.bs().stream().map(AttributeJson::base64).toList());
      case M -> ofItem(value.m());
      case L -> JSON.arrayNode().addAll(value.l().stream().map(AttributeJson::ofValue).toList());
      case BOOL -> JSON.booleanNode(value.bool());
      case NUL -> JSON.booleanNode(true);
      case UNKNOWN_TO_SDK_VERSION ->
          throw new IllegalArgumentException("An attribute of a type that is not known: " + value);
    };
  }

  private static JsonNode texts(List<String> values) {
    return JSON.arrayNode().addAll(values.stream().map(JSON::textNode).toList());
  }

  private static String base64(SdkBytes bytes) {
    return Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe());
  }
}
