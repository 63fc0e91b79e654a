package io.vestibule.storage;

import io.vestibule.core.CustomerRecord;
import io.vestibule.core.EntryRecord;
import io.vestibule.keys.lookup.MakeLookups;
import io.vestibule.store.people.Entries.EntryRow;
import io.vestibule.store.people.EntryState;
import io.vestibule.store.people.Lookups;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * What is written beside an entry, in its transaction: who is to be told of it, and what staff find
 * it by. So who is erased meanwhile leaves neither.
 *
 * @param lookups empty where staff have no door
 */
record Beside(Outbox outbox, Optional<Finding> lookups) {

  /** Where lookups are, and how they are made. */
  record Finding(Lookups table, MakeLookups make) {

    private Stream<TransactWriteItem> of(EntryRow entry, EntryRecord handedIn) {
      return Stream.of(
              make.ofEntry(entry, handedIn, EntryState.NEW), make.ofCustomer(entry, handedIn))
          .flatMap(it -> table.put(it).stream());
    }
  }

  List<TransactWriteItem> of(
      Confirmed confirmed,
      CustomerRecord record,
      EntryRow entry,
      EntryRecord handedIn,
      Instant now) {
    return Stream.of(
            outbox.tell(confirmed, record, entry, now).stream(),
            lookups.stream().flatMap(it -> it.of(entry, handedIn)))
        .flatMap(it -> it)
        .toList();
  }
}
