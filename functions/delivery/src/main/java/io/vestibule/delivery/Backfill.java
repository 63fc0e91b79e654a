package io.vestibule.delivery;

import io.vestibule.core.Deadline;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.targets.Target;
import io.vestibule.core.targets.Targets;
import io.vestibule.store.delivery.Deliveries;
import io.vestibule.store.delivery.Delivery;
import io.vestibule.store.delivery.Delivery.News;
import io.vestibule.store.people.Entries;
import io.vestibule.store.people.Recipients;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Has a target told of entries that were handed in before it was listed. Whatever it was told
 * already it is not told again, so the order may be given once more: the outbox says so for as long
 * as it keeps rows, and the table of recipients ever after. An entry that stands for what was
 * stored before there were entries is left out: its values may be of forms that do not list the
 * target.
 */
final class Backfill {

  private final Forms forms;
  private final Targets targets;
  private final Entries entries;
  private final Deliveries deliveries;
  private final Recipients recipients;
  private final Clock clock;

  Backfill(
      Forms forms,
      Targets targets,
      Entries entries,
      Deliveries deliveries,
      Recipients recipients,
      Clock clock) {
    this.forms = forms;
    this.targets = targets;
    this.entries = entries;
    this.deliveries = deliveries;
    this.recipients = recipients;
    this.clock = clock;
  }

  /**
   * Puts what is to be told into the outbox.
   *
   * @param since only what was handed in since then
   * @param dryRun only counts
   * @return how many entries are of forms that list the target, how many of them were put into the
   *     outbox, and whether all were looked at in time
   * @throws IllegalArgumentException if there is no such target, it is retired, or it counts only
   */
  Map<String, Object> run(String name, Instant since, boolean dryRun, Deadline deadline) {
    var target =
        targets
            .find(name)
            .filter(it -> !it.retired())
            .orElseThrow(() -> new IllegalArgumentException("There is no target " + name));
    if (target.countsOnly()) {
      throw new IllegalArgumentException("An entry is counted when it comes, and not afterwards");
    }
    var listing = listing(target);
    int found = 0;
    int added = 0;
    for (var entry : entries.handedInSince(since)) {
      if (deadline.isOver()) {
        return answer(found, added, false);
      }
      if (listing.contains(entry.form()) && !entry.entryId().isSyntheticOf(entry.customerId())) {
        found++;
        added += !dryRun && add(target, entry) ? 1 : 0;
      }
    }
    return answer(found, added, true);
  }

  private Set<String> listing(Target target) {
    return forms.all().stream()
        .filter(form -> targets.of(form).contains(target))
        .map(Form::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  private boolean add(Target target, Entries.Aged entry) {
    var now = clock.instant();
    if (isForgotten(entry, now) && isWrittenDown(target, entry)) {
      return false;
    }
    var news = new News.Entered(entry.entryId());
    var delivery = new Delivery(target.name(), entry.customerId(), news, 0, now);
    return deliveries.tellOnce(delivery, now.plus(target.gathered()));
  }

  /** Whether the outbox may have lost the row that told what became of it. */
  private static boolean isForgotten(Entries.Aged entry, Instant now) {
    return entry.entryId().receivedAt().isBefore(now.minus(Deliveries.KEPT));
  }

  private boolean isWrittenDown(Target target, Entries.Aged entry) {
    return recipients
        .find(entry.customerId(), target.name())
        .filter(it -> it.numbers().contains(entry.entryId().number().value()))
        .isPresent();
  }

  private static Map<String, Object> answer(int found, int added, boolean all) {
    return Map.of("found", found, "added", added, "all", all);
  }
}
