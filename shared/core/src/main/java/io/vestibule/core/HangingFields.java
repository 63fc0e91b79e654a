package io.vestibule.core;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.CustomerRecord.Origin;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The filled fields of a submission that hang on a consent: of each the consent's name. Who refuses
 * it at the press has not handed them in.
 *
 * @param consents by the field's name
 * @param purposes of these consents, by the field's name; a consent that nobody knows here stands
 *     for its own purpose, as nobody can give it
 */
record HangingFields(Map<String, String> consents, SortedMap<String, String> purposes) {

  static HangingFields of(Submission submission, Origin form) {
    var consents = new TreeMap<String, String>();
    var purposes = new TreeMap<String, String>();
    submission
        .fields()
        .fieldNames()
        .forEachRemaining(
            field ->
                form.consentOf(field)
                    .ifPresent(
                        consent -> {
                          consents.put(field, consent);
                          purposes.put(field, form.purpose(consent).orElse(consent));
                        }));
    return new HangingFields(consents, purposes);
  }

  /** What a field that hangs on a consent is kept for; null for one that hangs on none. */
  @Nullable String purpose(String field) {
    return purposes.get(field);
  }

  /**
   * The submission's fields that may be kept.
   *
   * @param agreed the consents that the press gave, by name
   */
  ObjectNode kept(Submission submission, Map<String, Choice.Agreed> agreed) {
    var kept = submission.fields().deepCopy();
    consents.forEach(
        (field, consent) -> {
          if (!agreed.containsKey(consent)) {
            kept.remove(field);
          }
        });
    return kept;
  }
}
