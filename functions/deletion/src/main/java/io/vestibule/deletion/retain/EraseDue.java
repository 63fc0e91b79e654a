package io.vestibule.deletion.retain;

import io.vestibule.core.Counter;
import io.vestibule.core.Deadline;
import io.vestibule.deletion.erase.Contended;
import io.vestibule.deletion.erase.EraseCustomer;
import io.vestibule.deletion.erase.EraseCustomer.Progress;
import io.vestibule.keys.KnownCustomer;
import io.vestibule.keys.KnownCustomers;
import io.vestibule.store.Erasure;
import io.vestibule.store.OneByOne;
import io.vestibule.store.people.RetentionNotice.Begun;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Erases those who were found due, unless they are not any more. */
public final class EraseDue {

  private final EraseCustomer eraseCustomer;
  private final Predicate<KnownCustomer> isDue;

  public EraseDue(EraseCustomer eraseCustomer, Predicate<KnownCustomer> isDue) {
    this.eraseCustomer = eraseCustomer;
    this.isDue = isDue;
  }

  /**
   * Erases one after the other, until the time is over; what there is no time for is left to the
   * next run.
   *
   * @param oneByOne keeps one who cannot be erased from keeping up the others
   * @return how many were erased
   */
  public int run(List<Begun> due, Deadline deadline, OneByOne oneByOne) {
    int erased = 0;
    for (Begun one : due) {
      if (deadline.isOver()) {
        break;
      }
      Optional<Erasure> erasure =
          oneByOne.attempt(() -> commit(one.emailIndex()), Optional.empty());
      if (erasure.isPresent()) {
        erased++;
        Counter.CUSTOMER_ERASED.increment(); // Now: what fails later is another person's.
      }
      erasure.ifPresent(
          it -> oneByOne.attempt(() -> eraseCustomer.carryOut(it, deadline), Progress.UNFINISHED));
    }
    return erased;
  }

  private Optional<Erasure> commit(String emailIndex) {
    try {
      return switch (eraseCustomer.commit(emailIndex, isDue)) {
        case EraseCustomer.CommitResult.Committed(var erasure) -> Optional.of(erasure);
        case EraseCustomer.CommitResult.OnHold _, EraseCustomer.CommitResult.Superseded _ ->
            Optional.empty();
      };
    } catch (KnownCustomers.Unreadable e) {
      Counter.CUSTOMER_UNREADABLE.increment();
      return Optional.empty();
    } catch (Contended e) {
      // One who is changed all the time is looked at again tomorrow, and keeps nobody else waiting.
      return Optional.empty();
    }
  }
}
