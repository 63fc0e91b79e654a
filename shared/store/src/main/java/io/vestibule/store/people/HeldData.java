package io.vestibule.store.people;

import static io.vestibule.store.Attributes.text;

import io.vestibule.core.RowId;
import io.vestibule.store.ColumnRead;
import io.vestibule.store.rows.ByEmail;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Tells whether anything is held under an address, and never what: a customer, or a row that is
 * open or held in any of the tables that rows come in by. Tombstones have no address any more, but
 * for requests that a copy is kept of.
 *
 * <p>It is as of now, but for what came in within the last moments: the index lags, and a row that
 * the mailer has not opened yet has no {@code emailIndex}.
 */
public final class HeldData {

  /** Of a customer's identity no more is read than that it is there, and never the wrapped key. */
  private static final String IDENTITY_COLUMNS = "#emailIndex";

  private static final String ROW_COLUMNS = "#id";

  private final DynamoDbClient dynamoDb;
  private final String identities;
  private final List<String> tables;

  public HeldData(DynamoDbClient dynamoDb, String identities, List<String> tables) {
    this.dynamoDb = dynamoDb;
    this.identities = identities;
    this.tables = List.copyOf(tables);
  }

  /** Whether there is anything but the row that asks. */
  public boolean isThere(String emailIndex, RowId asking) {
    // In this order: a row that storage has just taken away has become a customer.
    return tables.stream().anyMatch(table -> hasRow(table, emailIndex, asking))
        || isCustomer(emailIndex);
  }

  /** Whether the address is a customer's. */
  public boolean isCustomer(String emailIndex) {
    return !new ColumnRead(dynamoDb, identities, "emailIndex", IDENTITY_COLUMNS)
        .row(emailIndex)
        .isEmpty();
  }

  private boolean hasRow(String table, String emailIndex, RowId asking) {
    return new ByEmail(dynamoDb, table)
        .items(emailIndex, ROW_COLUMNS)
        .anyMatch(item -> !text(asking.value()).equals(item.get("id")));
  }
}
