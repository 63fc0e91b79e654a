package io.vestibule.local.iam;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * One line of a statement's condition block.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html">Set
 *     operators for multivalued context keys</a>
 */
record Condition(
    Quantifier quantifier,
    ConditionOperator operator,
    boolean ifExists,
    String key,
    List<String> wanted) {

  enum Quantifier {
    FOR_ALL_VALUES("ForAllValues:"),
    FOR_ANY_VALUE("ForAnyValue:"),
    NONE("");

    private final String prefix;

    Quantifier(String prefix) {
      this.prefix = prefix;
    }

    private static Quantifier of(String operator) {
      return Arrays.stream(values())
          .filter(it -> operator.startsWith(it.prefix))
          .findFirst()
          .orElse(NONE);
    }
  }

  /**
   * Reads one operator and key.
   *
   * @throws IllegalArgumentException for what is not carried out here: to overlook a condition
   *     would be to allow what it forbids
   */
  static Condition of(String operator, String key, List<String> wanted) {
    Quantifier quantifier = Quantifier.of(operator);
    String name = operator.substring(quantifier.prefix.length());
    boolean ifExists = name.endsWith("IfExists");
    name = ifExists ? name.substring(0, name.length() - "IfExists".length()) : name;
    var known =
        ConditionOperator.named(name)
            .orElseThrow(() -> new IllegalArgumentException("unknown operator " + operator));
    boolean plainNull = quantifier == Quantifier.NONE && !ifExists;
    if (known == ConditionOperator.NULL && !plainNull) {
      throw new IllegalArgumentException("Null takes no set operator and no IfExists");
    }
    refuseWhatMeansNothing(quantifier, known, key, wanted);
    return new Condition(quantifier, known, ifExists, key, List.copyOf(wanted));
  }

  private static void refuseWhatMeansNothing(
      Quantifier quantifier, ConditionOperator operator, String key, List<String> wanted) {
    if (!ConditionKey.isKnown(key)) {
      throw new IllegalArgumentException("unknown condition key " + key);
    }
    if (wanted.isEmpty()) {
      throw new IllegalArgumentException("no value for condition key " + key);
    }
    if (wanted.stream().anyMatch(value -> value.contains("${"))) {
      throw new IllegalArgumentException("policy variables are not supported: " + key);
    }
    boolean multiValued = ConditionKey.isMultiValued(key);
    if (multiValued && quantifier == Quantifier.NONE && operator != ConditionOperator.NULL) {
      throw new IllegalArgumentException(key + " has many values: use ForAllValues or ForAnyValue");
    }
    if (!multiValued && quantifier == Quantifier.FOR_ALL_VALUES) {
      throw new IllegalArgumentException(key + " has one value: ForAllValues allows its absence");
    }
  }

  boolean holds(Access access) {
    List<String> present = access.values(key);
    if (operator == ConditionOperator.NULL) {
      return wanted.contains(Boolean.toString(present.isEmpty()));
    }
    if (present.isEmpty()) {
      return holdsWithoutKey();
    }
    return switch (quantifier) {
      case NONE, FOR_ALL_VALUES -> present.stream().allMatch(this::matches);
      case FOR_ANY_VALUE -> present.stream().anyMatch(this::matches);
    };
  }

  /** ForAllValues over no values is true, as AWS documents: never use it to require a key. */
  private boolean holdsWithoutKey() {
    return switch (quantifier) {
      case NONE -> ifExists || operator.isNegated();
      case FOR_ALL_VALUES -> true;
      case FOR_ANY_VALUE -> ifExists;
    };
  }

  /**
   * Whether every value more lets more requests through. With IfExists it does not: there a value
   * may stand for what leaving the key out means anyway.
   */
  boolean widensByValues() {
    boolean comparesValues =
        operator != ConditionOperator.NULL && operator != ConditionOperator.BOOL;
    return comparesValues && !operator.isNegated() && !ifExists;
  }

  /** The wanted values that the request has. */
  Stream<String> met(Access access) {
    return widensByValues()
        ? wanted.stream().filter(value -> isAmong(access.values(key), value))
        : Stream.empty();
  }

  private boolean isAmong(List<String> present, String value) {
    return present.stream().anyMatch(it -> operator.compares(it, value));
  }

  private boolean matches(String present) {
    boolean found = wanted.stream().anyMatch(value -> operator.compares(present, value));
    return operator.isNegated() != found;
  }
}
