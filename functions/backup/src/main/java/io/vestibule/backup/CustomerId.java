package io.vestibule.backup;

import java.util.Map;
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
    AttributeValue id = row.get("customerId");
    if (id == null || id.s() == null) {
      throw new IllegalStateException("an item without customerId");
    }
    return id.s();
  }
}
