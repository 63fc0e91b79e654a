package io.vestibule.core.forms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Sha256;
import java.util.Arrays;
import java.util.Base64;
import java.util.Set;

/**
 * The part of a form's file that decides what is taken, which gives the form's version its name.
 *
 * <p>What decides nothing is listed here, and everything else counts. So whoever adds a member and
 * forgets this list makes one version too many, and never lets two sets of rules pass for one.
 */
final class DecidingRules {

  /** Words, whom it concerns, how long it is kept, and whether it may be sent at all. */
  private static final Set<String> OF_FORM =
      Set.of(
          "$schema",
          "title",
          "introduction",
          "kind",
          "texts",
          "afterwards",
          "tags",
          "origins",
          "next",
          "keep",
          "deliver",
          "proofOfWork",
          "closed",
          "closes");

  /**
   * Words, and what they are for. How sensitive a field is, and on what ground, is no such thing:
   * by it a value is kept, told or hidden, so a version that was asked as sensitive stays one.
   */
  private static final Set<String> OF_FIELD =
      Set.of("label", "help", "section", "options", "rows", "importance", "purposes");

  private static final String WORDING = "wording";

  private static final JsonMapper CANONICAL =
      JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

  private DecidingRules() {}

  /**
   * The name of the rules: 16 characters of URL-safe base64. Neither words nor the order of members
   * nor the layout of the file are rules.
   */
  static String name(JsonNode definition) {
    try {
      var hash = Sha256.of(CANONICAL.writeValueAsBytes(of(definition)));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 12));
    } catch (JsonProcessingException e) {
      throw new AssertionError("a JSON tree can always be written", e);
    }
  }

  private static JsonNode of(JsonNode definition) {
    JsonNode rules = definition.deepCopy();
    remove(rules, OF_FORM);
    rules.path("fields").forEach(field -> remove(field, OF_FIELD));
    rules.path("consents").forEach(DecidingRules::removeWords);
    return rules;
  }

  private static void remove(JsonNode from, Set<String> members) {
    if (from instanceof ObjectNode object) {
      object.remove(members);
    }
  }

  /** The words themselves are known by their version; the name of a version is a rule. */
  private static void removeWords(JsonNode consent) {
    remove(consent, Set.of("label"));
    if (consent.path(WORDING).isObject()) {
      remove(consent, Set.of(WORDING));
    }
  }
}
