package io.vestibule.core.forms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.wording.Localised;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What people may have agreed to, by the definitions of all forms and by what was ever published:
 * the form {@link Form#PRIVACY} offers to withdraw each (GDPR, article 7(3)), and nobody keeps a
 * list of it.
 */
final class Purposes {

  private final Map<String, Optional<Localised>> labels = new LinkedHashMap<>();

  /** Adds the purpose of a consent. If several say what it is called, the first one counts. */
  void add(Form.Consent consent) {
    labels.merge(
        consent.purpose(),
        Optional.ofNullable(consent.label()),
        (had, other) -> had.isPresent() ? had : other);
  }

  /** Adds what a published consent was for: no form may ask for it any more. */
  void add(Published.Words published) {
    labels.putIfAbsent(published.purpose(), Optional.empty());
  }

  /** The definition with all of them as choices, besides those that it has itself. */
  JsonNode in(JsonNode definition) {
    JsonNode with = definition.deepCopy();
    if (with.at("/schema/properties/purpose/enum") instanceof ArrayNode choices
        && with.at("/fields/purpose/options") instanceof ObjectNode options) {
      labels.forEach(
          (purpose, label) -> {
            if (!options.has(purpose)) {
              choices.add(purpose);
              var texts = options.putObject(purpose);
              label
                  .map(Localised::texts)
                  .orElseGet(() -> Map.of("en", purpose))
                  .forEach(texts::put);
            }
          });
    }
    return with;
  }
}
