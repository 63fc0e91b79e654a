package io.vestibule.local.iam;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The condition keys that requests get here. A policy that names any other is refused when it is
 * read: with {@code …IfExists} or {@code ForAllValues} a key that is never there is no condition.
 */
final class ConditionKey {

  static final String ATTRIBUTES = "dynamodb:Attributes";
  static final String ENCLOSING_OPERATION = "dynamodb:EnclosingOperation";
  static final String LEADING_KEYS = "dynamodb:LeadingKeys";
  static final String RETURN_VALUES = "dynamodb:ReturnValues";
  static final String SELECT = "dynamodb:Select";
  static final String CALLER_ACCOUNT = "kms:CallerAccount";
  static final String ENCRYPTION_CONTEXT = "kms:EncryptionContext:";
  static final String ENCRYPTION_CONTEXT_KEYS = "kms:EncryptionContextKeys";
  static final String VIA_SERVICE = "kms:ViaService";
  static final String PREFIX = "s3:prefix";
  static final String RESOURCE_ACCOUNT = "s3:ResourceAccount";
  static final String FROM_ADDRESS = "ses:FromAddress";
  static final String RECIPIENTS = "ses:Recipients";

  private static final Set<String> MULTI_VALUED =
      lowerCase(ATTRIBUTES, LEADING_KEYS, ENCRYPTION_CONTEXT_KEYS, RECIPIENTS);
  private static final Set<String> SINGLE_VALUED =
      lowerCase(
          ENCLOSING_OPERATION,
          RETURN_VALUES,
          SELECT,
          CALLER_ACCOUNT,
          VIA_SERVICE,
          PREFIX,
          RESOURCE_ACCOUNT,
          FROM_ADDRESS);

  private ConditionKey() {}

  static boolean isKnown(String key) {
    String name = key.toLowerCase(Locale.ROOT);
    return MULTI_VALUED.contains(name)
        || SINGLE_VALUED.contains(name)
        || name.startsWith(ENCRYPTION_CONTEXT.toLowerCase(Locale.ROOT));
  }

  static boolean isMultiValued(String key) {
    return MULTI_VALUED.contains(key.toLowerCase(Locale.ROOT));
  }

  private static Set<String> lowerCase(String... keys) {
    return Set.of(keys).stream()
        .map(key -> key.toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }
}
