package io.vestibule.deletion.answer;

import io.vestibule.core.CustomerRecord.Hold;
import io.vestibule.core.Passed;
import io.vestibule.core.Receipt;
import io.vestibule.core.Receipt.Erased;
import io.vestibule.core.Receipt.Left;
import io.vestibule.core.Receipt.Outcome;
import io.vestibule.core.Receipt.Remnant;
import io.vestibule.core.Receipt.Rest;
import io.vestibule.core.Receipt.Thing;
import io.vestibule.store.Erasure;
import io.vestibule.store.Table;
import io.vestibule.store.people.ErasedAddresses;
import io.vestibule.store.people.Leftover;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Words receipts.
 *
 * @param rights what people may ask for here
 * @param complaints the authority to complain to, if the business names one
 * @param keyRecoverable how long a deleted key can still be recovered, by anybody
 */
public record Receipts(Rights rights, Optional<String> complaints, Duration keyRecoverable) {

  /**
   * What no retry could handle goes to a bucket that keeps it for 30 days, and S3 rounds these up
   * to the next midnight: 31. It gets there up to 22 hours after it was written, when the stream's
   * retries end (both template.yaml): 32. What was written last is from the moment before the
   * receipt, and a day is for clocks, and for Lambda and S3 to get to it.
   */
  private static final Duration UNHANDLED_KEPT = Duration.ofDays(33);

  /**
   * A copy lives for as many days, but from when it was made, which may take hours, in each of two
   * Regions; and AWS Backup deletes within some hours after.
   */
  private static final Duration COPIES_LAST_LONGER = Duration.ofDays(2);

  /**
   * For how long somebody's key can be recovered when it was deleted.
   *
   * @param days for how many the table itself can be recovered
   * @param areCopied whether AWS Backup keeps copies of the table, for as many days
   */
  public static Duration keyRecoverable(int days, boolean areCopied) {
    var table = Duration.ofDays(days);
    return areCopied ? table.plus(COPIES_LAST_LONGER) : table;
  }

  /**
   * That somebody is erased; there may have been no customer, and then that is said.
   *
   * @param entries how many entries went; empty if nobody counted them
   * @param passedOn to whom something had been passed on
   */
  Receipt erased(
      String request,
      Erasure erasure,
      Optional<Integer> entries,
      List<Passed> passedOn,
      Instant now) {
    var at = erasure.erasedAt();
    var isCustomer = erasure.customerId().isPresent();
    var erased = new ArrayList<Erased>();
    if (isCustomer) {
      erased.add(new Erased(Thing.RECORD, "customers", at));
      entries.ifPresent(it -> erased.add(Erased.counted("entries", at, it)));
      erased.add(new Erased(Thing.KEY, "identities", at));
    }
    erased.add(new Erased(Thing.SUBMISSIONS, "submissions", at));
    erased.add(new Erased(Thing.COPIES, "requests, disclosures", at));
    return receipt(
        request,
        isCustomer ? Outcome.ERASED : Outcome.NOTHING_HELD,
        at,
        now,
        erased,
        passedOn,
        remains(erasure, now),
        left(isCustomer, passedOn.stream().anyMatch(Passed::awaitsAnswer), now),
        rights.erasure());
  }

  private List<Remnant> remains(Erasure erasure, Instant now) {
    return Arrays.stream(Table.values())
        .flatMap(table -> Leftover.in(table).rests().stream())
        .distinct()
        .sorted()
        .flatMap(rest -> remnant(rest, erasure, now).stream())
        .toList();
  }

  private Optional<Remnant> remnant(Rest rest, Erasure erasure, Instant now) {
    var at = erasure.erasedAt();
    var customer = erasure.customerId();
    return switch (rest) {
      case NUMBER -> customer.map(number -> new Remnant(rest, number, null));
      case RECOVERABLE_KEY -> customer.map(_ -> new Remnant(rest, null, at.plus(keyRecoverable)));
      case BACKUPS -> customer.map(_ -> new Remnant(rest, null, null));
      case MARKER -> Optional.of(new Remnant(rest, null, at.plus(ErasedAddresses.KEPT)));
      case SUPPRESSION -> Optional.of(new Remnant(rest, null, null));
      case UNHANDLED -> Optional.of(new Remnant(rest, null, now.plus(UNHANDLED_KEPT)));
      case HOLD, EVIDENCE -> Optional.empty();
    };
  }

  private static List<Left> left(boolean isCustomer, boolean isAwaited, Instant now) {
    return Stream.concat(
            Arrays.stream(Table.values())
                .map(it -> Leftover.in(it).told(it.label(), isCustomer, isAwaited, now)),
            Stream.of(Leftover.inStreams().told(Leftover.STREAMS, isCustomer, isAwaited, now)))
        .flatMap(Optional::stream)
        .toList();
  }

  /**
   * Where rows are left by the time of a later receipt. With the last answer, what was kept for
   * answers gets another end; all else keeps the one that it had.
   *
   * @param answers of everybody to whom something was passed on
   * @return nothing if the receipt before does not say
   */
  static @Nullable List<Left> left(Receipt before, List<Passed> answers, Instant now) {
    var left = before.remainsIn();
    if (left == null || answers.stream().anyMatch(Passed::awaitsAnswer)) {
      return left;
    }
    var keptForAnswers = left(true, true, now);
    var settled = left(true, false, now);
    var others = settled.stream().filter(it -> !keptForAnswers.contains(it)).toList();
    return left.stream()
        .map(it -> others.stream().filter(o -> o.where().equals(it.where())).findFirst().orElse(it))
        .toList();
  }

  /** The receipt that says that the customer was not erased, and why. */
  Receipt kept(String request, Hold hold, List<Passed> passedOn, Instant now) {
    var remains = List.of(new Remnant(Rest.HOLD, hold.ground(), null));
    return receipt(
        request, Outcome.KEPT, null, now, List.of(), passedOn, remains, null, rights.erasure());
  }

  /**
   * The receipt that says that the consents do not stand any more.
   *
   * @param hold for which what hung on them is kept nevertheless
   */
  Receipt withdrawn(String request, Optional<Hold> hold, List<Passed> passedOn, Instant now) {
    var remains = new ArrayList<Remnant>();
    remains.add(new Remnant(Rest.EVIDENCE, null, null));
    hold.ifPresent(it -> remains.add(new Remnant(Rest.HOLD, it.ground(), null)));
    return receipt(
        request,
        Outcome.WITHDRAWN,
        null,
        now,
        List.of(),
        passedOn,
        remains,
        null,
        rights.withdrawal());
  }

  /**
   * The receipt that says that there is no customer of whom anything could be told or withdrawn.
   */
  Receipt nothingHeld(String request, String rule, Instant now) {
    return receipt(
        request, Outcome.NOTHING_HELD, null, now, List.of(), List.of(), List.of(), null, rule);
  }

  private Receipt receipt(
      String request,
      Outcome outcome,
      @Nullable Instant erasedAt,
      Instant now,
      List<Erased> erased,
      List<Passed> passedOn,
      List<Remnant> remains,
      @Nullable List<Left> remainsIn,
      String rule) {
    return new Receipt(
        Receipt.TYPE,
        request,
        1,
        null,
        outcome,
        erasedAt,
        now,
        erased,
        passedOn,
        remains,
        remainsIn,
        rule,
        complaints.orElse(null),
        Receipt.ERASURES);
  }
}
