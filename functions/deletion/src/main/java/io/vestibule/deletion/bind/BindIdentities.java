package io.vestibule.deletion.bind;

import io.vestibule.core.Counter;
import io.vestibule.core.Deadline;
import io.vestibule.core.OperatorCode;
import io.vestibule.core.WorkThreads;
import io.vestibule.keys.KnownCustomer;
import io.vestibule.keys.KnownCustomers;
import io.vestibule.keys.SyntheticEntries;
import io.vestibule.store.UnfitRow;
import io.vestibule.store.people.UnboundIdentities;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/**
 * Binds every identity that was written without it, if it is the identity of its customer. A
 * customer of before there were entries gets the one that stands for what was stored until then.
 * What cannot be opened is left as it is: it is somebody else's row, or the customer's record is
 * lost.
 */
public final class BindIdentities {

  private static final Logger LOG = LoggerFactory.getLogger(BindIdentities.class);

  /** Segments of the table, each with a row at a time: at 40 ms a row, 700,000 rows in a run. */
  private static final int WIDTH = 32;

  private final UnboundIdentities unbound;
  private final KnownCustomers customers;
  private final SyntheticEntries syntheticEntries;
  private final Clock clock;

  public BindIdentities(
      UnboundIdentities unbound,
      KnownCustomers customers,
      SyntheticEntries syntheticEntries,
      Clock clock) {
    this.unbound = unbound;
    this.customers = customers;
    this.syntheticEntries = syntheticEntries;
    this.clock = clock;
  }

  /**
   * What came of it.
   *
   * @param refused could not be opened, or have no room, and stay without a binding
   * @param all whether each row had its turn: there was time for the whole table, and no row was
   *     passed over
   */
  public record Looked(long bound, long refused, boolean all) {

    private static final Looked NOTHING = new Looked(0, 0, true);
    private static final Looked BOUND = new Looked(1, 0, true);
    private static final Looked REFUSED = new Looked(0, 1, true);
    private static final Looked PASSED_OVER = new Looked(0, 0, false);

    private Looked and(Looked other) {
      return new Looked(bound + other.bound, refused + other.refused, all && other.all);
    }
  }

  /** Looks through the whole table, or as far as the time allows. */
  Looked run(Deadline deadline) {
    try (var threads = WorkThreads.each()) {
      return IntStream.range(0, WIDTH)
          .mapToObj(segment -> CompletableFuture.supplyAsync(() -> run(segment, deadline), threads))
          .toList()
          .stream()
          .map(CompletableFuture::join)
          .reduce(Looked.NOTHING, Looked::and);
    }
  }

  private Looked run(int segment, Deadline deadline) {
    var looked = Looked.NOTHING;
    for (String emailIndex : (Iterable<String>) unbound.find(segment, WIDTH)::iterator) {
      if (deadline.isOver()) {
        return looked.and(Looked.PASSED_OVER);
      }
      looked = looked.and(bind(emailIndex));
    }
    return looked;
  }

  private Looked bind(String emailIndex) {
    try {
      return customers
          .find(emailIndex)
          .filter(it -> it.identity().binding().isEmpty())
          .map(this::bind)
          .orElse(Looked.NOTHING);
    } catch (KnownCustomers.Unreadable e) {
      Counter.CUSTOMER_UNREADABLE.increment();
      return Looked.REFUSED;
    } catch (TransactionCanceledException | TransactionConflictException e) {
      return Looked.PASSED_OVER; // Others keep at this row, or AWS is busy: it may well be honest.
    }
  }

  private Looked bind(KnownCustomer customer) {
    try {
      return isBoundBy(customer) ? Looked.BOUND : Looked.NOTHING;
    } catch (UnfitRow e) {
      Counter.CUSTOMER_UNREADABLE.increment();
      var code = OperatorCode.CUSTOMER_UNREADABLE.entry();
      LOG.error("The key's row of {} has no room for a binding", customer.customerId(), code);
      return Looked.REFUSED;
    }
  }

  private boolean isBoundBy(KnownCustomer customer) {
    var identity = customer.identity();
    var binding = customer.bound();
    return syntheticEntries
        .of(customer)
        .map(entry -> unbound.bind(identity, binding, entry, clock.instant()))
        .orElseGet(() -> unbound.bind(identity, binding));
  }
}
