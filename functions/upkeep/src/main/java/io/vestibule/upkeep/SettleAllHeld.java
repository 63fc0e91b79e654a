package io.vestibule.upkeep;

import io.vestibule.core.HeldReason;
import io.vestibule.core.OperatorCode;
import io.vestibule.core.RowId;
import io.vestibule.core.Status;
import io.vestibule.store.UnfitRow;
import io.vestibule.store.rows.HeldSubmissions;
import io.vestibule.store.rows.OpenRow;
import io.vestibule.store.rows.OpenSubmissions;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what a person decided about everything that is held for one reason, of one form. */
final class SettleAllHeld {

  private static final Logger LOG = LoggerFactory.getLogger(SettleAllHeld.class);

  /** In one run, which has five minutes: a decision is two writes at most. */
  private static final int MOST_SETTLED = 1_000;

  private final HeldSubmissions held;
  private final OpenSubmissions submissions;
  private final Clock clock;

  SettleAllHeld(HeldSubmissions held, OpenSubmissions submissions, Clock clock) {
    this.held = held;
    this.submissions = submissions;
    this.clock = clock;
  }

  /**
   * What came of a run.
   *
   * @param settled how many were released or rejected
   * @param more whether the run has ended at its bound, so that there may be more; if not, it has
   *     looked at all that was held
   */
  record Report(int settled, boolean more) {}

  /** Lets them go on, as one that is released does. */
  Report release(HeldReason reason, String form) {
    return settle(reason, form, SettleHeld::release);
  }

  /** Ends them for good. */
  Report reject(HeldReason reason, String form) {
    return settle(reason, form, SettleHeld::reject);
  }

  private Report settle(
      HeldReason reason, String form, BiFunction<SettleHeld, RowId, Settlement> decision) {
    requireSeveral(reason);
    var settle = about(reason);
    List<RowId> found = find(reason, form);
    long settled = found.stream().filter(id -> isSettled(() -> decision.apply(settle, id))).count();
    return new Report((int) settled, found.size() == MOST_SETTLED);
  }

  /**
   * Several that are held for a reason are to be decided about.
   *
   * @throws IllegalArgumentException if that may not be
   */
  static void requireSeveral(HeldReason reason) {
    if (reason.isDecidedOneByOne()) {
      throw new IllegalArgumentException(
          "What is held as " + reason.code() + " is decided one by one");
    }
  }

  /**
   * The reason is a condition of each write: what is held for another one by then is left alone.
   */
  SettleHeld about(HeldReason reason) {
    return new SettleHeld(held.heldFor(reason), submissions, clock);
  }

  /** As many as a run settles: it reads no further. */
  private List<RowId> find(HeldReason reason, String form) {
    return submissions
        .rowsCreatedBefore(Status.HELD, clock.instant())
        .filter(row -> row.status() == Status.HELD && row.form().equals(form))
        .filter(row -> row.reason().equals(Optional.of(reason.code())))
        .map(OpenRow::id)
        .limit(MOST_SETTLED)
        .toList();
  }

  /** A row that has grown since it was held is left to the reconciler, and keeps up no other. */
  private static boolean isSettled(Supplier<Settlement> decision) {
    try {
      return isSettled(decision.get());
    } catch (UnfitRow e) {
      LOG.error("A row that intake did not write", OperatorCode.ROW_FORGED.entry());
      return false;
    }
  }

  private static boolean isSettled(Settlement outcome) {
    return switch (outcome) {
      case Settlement.Released _, Settlement.Rejected _ -> true;
      case Settlement.NotHeld _, Settlement.Unknown _ -> false;
    };
  }
}
