package io.vestibule.deletion.retain;

import io.vestibule.core.Deadline;
import io.vestibule.core.Runs;
import io.vestibule.deletion.erase.EraseCustomer;
import io.vestibule.store.Erasure;
import io.vestibule.store.OneByOne;
import io.vestibule.store.people.ErasedNumbers;
import io.vestibule.store.people.RetentionNotice;
import io.vestibule.store.people.RetentionNotice.Begun;
import io.vestibule.store.people.RetentionNotice.State;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Optional;

/**
 * Looks once more after all customers whom earlier runs meant to erase. Whose number is in the
 * table of erasures was erased, and the rest of that erasure is done, or done again. That somebody
 * has no key any more tells nothing: it may be lost. Erasures that have settled are forgotten, as
 * nothing else ties these addresses to these numbers.
 */
public final class FinishErasures {

  private final ErasedNumbers erasedNumbers;
  private final EraseCustomer eraseCustomer;
  private final RetentionNotice notice;
  private final Clock clock;

  public FinishErasures(
      ErasedNumbers erasedNumbers,
      EraseCustomer eraseCustomer,
      RetentionNotice notice,
      Clock clock) {
    this.erasedNumbers = erasedNumbers;
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
        ? state.with(open)
        : state;
  }

  private boolean finish(Begun one, Deadline deadline) {
    return erasure(one)
        .map(it -> eraseCustomer.carryOut(it, deadline) == EraseCustomer.Progress.DONE)
        .orElse(true);
  }

  /** Empty if nobody was erased so: not at all, or at their own request, which finishes itself. */
  private Optional<Erasure> erasure(Begun one) {
    return erasedNumbers
        .find(one.customerId())
        .filter(it -> it.askedBy().equals(Erasure.RETENTION))
        .map(
            it ->
                EraseCustomer.atEndOfRetention(one.emailIndex(), one.customerId(), it.erasedAt()));
  }
}
