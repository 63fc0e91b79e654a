package io.vestibule.local.forms;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A JSON file whose members know in which line they are. */
final class Source {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final String path;
  private final Map<String, Integer> lines = new HashMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private final JsonNode tree;

  private Source(String path, byte[] json) throws IOException {
    this.path = path;
    JsonNode read = MissingNode.getInstance();
    try (var parser = new JsonFactory().createParser(json)) {
      read = document(parser);
    } catch (JsonProcessingException e) {
      problems.add(NotJson.of(path, e));
    }
    this.tree = read;
  }

  /**
   * Reads a file.
   *
   * @param root of the project
   * @param path in it, with slashes
   */
  static Source read(Path root, String path) throws IOException {
    return new Source(path, Files.readAllBytes(root.resolve(path)));
  }

  /** Its path in the project. */
  String path() {
    return path;
  }

  /** The file's name without {@code .json}. */
  String name() {
    return path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.json$", "");
  }

  /** What it holds; missing if that is no JSON. */
  JsonNode tree() {
    return tree;
  }

  /** What keeps it from being JSON, and members that are there twice. */
  List<Problem> problems() {
    return List.copyOf(problems);
  }

  /** A problem of the member at a JSON pointer, or of the nearest one around it that there is. */
  Problem problem(String pointer, String sentence) {
    return new Problem(path, line(pointer), sentence);
  }

  /** Whether there is a member at a JSON pointer. */
  boolean has(String pointer) {
    return lines.containsKey(pointer);
  }

  private int line(String pointer) {
    for (String at = pointer; !at.isEmpty(); at = at.substring(0, at.lastIndexOf('/'))) {
      Integer line = lines.get(at);
      if (line != null) {
        return line;
      }
    }
    return 1;
  }

  private JsonNode document(JsonParser parser) throws IOException {
    if (parser.nextToken() == null) {
      problems.add(new Problem(path, 1, "the file is empty"));
      return MissingNode.getInstance();
    }
    JsonNode whole = value(parser, "");
    if (parser.nextToken() != null) {
      problems.add(
          new Problem(
              path,
              parser.currentTokenLocation().getLineNr(),
              "here is something behind the end of what the first bracket opened"));
    }
    return whole;
  }

  private JsonNode value(JsonParser parser, String pointer) throws IOException {
    lines.putIfAbsent(pointer, parser.currentTokenLocation().getLineNr());
    return switch (Objects.requireNonNull(parser.currentToken())) {
      case START_OBJECT -> object(parser, pointer);
      case START_ARRAY -> array(parser, pointer);
      case VALUE_STRING -> NODES.textNode(parser.getText());
      case VALUE_NUMBER_INT -> integer(parser);
      case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDecimalValue());
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      default -> NODES.nullNode();
    };
  }

  private static JsonNode integer(JsonParser parser) throws IOException {
    return parser.getNumberType() == JsonParser.NumberType.INT
        ? NODES.numberNode(parser.getIntValue())
        : NODES.numberNode(parser.getBigIntegerValue());
  }

  private ObjectNode object(JsonParser parser, String pointer) throws IOException {
    ObjectNode object = NODES.objectNode();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      String member = pointer + "/" + escaped(name);
      int line = parser.currentTokenLocation().getLineNr();
      @Nullable Integer first = lines.putIfAbsent(member, line);
      if (first != null) {
        problems.add(
            new Problem(
                path,
                line,
                "\"%s\" is there twice; the first is in line %d".formatted(name, first)));
        lines.keySet().removeIf(known -> known.startsWith(member + "/"));
        lines.put(member, line);
      }
      parser.nextToken();
      object.set(name, value(parser, member));
    }
    return object;
  }

  private ArrayNode array(JsonParser parser, String pointer) throws IOException {
    ArrayNode array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(parser, pointer + "/" + array.size()));
    }
    return array;
  }

  /** RFC 6901. */
  static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  /** A JSON pointer as people write it: {@code fields.phone.label}. */
  static String dotted(String pointer) {
    return pointer.isEmpty()
        ? "the file"
        : pointer.substring(1).replace("/", ".").replace("~1", "/").replace("~0", "~");
  }
}
