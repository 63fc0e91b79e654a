package io.vestibule.deletion;

import io.vestibule.core.Deadline;
import io.vestibule.store.Erasure;
import io.vestibule.store.people.Identities;
import io.vestibule.store.people.RetentionNotice;
import io.vestibule.store.people.RetentionNotice.Begun;
import io.vestibule.store.people.RetentionNotice.State;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks once more after all whom earlier runs meant to erase. Whoever has the number no more was
 * erased: what that left to do is done, or done again. What has settled is forgotten, as nothing
 * else ties these addresses to these numbers.
 */
final class FinishErasures {

  /** For so long a run can go on: what it meant to erase it may erase only then. */
  private static final Duration LONGEST_RUN = Duration.ofMinutes(15);

  private final Identities identities;
  private final EraseCustomer eraseCustomer;
  private final RetentionNotice notice;
  private final Clock clock;

  FinishErasures(
      Identities identities, EraseCustomer eraseCustomer, RetentionNotice notice, Clock clock) {
    this.identities = identities;
    this.eraseCustomer = eraseCustomer;
    this.notice = notice;
    this.clock = clock;
  }

  /**
   * Looks after them.
   *
   * @return the notice without those who have settled
   */
  State run(State state, Deadline deadline) {
    var settled = clock.instant().minus(LONGEST_RUN).minus(EraseCustomer.SETTLED);
    var open = new ArrayList<Begun>();
    for (Begun one : state.begun()) {
      boolean isFinished = !isErased(one) || eraseCustomer.carryOut(erasure(one), deadline);
      if (!isFinished || one.at().isAfter(settled)) {
        open.add(one);
      }
    }
    return open.size() < state.begun().size() && notice.begin(state, open)
        ? new State(state.rules(), state.announcedAt(), List.copyOf(open))
        : state;
  }

  private boolean isErased(Begun one) {
    return identities
        .find(one.emailIndex())
        .filter(identity -> identity.customerId().equals(one.customerId()))
        .isEmpty();
  }

  private static Erasure erasure(Begun one) {
    return EraseCustomer.atEndOfRetention(one.emailIndex(), one.customerId(), one.at());
  }
}
