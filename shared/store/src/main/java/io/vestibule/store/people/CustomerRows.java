package io.vestibule.store.people;

import io.vestibule.core.Pause;
import io.vestibule.store.Cancellation;
import io.vestibule.store.people.Customers.CustomerRow;
import io.vestibule.store.people.Identities.Identity;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ItemResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Both rows of a customer as they were at one moment. They are written together, so that of two
 * that differ one was put there by somebody else: by a restore, a recovery, or an attacker.
 */
public final class CustomerRows {

  /** A row that others write at the same moment: their transactions last some milliseconds. */
  private static final int ATTEMPTS = 5;

  private static final Duration FIRST_REST = Duration.ofMillis(20);

  private final DynamoDbClient dynamoDb;
  private final Identities identities;
  private final Customers customers;

  public CustomerRows(DynamoDbClient dynamoDb, Identities identities, Customers customers) {
    this.dynamoDb = dynamoDb;
    this.identities = identities;
    this.customers = customers;
  }

  /**
   * The rows.
   *
   * @param row empty if the customer's row is lost
   */
  public record Found(Identity identity, Optional<CustomerRow> row) {

    /** Whether both were written by one transaction, as far as their versions tell. */
    boolean agree() {
      return row.isPresent()
          && identity.binding().filter(it -> it.version() == row.get().version()).isPresent();
    }
  }

  /**
   * The rows of an address, by two calls: only the identity knows the number. If they differ they
   * are read once more, as a version of before the binding may just have written one of them.
   *
   * @return empty if the address has no customer
   * @throws Malformed if a row is none that we write
   */
  public Optional<Found> find(String emailIndex) throws Malformed {
    var first = read(emailIndex);
    return first.isEmpty() || first.get().agree() ? first : read(emailIndex);
  }

  /** The address may be erased, and come back under another number, between the two calls. */
  private Optional<Found> read(String emailIndex) throws Malformed {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      var seen = parse(identities.item(emailIndex), Identities::identity);
      if (seen.isEmpty()) {
        return Optional.empty();
      }
      var customerId = seen.get().customerId();
      var items = together(emailIndex, customerId);
      var identity = parse(item(items.get(0)), Identities::identity);
      if (identity.filter(it -> !it.customerId().equals(customerId)).isEmpty()) {
        var row = parse(item(items.get(1)), Customers::row);
        return identity.map(it -> new Found(it, row));
      }
    }
    throw new IllegalStateException("the number of an address does not stay the same");
  }

  private List<ItemResponse> together(String emailIndex, String customerId) {
    var rest = FIRST_REST;
    for (int attempt = 1; ; attempt++) {
      try {
        return dynamoDb
            .transactGetItems(
                get -> get.transactItems(identities.read(emailIndex), customers.read(customerId)))
            .responses();
      } catch (TransactionCanceledException e) {
        if (attempt == ATTEMPTS || !Cancellation.of(e).isConflict()) {
          throw e;
        }
      }
      Pause.REAL.rest(rest);
      rest = rest.multipliedBy(2);
    }
  }

  /** What is missing in a row, or of another type, is so at the next attempt too. */
  private static <T> Optional<T> parse(
      Map<String, AttributeValue> item, Function<Map<String, AttributeValue>, Optional<T>> parser)
      throws Malformed {
    try {
      return parser.apply(item);
    } catch (IllegalStateException | IllegalArgumentException | DateTimeException e) {
      throw new Malformed(e);
    }
  }

  private static Map<String, AttributeValue> item(ItemResponse response) {
    return response.hasItem() ? response.item() : Map.of();
  }

  /** A row is none that we write, and no retry will change it. */
  public static final class Malformed extends Exception {
    Malformed(RuntimeException cause) {
      super("a row of the customer is none that we write", cause);
    }
  }
}
