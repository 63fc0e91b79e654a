package io.vestibule.backup;

import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The number of a customer, as rows of several tables have it in one column. */
public final class CustomerId {

  private CustomerId() {}

  /**
   * Whom a row is about.
   *
   * @throws IllegalStateException if it does not say so
   */
  public static String of(Map<String, AttributeValue> row) {
    return find(row).orElseThrow(() -> new IllegalStateException("an item without customerId"));
  }

  /** Whom a row is about; empty if it names nobody, as no row of ours does. */
  public static Optional<String> find(Map<String, AttributeValue> row) {
    return Optional.ofNullable(row.get("customerId")).map(AttributeValue::s);
  }
}
