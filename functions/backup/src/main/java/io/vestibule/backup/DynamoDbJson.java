package io.vestibule.backup;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Items as DynamoDB's own export writes them: {@code {"pk":{"S":"…"},"data":{"B":"<base64>"}}}.
 * Numbers are text on both sides, so that no digit is lost.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html">DynamoDB
 *     table export output format</a>
 */
public final class DynamoDbJson {

  /** With Jackson's own limits: an item may be nested 32 levels deep, which is 64 in JSON. */
  public static final JsonMapper MAPPER = new JsonMapper(new JsonFactory());

  private DynamoDbJson() {}

  public static void write(JsonGenerator json, Map<String, AttributeValue> item)
      throws IOException {
    json.writeStartObject();
    for (var attribute : item.entrySet()) {
      json.writeFieldName(attribute.getKey());
      write(json, attribute.getValue());
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, AttributeValue value) throws IOException {
    json.writeStartObject();
    json.writeFieldName(value.type() == AttributeValue.Type.NUL ? "NULL" : value.type().name());
    switch (value.type()) {
      case S -> json.writeString(value.s());
      case N -> json.writeString(value.n());
      case B -> json.writeBinary(value.b().asByteArrayUnsafe());
      case BOOL -> json.writeBoolean(value.bool());
      case NUL -> json.writeBoolean(true);
      case SS -> writeTexts(json, value.ss());
      case NS -> writeTexts(json, value.ns());
      case BS -> {
        json.writeStartArray();
        for (SdkBytes bytes : value.bs()) {
          json.writeBinary(bytes.asByteArrayUnsafe());
        }
        json.writeEndArray();
      }
      case L -> {
        json.writeStartArray();
        for (AttributeValue each : value.l()) {
          write(json, each);
        }
        json.writeEndArray();
      }
      case M -> write(json, value.m());
      case UNKNOWN_TO_SDK_VERSION -> throw new IOException("an attribute of an unknown type");
    }
    json.writeEndObject();
  }

  private static void writeTexts(JsonGenerator json, List<String> texts) throws IOException {
    json.writeStartArray();
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  /**
   * Reads an item.
   *
   * @throws IOException if it is none
   */
  static Map<String, AttributeValue> item(JsonNode json) throws IOException {
    Map<String, AttributeValue> item = new HashMap<>();
    for (var attribute : json.properties()) {
      item.put(attribute.getKey(), value(attribute.getValue()));
    }
    return item;
  }

  private static AttributeValue value(JsonNode json) throws IOException {
    if (!json.isObject() || json.size() != 1) {
      throw new IOException("not a value of DynamoDB JSON");
    }
    var only = json.properties().iterator().next();
    JsonNode value = only.getValue();
    return switch (only.getKey()) {
      case "S" -> AttributeValue.fromS(value.textValue());
      case "N" -> AttributeValue.fromN(value.textValue());
      case "B" -> AttributeValue.fromB(bytes(value));
      case "BOOL" -> AttributeValue.fromBool(value.booleanValue());
      case "NULL" -> AttributeValue.fromNul(true);
      case "SS" -> AttributeValue.fromSs(texts(value));
      case "NS" -> AttributeValue.fromNs(texts(value));
      case "BS" -> AttributeValue.fromBs(binaries(value));
      case "L" -> AttributeValue.fromL(values(value));
      case "M" -> AttributeValue.fromM(item(value));
      default -> throw new IOException("not a type of DynamoDB JSON");
    };
  }

  private static SdkBytes bytes(JsonNode value) throws IOException {
    return SdkBytes.fromByteArrayUnsafe(value.binaryValue());
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::textValue).toList();
  }

  private static List<SdkBytes> binaries(JsonNode array) throws IOException {
    List<SdkBytes> all = new ArrayList<>();
    for (JsonNode value : array) {
      all.add(bytes(value));
    }
    return all;
  }

  private static List<AttributeValue> values(JsonNode array) throws IOException {
    List<AttributeValue> all = new ArrayList<>();
    for (JsonNode value : array) {
      all.add(value(value));
    }
    return all;
  }
}
