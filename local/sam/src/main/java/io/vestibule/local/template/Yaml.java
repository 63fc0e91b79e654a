package io.vestibule.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * YAML as CloudFormation reads it: the short form of an intrinsic function ({@code !GetAtt A.Arn})
 * becomes its long form, so that the tree holds one form only; and there are no aliases.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html">Intrinsic
 *     function reference</a>
 */
final class Yaml {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Yaml() {}

  /**
   * Reads one document.
   *
   * @throws TemplateException naming the line of what is not YAML, is there twice, is marked to be
   *     repeated by an alias, or is an intrinsic function that nobody here knows
   */
  static JsonNode parse(String yaml) {
    LoadSettings settings =
        LoadSettings.builder().setLabel("template").setSchema(new CoreSchema()).build();
    try {
      return new Compose(settings).composeString(yaml).map(Yaml::tree).orElse(NODES.nullNode());
    } catch (YamlEngineException e) {
      throw new TemplateException("template", String.valueOf(e.getMessage()), e);
    }
  }

  /** An anchor stands before each alias; by itself it would be of no use. */
  private static JsonNode tree(Node node) {
    if (node.getAnchor().isPresent()) {
      throw new TemplateException(line(node), "CloudFormation takes no aliases");
    }
    String tag = node.getTag().getValue();
    return tag.startsWith("!") ? longForm(tag.substring(1), node) : untagged(node);
  }

  private static ObjectNode longForm(String name, Node node) {
    String function = name.equals("Ref") || name.equals("Condition") ? name : "Fn::" + name;
    requireKnown(function, node);
    JsonNode argument = untagged(node);
    if (function.equals("Fn::GetAtt") && argument.isTextual()) {
      String[] parts = argument.asText().split("\\.", 2);
      argument = NODES.arrayNode().add(parts[0]).add(parts.length > 1 ? parts[1] : "");
    }
    return NODES.objectNode().set(function, argument);
  }

  private static JsonNode untagged(Node node) {
    return switch (node) {
      case ScalarNode scalar -> scalar(scalar);
      case SequenceNode sequence -> sequence(sequence);
      case MappingNode mapping -> mapping(mapping);
      default -> throw new TemplateException(line(node), "not a value, a list or a mapping");
    };
  }

  private static JsonNode scalar(ScalarNode scalar) {
    Tag tag = scalar.getTag();
    String value = scalar.getValue();
    if (tag.equals(Tag.BOOL)) {
      return BooleanNode.valueOf(Boolean.parseBoolean(value));
    }
    if (tag.equals(Tag.NULL)) {
      return NullNode.instance;
    }
    // 0x10 and .inf are numbers to YAML; nothing in a template is written so.
    if ((tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) && value.matches("[-+0-9.eE]+")) {
      return DecimalNode.valueOf(new BigDecimal(value));
    }
    return TextNode.valueOf(value);
  }

  private static ArrayNode sequence(SequenceNode sequence) {
    ArrayNode array = NODES.arrayNode();
    sequence.getValue().forEach(item -> array.add(tree(item)));
    return array;
  }

  private static ObjectNode mapping(MappingNode mapping) {
    ObjectNode object = NODES.objectNode();
    for (NodeTuple entry : mapping.getValue()) {
      String key = untagged(entry.getKeyNode()).asText();
      if (key.startsWith("Fn::")) {
        requireKnown(key, entry.getKeyNode());
      }
      if (object.has(key)) {
        throw new TemplateException(line(entry.getKeyNode()), "“" + key + "” is there twice");
      }
      object.set(key, tree(entry.getValueNode()));
    }
    return object;
  }

  private static void requireKnown(String function, Node node) {
    if (!Intrinsics.FUNCTIONS.contains(function)) {
      throw new TemplateException(line(node), "the intrinsic " + function + " is not known here");
    }
  }

  private static String line(Node node) {
    return node.getStartMark().map(mark -> "line " + (mark.getLine() + 1)).orElse("template");
  }
}
