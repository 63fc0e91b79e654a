package io.vestibule.deletion.retain;

import io.vestibule.core.Deadline;
import io.vestibule.core.Sample;
import io.vestibule.core.forms.Retention;
import io.vestibule.store.OneByOne;
import io.vestibule.store.people.Entries;
import io.vestibule.store.people.Entries.Aged;
import io.vestibule.store.people.Lookups;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Deletes entries whose own form says that they are to be kept no longer, though the customer
 * stays: by another form, or by a later use of the same one.
 */
public final class EndEntries {

  /** To see whether a customer is under a hold is a request to KMS. */
  private static final int MOST_CUSTOMERS = 1_000;

  private final Retention retention;
  private final RetentionAnnouncement announcement;
  private final Entries entries;
  private final Optional<Lookups> lookups;
  private final Predicate<String> mayLose;
  private final Clock clock;
  private final RandomGenerator random;

  /**
   * Wires it.
   *
   * @param lookups empty where staff have no door
   * @param mayLose whether a customer may lose entries, by the number
   */
  public EndEntries(
      Retention retention,
      RetentionAnnouncement announcement,
      Entries entries,
      Optional<Lookups> lookups,
      Predicate<String> mayLose,
      Clock clock,
      RandomGenerator random) {
    this.retention = retention;
    this.announcement = announcement;
    this.entries = entries;
    this.lookups = lookups;
    this.mayLose = mayLose;
    this.clock = clock;
    this.random = random;
  }

  /**
   * What came of a run.
   *
   * @param waiting how many are over and were not deleted: the notice runs, or there was no time
   */
  public record Report(int waiting, int deleted) {

    /** Of a run that found none. */
    public static final Report NONE = new Report(0, 0);
  }

  /** A customer's entries whose time is over. */
  private record Over(String customerId, List<Aged> entries) {}

  /**
   * Looks once.
   *
   * @param deadline until when it may go on; the next run goes on from there
   * @param oneByOne keeps one customer who fails from keeping up the others
   */
  public Report run(Deadline deadline, OneByOne oneByOne) {
    var now = clock.instant();
    var over = retention.longAgo(now).map(time -> over(time, now)).orElse(List.of());
    if (over.isEmpty()) {
      return Report.NONE;
    }
    int waiting = over.stream().mapToInt(it -> it.entries().size()).sum();
    if (announcement.end().isAfter(now)) {
      return new Report(waiting, 0);
    }
    int deleted = 0;
    for (Over one : over) {
      if (deadline.isOver()) {
        break;
      }
      deleted += oneByOne.attempt(() -> delete(one), 0);
      waiting -= one.entries().size();
    }
    return new Report(waiting, deleted);
  }

  /**
   * If there are more customers than may be opened, chance chooses, so that nobody waits for ever.
   */
  private List<Over> over(Instant longAgo, Instant now) {
    var sample = new Sample<Over>(MOST_CUSTOMERS, random);
    var last = new Over("", List.of());
    for (var entry : entries.handedInBefore(longAgo)) {
      if (!retention.isOver(entry.form(), entry.at(), now)) {
        continue;
      }
      // A scan has all entries of a customer one after the other.
      if (!entry.customerId().equals(last.customerId())) {
        last = new Over(entry.customerId(), new ArrayList<>());
        sample.offer(last);
      }
      last.entries().add(entry);
    }
    return sample.chosen();
  }

  private int delete(Over over) {
    if (!mayLose.test(over.customerId())) {
      return 0;
    }
    over.entries().forEach(this::delete);
    return over.entries().size();
  }

  /** Who makes lookups checks that the entry is there: so they go last. */
  private void delete(Aged entry) {
    entries.delete(entry.key());
    lookups.ifPresent(it -> it.endEntry(entry.customerId(), entry.entryId()));
  }
}
