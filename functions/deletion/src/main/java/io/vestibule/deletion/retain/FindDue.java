package io.vestibule.deletion.retain;

import io.vestibule.core.Deadline;
import io.vestibule.core.forms.Retention;
import io.vestibule.store.OneByOne;
import io.vestibule.store.people.CustomersByAge;
import io.vestibule.store.people.Identities;
import io.vestibule.store.people.RetentionNotice.Begun;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Finds customers who are to be kept no longer: as many as may be erased in a day. */
public final class FindDue {

  /** To open a customer is a request to KMS, and most who are old may be kept for good. */
  private static final int MOST_OPENED = 1_000;

  private final Retention retention;
  private final CustomersByAge byAge;
  private final Identities identities;
  private final RetentionCheck check;
  private final int most;
  private final Clock clock;
  private final RandomGenerator random;

  /**
   * Prepares it.
   *
   * @param most how many it finds at most
   */
  public FindDue(
      Retention retention,
      CustomersByAge byAge,
      Identities identities,
      RetentionCheck check,
      int most,
      Clock clock,
      RandomGenerator random) {
    this.retention = retention;
    this.byAge = byAge;
    this.identities = identities;
    this.check = check;
    this.most = most;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Looks until there are as many, or the time is over.
   *
   * @param oneByOne keeps one who cannot be looked at from keeping up the others
   */
  List<Begun> run(Deadline deadline, OneByOne oneByOne) {
    var now = clock.instant();
    var due = new ArrayList<Begun>();
    var candidates =
        retention
            .longAgo(now)
            .map(time -> byAge.confirmedBefore(time, MOST_OPENED, random))
            .orElse(List.of());
    for (String customerId : candidates) {
      if (due.size() == most || deadline.isOver()) {
        break;
      }
      oneByOne
          .attempt(() -> dueOf(customerId), Optional.<String>empty())
          .ifPresent(emailIndex -> due.add(new Begun(emailIndex, customerId, now)));
    }
    return due;
  }

  private Optional<String> dueOf(String customerId) {
    return identities.emailIndexesOf(customerId).stream().filter(check::isDue).findFirst();
  }
}
