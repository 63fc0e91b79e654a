package io.vestibule.backup.drill;

import io.vestibule.backup.Backup;
import io.vestibule.backup.Kind;
import io.vestibule.backup.restore.Place;
import io.vestibule.backup.restore.Places;
import io.vestibule.backup.restore.RestoreProgress;
import io.vestibule.backup.restore.Target;
import io.vestibule.store.people.Entries;
import java.util.Optional;

/** The tables that a drill restores into. */
record Scratch(ScratchTable customers, ScratchTable entries) {

  boolean isThere() {
    return customers.isThere() || entries.isThere();
  }

  /** Makes those that the backup has something for. */
  Places create(Backup backup) {
    var ofCustomers = new Place(customers.create(), RestoreProgress.NONE);
    var ofEntries =
        backup.find(Kind.ENTRIES).map(_ -> new Place(createEntries(), RestoreProgress.NONE));
    return new Places(ofCustomers, ofEntries);
  }

  private Target createEntries() {
    return new Target.OfEntries(entries.create(), entriesIn());
  }

  /** What is in the table of entries. */
  Entries entriesIn() {
    return new Entries(entries.dynamoDb(), entries.name());
  }

  /** The name of the table of entries, if the backup has any. */
  Optional<String> entriesOf(Backup backup) {
    return backup.find(Kind.ENTRIES).map(_ -> entries.name());
  }

  /** Drops them, if they are there. */
  void drop() {
    customers.drop();
    entries.drop();
  }
}
