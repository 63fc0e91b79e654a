package io.vestibule.deletion;

import io.vestibule.core.Counter;
import io.vestibule.core.Deadline;
import io.vestibule.keys.KnownCustomers;
import io.vestibule.store.people.UnboundIdentities;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Binds every identity that was written without it, if it is the identity of its customer. What
 * cannot be opened is left as it is: it is somebody else's row, or the customer's record is lost.
 */
final class BindIdentities {

  /** Segments of the table, each with a row at a time: at 40 ms a row, 700,000 rows in a run. */
  private static final int WIDTH = 32;

  private final UnboundIdentities unbound;
  private final KnownCustomers customers;

  BindIdentities(UnboundIdentities unbound, KnownCustomers customers) {
    this.unbound = unbound;
    this.customers = customers;
  }

  /**
   * What came of it.
   *
   * @param refused could not be opened, and stay without a binding
   * @param all whether there was time for the whole table
   */
  record Looked(long bound, long refused, boolean all) {

    private Looked and(Looked other) {
      return new Looked(bound + other.bound, refused + other.refused, all && other.all);
    }
  }

  /** Looks through the whole table, or as far as the time allows. */
  Looked run(Deadline deadline) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return IntStream.range(0, WIDTH)
          .mapToObj(segment -> CompletableFuture.supplyAsync(() -> run(segment, deadline), threads))
          .toList()
          .stream()
          .map(CompletableFuture::join)
          .reduce(new Looked(0, 0, true), Looked::and);
    }
  }

  private Looked run(int segment, Deadline deadline) {
    long bound = 0;
    long refused = 0;
    for (String emailIndex : (Iterable<String>) unbound.find(segment, WIDTH)::iterator) {
      if (deadline.isOver()) {
        return new Looked(bound, refused, false);
      }
      try {
        bound += bind(emailIndex) ? 1 : 0;
      } catch (KnownCustomers.Unreadable e) {
        Counter.CUSTOMER_UNREADABLE.increment();
        refused++;
      } catch (TransactionCanceledException e) {
        refused++; // Others keep writing this row: one row's trouble is no other's.
      }
    }
    return new Looked(bound, refused, true);
  }

  private boolean bind(String emailIndex) throws KnownCustomers.Unreadable {
    return customers
        .find(emailIndex)
        .filter(it -> it.identity().binding().isEmpty())
        .filter(it -> unbound.bind(it.identity(), it.bound()))
        .isPresent();
  }
}
