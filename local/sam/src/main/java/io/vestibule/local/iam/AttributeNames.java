package io.vestibule.local.iam;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The top-level attributes that a DynamoDB request names anywhere but in its keys and items: in
 * expressions, with {@code #names} resolved, and in the parameters that expressions replaced.
 */
final class AttributeNames {

  private static final List<String> EXPRESSIONS =
      List.of(
          "ProjectionExpression",
          "UpdateExpression",
          "ConditionExpression",
          "KeyConditionExpression",
          "FilterExpression");
  private static final List<String> LEGACY_MAPS =
      List.of("AttributeUpdates", "Expected", "KeyConditions", "QueryFilter", "ScanFilter");

  /** Reserved words of DynamoDB, all of them: an attribute of such a name must be a #name. */
  private static final Set<String> KEYWORDS =
      Set.of("SET", "REMOVE", "ADD", "DELETE", "AND", "OR", "NOT", "BETWEEN", "IN");

  private static final Pattern TOKEN =
      Pattern.compile("(?<nested>\\.\\s*)?(?<name>[#:]?\\w+)(?<call>\\s*\\()?");

  private AttributeNames() {}

  static Collection<String> in(JsonNode parameters) {
    var names = new TreeSet<String>();
    for (String expression : EXPRESSIONS) {
      addNames(parameters.path(expression).asText(), parameters, names);
    }
    for (String map : LEGACY_MAPS) {
      parameters.path(map).fieldNames().forEachRemaining(names::add);
    }
    parameters.path("AttributesToGet").forEach(name -> names.add(name.asText()));
    return names;
  }

  private static void addNames(String expression, JsonNode parameters, Set<String> names) {
    Matcher token = TOKEN.matcher(expression);
    while (token.find()) {
      String name = token.group("name");
      boolean isPartOfPath = token.group("nested") != null;
      if (!isPartOfPath && !isKeywordOrFunction(token) && isName(name)) {
        names.add(resolve(name, parameters));
      }
    }
  }

  private static boolean isKeywordOrFunction(Matcher token) {
    return token.group("call") != null
        || KEYWORDS.contains(token.group("name").toUpperCase(Locale.ROOT));
  }

  /** Neither a {@code :value} nor a list index. */
  private static boolean isName(String token) {
    return token.charAt(0) != ':' && !Character.isDigit(token.charAt(0));
  }

  static String resolve(String name, JsonNode parameters) {
    return parameters.path("ExpressionAttributeNames").path(name).asText(name);
  }
}
