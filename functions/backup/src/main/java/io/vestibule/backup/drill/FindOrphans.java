package io.vestibule.backup.drill;

import io.vestibule.backup.Fingerprints;
import io.vestibule.core.Deadline;
import io.vestibule.core.Pause;
import io.vestibule.core.Runs;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/**
 * Looks for identities without their customer, and for customers without an identity, by their
 * numbers alone. In memory are 8 bytes for each identity, and no more of the customers than a page.
 *
 * <p>Customers come and go while it reads. So whatever seems to be an orphan is looked at once
 * more, {@link Runs#SETTLED} after both tables have been read.
 */
final class FindOrphans {

  private static final Duration STEP = Duration.ofSeconds(1);

  private final CustomerHalves halves;
  private final Pause pause;

  /**
   * Prepares it.
   *
   * @param pause how it waits for what is being stored or erased
   */
  FindOrphans(CustomerHalves halves, Pause pause) {
    this.halves = halves;
    this.pause = pause;
  }

  /** Counts them, if that can be done in time. */
  Orphans run(Deadline deadline) {
    var known =
        new Fingerprints(
            halves.identities().read(deadline, Fingerprints::of).stream()
                .flatMapToLong(LongStream::of));
    var withoutIdentity = new OrphanCandidates();
    read(halves.customers(), deadline, number -> !known.meet(number), withoutIdentity);
    var withoutCustomer = new OrphanCandidates();
    if (!known.isAllMet()) {
      read(halves.identities(), deadline, known::waitsFor, withoutCustomer);
    }
    if (!withoutCustomer.isEmpty() || !withoutIdentity.isEmpty()) {
      settle(deadline);
    }
    return deadline.isOver()
        ? Orphans.NOT_COUNTED
        : new Orphans(
            true,
            withoutCustomer.stillThere(
                number -> !halves.hasCustomer(number) && halves.hasIdentity(number)),
            withoutIdentity.stillThere(
                number -> !halves.hasIdentity(number) && halves.hasCustomer(number)));
  }

  /** In steps: the deadline is not to be overslept. */
  private void settle(Deadline deadline) {
    for (var time = Runs.SETTLED;
        time.isPositive() && !deadline.isOver();
        time = time.minus(STEP)) {
      pause.rest(STEP);
    }
  }

  private static void read(
      Numbers numbers, Deadline deadline, Predicate<String> isOrphan, OrphanCandidates candidates) {
    var _ =
        numbers.read(
            deadline,
            part -> {
              part.filter(isOrphan).forEach(candidates::add);
              return candidates;
            });
  }
}
