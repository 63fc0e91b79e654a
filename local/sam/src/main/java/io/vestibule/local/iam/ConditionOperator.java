package io.vestibule.local.iam;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntPredicate;

/** The comparisons of a policy's conditions, as far as policies here use them. */
enum ConditionOperator {
  STRING_EQUALS("StringEquals"),
  STRING_NOT_EQUALS("StringNotEquals"),
  STRING_LIKE("StringLike"),
  STRING_NOT_LIKE("StringNotLike"),
  BOOL("Bool"),
  NULL("Null"),
  NUMERIC_EQUALS("NumericEquals"),
  NUMERIC_LESS_THAN("NumericLessThan"),
  NUMERIC_LESS_THAN_EQUALS("NumericLessThanEquals"),
  NUMERIC_GREATER_THAN("NumericGreaterThan"),
  NUMERIC_GREATER_THAN_EQUALS("NumericGreaterThanEquals");

  private final String iamName;

  ConditionOperator(String iamName) {
    this.iamName = iamName;
  }

  static Optional<ConditionOperator> named(String iamName) {
    return Arrays.stream(values()).filter(it -> it.iamName.equals(iamName)).findFirst();
  }

  /** Whether it holds when no wanted value matches, and also when the key is absent. */
  boolean isNegated() {
    return this == STRING_NOT_EQUALS || this == STRING_NOT_LIKE;
  }

  /** Compares one value; a negated operator compares like its opposite. */
  boolean compares(String present, String wanted) {
    return switch (this) {
      case STRING_EQUALS, STRING_NOT_EQUALS -> present.equals(wanted);
      case STRING_LIKE, STRING_NOT_LIKE -> Glob.matches(wanted, present);
      case BOOL -> present.equalsIgnoreCase(wanted);
      case NULL -> throw new IllegalStateException("Null asks for presence, not for a value");
      case NUMERIC_EQUALS -> numbers(present, wanted, order -> order == 0);
      case NUMERIC_LESS_THAN -> numbers(present, wanted, order -> order < 0);
      case NUMERIC_LESS_THAN_EQUALS -> numbers(present, wanted, order -> order <= 0);
      case NUMERIC_GREATER_THAN -> numbers(present, wanted, order -> order > 0);
      case NUMERIC_GREATER_THAN_EQUALS -> numbers(present, wanted, order -> order >= 0);
    };
  }

  private static boolean numbers(String present, String wanted, IntPredicate order) {
    try {
      return order.test(new BigDecimal(present).compareTo(new BigDecimal(wanted)));
    } catch (NumberFormatException notANumber) {
      return false;
    }
  }
}
