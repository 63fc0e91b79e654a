package io.vestibule.storage;

import io.vestibule.core.CustomerRecord;
import io.vestibule.core.targets.Target;
import io.vestibule.core.targets.Targets;
import io.vestibule.store.delivery.Deliveries;
import io.vestibule.store.people.Entries.EntryRow;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Has everybody told of an entry who is to hear of its form. */
final class Outbox {

  private final Targets targets;
  private final Deliveries deliveries;

  Outbox(Targets targets, Deliveries deliveries) {
    this.targets = targets;
    this.deliveries = deliveries;
  }

  /**
   * What the transaction of the entry puts into the outbox: nothing for those who may not be told.
   * The delivery looks again, as a consent may be withdrawn before it comes to it.
   */
  List<TransactWriteItem> tell(
      Confirmed confirmed, CustomerRecord record, EntryRow entry, Instant now) {
    boolean optsOut = confirmed.opened().content().optsOut();
    return targets.of(confirmed.opened().form()).stream()
        .filter(target -> target.keepsOut(record, optsOut).isEmpty())
        .map(target -> tell(target, entry, now))
        .toList();
  }

  private TransactWriteItem tell(Target target, EntryRow entry, Instant now) {
    return deliveries.tell(
        target.name(), entry.customerId(), entry.entryId(), now.plus(target.gathered()), now);
  }
}
