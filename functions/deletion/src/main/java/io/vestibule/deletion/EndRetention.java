package io.vestibule.deletion;

import io.vestibule.core.Counter;
import io.vestibule.core.Deadline;
import io.vestibule.core.forms.Retention;
import io.vestibule.keys.KnownCustomers;
import io.vestibule.keys.KnownCustomers.KnownCustomer;
import io.vestibule.store.Erasure;
import io.vestibule.store.people.CustomersByAge;
import io.vestibule.store.people.Identities;
import io.vestibule.store.people.RetentionNotice;
import io.vestibule.store.people.RetentionNotice.Begun;
import io.vestibule.store.people.RetentionNotice.State;
import io.vestibule.store.rows.RowsByEmail;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Erases customers whose forms say that they are to be kept no longer: some a day, and none before
 * the rules that say so were announced for a while.
 *
 * <p>Who else is erased leaves a request's row, which drives it to its end. Here the run of the
 * next day does that: it looks once more after all whom this one meant to erase.
 */
final class EndRetention {

  /** To open a customer is a request to KMS, and most who are old may be kept for good. */
  private static final int MOST_OPENED = 1_000;

  /** For so long a run can go on: what it meant to erase it may erase only then. */
  private static final Duration LONGEST_RUN = Duration.ofMinutes(15);

  private final Retention retention;
  private final CustomersByAge byAge;
  private final Identities identities;
  private final KnownCustomers customers;
  private final List<RowsByEmail> rows;
  private final EraseCustomer eraseCustomer;
  private final RetentionNotice notice;
  private final Duration noticeTime;
  private final int mostErased;
  private final Clock clock;
  private final RandomGenerator random;

  EndRetention(
      Retention retention,
      CustomersByAge byAge,
      Identities identities,
      KnownCustomers customers,
      List<RowsByEmail> rows,
      EraseCustomer eraseCustomer,
      RetentionNotice notice,
      Duration noticeTime,
      int mostErased,
      Clock clock,
      RandomGenerator random) {
    this.retention = retention;
    this.byAge = byAge;
    this.identities = identities;
    this.customers = customers;
    this.rows = rows;
    this.eraseCustomer = eraseCustomer;
    this.notice = notice;
    this.noticeTime = noticeTime;
    this.mostErased = mostErased;
    this.clock = clock;
    this.random = random;
  }

  /**
   * What came of a run.
   *
   * @param due how many were found whose time is over, up to as many as are erased in a day
   * @param erased how many of these were; none as long as the notice runs
   * @param erasedFrom since when, or from when on, they are
   */
  record Report(int due, int erased, Optional<Instant> erasedFrom) {}

  /**
   * Looks once.
   *
   * @param deadline until when it may go on; what is begun by then, the next run finishes
   */
  Report run(Deadline deadline) {
    var state = lookOnceMore(notice.read(), deadline);
    var due = deadline.isOver() ? List.<Begun>of() : findDue(deadline);
    if (due.isEmpty()) {
      return new Report(0, 0, Optional.empty());
    }
    var now = clock.instant();
    var rules = retention.rules();
    var announcedAt = state.announcedAt().filter(_ -> state.rules().equals(rules));
    if (announcedAt.isEmpty()) {
      notice.announce(rules, now);
    }
    var from = announcedAt.orElse(now).plus(noticeTime);
    return new Report(
        due.size(), from.isAfter(now) ? 0 : erase(due, state, deadline), Optional.of(from));
  }

  /**
   * Whoever has the number no more was erased: what that left to do is done, or done again. What
   * has settled is forgotten, as nothing else ties these addresses to these numbers.
   */
  private State lookOnceMore(State state, Deadline deadline) {
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

  private List<Begun> findDue(Deadline deadline) {
    var now = clock.instant();
    var due = new ArrayList<Begun>();
    var candidates =
        retention
            .longAgo(now)
            .map(time -> byAge.confirmedBefore(time, MOST_OPENED, random))
            .orElse(List.of());
    for (String customerId : candidates) {
      if (due.size() == mostErased || deadline.isOver()) {
        break;
      }
      identities
          .emailIndexOf(customerId)
          .filter(this::isDue)
          .ifPresent(emailIndex -> due.add(new Begun(emailIndex, customerId, now)));
    }
    return due;
  }

  /** Nobody can tell how long to keep what cannot be read: it is kept, and counted each day. */
  private boolean isDue(String emailIndex) {
    try {
      return customers.find(emailIndex).filter(this::isDue).isPresent();
    } catch (KnownCustomers.Unreadable e) {
      Counter.CUSTOMER_UNREADABLE.increment();
      return false;
    }
  }

  /** Who is just handing in or asking for something is not, even if it is not confirmed yet. */
  private boolean isDue(KnownCustomer customer) {
    var now = clock.instant();
    return customer.record().hold() == null
        && retention.isOver(customer.record(), now)
        && rows.stream().allMatch(it -> it.some(customer.identity().emailIndex(), 1).isEmpty());
  }

  private int erase(List<Begun> due, State state, Deadline deadline) {
    var all = new ArrayList<>(due);
    all.addAll(state.begun());
    if (!notice.begin(state, all)) {
      return 0;
    }
    int erased = 0;
    for (Begun one : due) {
      if (deadline.isOver()) {
        break;
      }
      var erasure = commit(one.emailIndex());
      erasure.ifPresent(it -> eraseCustomer.carryOut(it, deadline));
      erased += erasure.isPresent() ? 1 : 0;
    }
    return erased;
  }

  private Optional<Erasure> commit(String emailIndex) {
    try {
      return switch (eraseCustomer.commit(emailIndex, this::isDue)) {
        case EraseCustomer.CommitResult.Committed(var erasure) -> Optional.of(erasure);
        case EraseCustomer.CommitResult.OnHold _, EraseCustomer.CommitResult.Superseded _ ->
            Optional.empty();
      };
    } catch (KnownCustomers.Unreadable e) {
      Counter.CUSTOMER_UNREADABLE.increment();
      return Optional.empty();
    }
  }
}
