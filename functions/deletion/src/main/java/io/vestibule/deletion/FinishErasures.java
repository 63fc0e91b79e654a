package io.vestibule.deletion;

import io.vestibule.core.Deadline;
import io.vestibule.core.Runs;
import io.vestibule.store.Erasure;
import io.vestibule.store.OneByOne;
import io.vestibule.store.people.Identities;
import io.vestibule.store.people.RetentionNotice;
import io.vestibule.store.people.RetentionNotice.Begun;
import io.vestibule.store.people.RetentionNotice.State;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks once more after all customers whom earlier runs meant to erase. An address that no longer
 * has the number was erased, and the rest of that erasure is done, or done again. Erasures that
 * have settled are forgotten, as nothing else ties these addresses to these numbers.
 */
final class FinishErasures {

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
   * Finishes erasures that were begun.
   *
   * @param oneByOne keeps one whose erasure fails from keeping up the others
   * @return the notice without those who have settled
   */
  State run(State state, Deadline deadline, OneByOne oneByOne) {
    var settled = clock.instant().minus(Runs.LONGEST).minus(Runs.SETTLED);
    var open = new ArrayList<Begun>();
    for (Begun one : state.begun()) {
      boolean isFinished = oneByOne.attempt(() -> finish(one, deadline), false);
      if (!isFinished || one.at().isAfter(settled)) {
        open.add(one);
      }
    }
    return open.size() < state.begun().size() && notice.begin(state, open)
        ? new State(state.rules(), state.announcedAt(), List.copyOf(open))
        : state;
  }

  private boolean finish(Begun one, Deadline deadline) {
    return !isErased(one) || eraseCustomer.carryOut(erasure(one), deadline);
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
