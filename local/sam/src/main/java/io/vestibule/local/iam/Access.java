package io.vestibule.local.iam;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One permission that a request needs. Many requests need several: one for each table of a
 * transaction, and one for the key that such a table is encrypted under.
 *
 * @param action for example {@code dynamodb:PutItem}
 * @param resourceArn what it is done to; {@value #NO_RESOURCE} if that has no ARN, so that only a
 *     grant on everything covers it
 * @param context condition keys with their values; upper and lower case of a key are the same, as
 *     everywhere in IAM, and a key without values counts as absent
 */
public record Access(String action, String resourceArn, Map<String, List<String>> context) {

  static final String NO_RESOURCE = "*";

  public Access {
    var byKey = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    context.forEach(
        (key, values) -> {
          if (!values.isEmpty()) {
            byKey.merge(key, List.copyOf(values), Access::both);
          }
        });
    context = Collections.unmodifiableMap(byKey);
  }

  Access(String action, String resourceArn) {
    this(action, resourceArn, Map.of());
  }

  /** Of keys that differ in case only none may hide the other: a condition must hold for both. */
  private static List<String> both(List<String> some, List<String> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  /** The values of a condition key; none if the request does not have that key. */
  public List<String> values(String key) {
    return context.getOrDefault(key, List.of());
  }

  /** What a key is used for, as KMS binds it to a ciphertext; empty for all but KMS. */
  public Map<String, String> encryptionContext() {
    var encryptionContext = new TreeMap<String, String>();
    context.forEach(
        (key, values) -> {
          if (key.startsWith(ConditionKey.ENCRYPTION_CONTEXT)) {
            encryptionContext.put(
                key.substring(ConditionKey.ENCRYPTION_CONTEXT.length()), values.getFirst());
          }
        });
    return encryptionContext;
  }

  @Override
  public String toString() {
    return action + " on " + resourceArn + (context.isEmpty() ? "" : " " + context);
  }
}
