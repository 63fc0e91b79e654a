package io.vestibule.core.forms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;

/**
 * What holds for the entries of every form that there ever was or will be: for those whose own
 * rules are not known. Nothing in it can harm whoever reads it, stores it or lists its names.
 */
final class Structure {

  /** A form has 50 fields at most. */
  private static final int MOST_FIELDS = 100;

  private static final int MOST_VALUES = 100;

  /** Characters of JSON: a post has 64 KiB, and escapes make at most twice as many of it. */
  private static final int MOST = 128 * 1024;

  /** Digits, sign and point: more is no number that anybody typed. */
  private static final int LONGEST_NUMBER = 40;

  /** As the definitions of forms are checked: names stand in lists, and in what a press proves. */
  private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9]{0,39}");

  private Structure() {}

  /** Whether fields are an entry of some form. */
  static boolean holds(ObjectNode fields) {
    return fields.size() <= MOST_FIELDS
        && fields.toString().length() <= MOST
        && fields.propertyStream().allMatch(it -> isName(it.getKey()) && isValue(it.getValue()));
  }

  private static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  private static boolean isValue(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> Characters.areFit(value.textValue(), true);
      case NUMBER ->
          value.asText().length() <= LONGEST_NUMBER && Double.isFinite(value.doubleValue());
      case BOOLEAN -> true;
      case ARRAY -> value.size() <= MOST_VALUES && value.valueStream().allMatch(Structure::isText);
      case OBJECT, NULL, BINARY, MISSING, POJO -> false;
    };
  }

  private static boolean isText(JsonNode value) {
    return value.isTextual() && isValue(value);
  }
}
