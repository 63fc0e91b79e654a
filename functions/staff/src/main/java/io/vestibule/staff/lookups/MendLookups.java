package io.vestibule.staff.lookups;

import io.vestibule.core.EntryId;
import io.vestibule.keys.CustomersByNumber;
import io.vestibule.keys.KnownCustomer;
import io.vestibule.keys.KnownCustomers;
import io.vestibule.keys.KnownEntries;
import io.vestibule.keys.lookup.MakeLookups;
import io.vestibule.store.people.Entries;
import io.vestibule.store.people.Entries.EntryRow;
import io.vestibule.store.people.Identities;
import io.vestibule.store.people.Lookups;
import io.vestibule.store.people.Lookups.CardRow;
import io.vestibule.store.people.Lookups.Lookup;
import io.vestibule.store.people.Lookups.Plain;
import io.vestibule.store.people.Standing;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Mends the lookups of one customer: makes those that are missing, or of what an entry was before,
 * and takes away those whose entry is gone. Who lacks nothing is not opened.
 *
 * <p>Each entry is one transaction, which holds only if entry and customer are as they were read:
 * so nothing comes back of who is erased meanwhile.
 */
final class MendLookups {

  private static final byte[] NO_CARD = {};

  private final Entries entries;
  private final Lookups lookups;
  private final Identities identities;
  private final CustomersByNumber customers;
  private final MakeLookups make;

  MendLookups(
      Entries entries,
      Lookups lookups,
      Identities identities,
      CustomersByNumber customers,
      MakeLookups make) {
    this.entries = entries;
    this.lookups = lookups;
    this.identities = identities;
    this.customers = customers;
    this.make = make;
  }

  /** What came of it; see {@link RunLookups.Looked}. */
  record Mended(int made, int refused, int ended) {
    static final Mended NOTHING = new Mended(0, 0, 0);
  }

  /** An entry, and where it stands. */
  private record Held(EntryRow row, Standing standing) {

    static Optional<Held> of(Map<String, AttributeValue> item) {
      try {
        var row = Entries.row(item);
        return Standing.of(item).map(it -> new Held(row, it));
      } catch (IllegalStateException | IllegalArgumentException | DateTimeException e) {
        return Optional.empty(); // None of ours.
      }
    }

    String id() {
      return row.entryId().value();
    }
  }

  /**
   * Mends them.
   *
   * @param items all entries of the customer, as they may have been a moment ago
   */
  Mended run(String number, List<Map<String, AttributeValue>> items, LookupsOrder order) {
    var held =
        items.stream()
            .flatMap(item -> Held.of(item).stream())
            .sorted(Comparator.comparing(Held::id))
            .toList();
    var there = lookups.of(number);
    int ended = endLeft(number, there, held) + endUnlisted(number, there, held);
    var wanting =
        held.stream()
            .filter(it -> order == LookupsOrder.ALL || isWanting(it, there, held.getLast()))
            .toList();
    if (wanting.isEmpty()) {
      return new Mended(0, 0, ended);
    }
    try {
      var customer = customers.find(number);
      int made =
          (int)
              wanting.stream()
                  .filter(it -> isMade(customer, it, it.equals(held.getLast()), there))
                  .count();
      return new Mended(made, wanting.size() - made, ended);
    } catch (KnownCustomers.Unreadable e) {
      return new Mended(0, wanting.size(), ended); // The log has said whose.
    }
  }

  private static boolean isWanting(Held held, Map<String, Plain> there, Held newest) {
    var ofEntry = CardRow.ofEntry(held.row(), held.standing().state(), NO_CARD);
    var ofCustomer = CardRow.ofCustomer(held.row(), NO_CARD);
    return lacks(there, ofEntry)
        || !Lookups.isListed(there, held.row().entryId(), held.standing())
        || (held.equals(newest) && lacks(there, ofCustomer));
  }

  private static boolean lacks(Map<String, Plain> there, CardRow card) {
    return Optional.ofNullable(there.get(card.lookupId())).filter(it -> it.isOf(card)).isEmpty();
  }

  private boolean isMade(
      Optional<KnownCustomer> customer, Held held, boolean isNewest, Map<String, Plain> there) {
    return customer.isPresent() && isMade(customer.get(), held, isNewest, there);
  }

  private boolean isMade(
      KnownCustomer customer, Held held, boolean isNewest, Map<String, Plain> there) {
    try {
      var item = entries.find(customer.customerId(), held.row().entryId());
      var now = Held.of(item);
      if (now.isEmpty()) {
        return false;
      }
      var row = now.get().row();
      var standing = now.get().standing();
      var record = KnownEntries.open(customer, item).record();
      var lookup = make.ofEntry(row, record, standing.state()).with(standing);
      var asRead = List.of(identities.asRead(customer.identity()), entries.asRead(row, standing));
      var ofCustomer = isNewest ? Stream.of(make.ofCustomer(row, record)) : Stream.<Lookup>empty();
      var all = Stream.concat(Stream.of(lookup), ofCustomer).toList();
      return lookups.put(all, asRead) && hasOnly(lookup, there);
    } catch (KnownCustomers.Unreadable e) {
      return false; // The log has said whose.
    }
  }

  /** Words that the entry had before. */
  private boolean hasOnly(Lookup lookup, Map<String, Plain> there) {
    var card = lookup.card();
    there.keySet().stream()
        .filter(it -> entryOf(it).equals(card.lookupId()))
        .filter(it -> !lookup.lookupIds().contains(it))
        .forEach(it -> lookups.delete(card.customerId(), it));
    return true;
  }

  private static String entryOf(String lookupId) {
    return lookupId.replaceFirst("#.*", "");
  }

  /** Rows whose entry is gone. It is looked for once more: it may have come a moment ago. */
  private int endLeft(String number, Map<String, Plain> there, List<Held> held) {
    var known = held.stream().map(Held::id).toList();
    var left = new ArrayList<String>();
    there.keySet().stream()
        .filter(it -> !it.equals(CardRow.CUSTOMER))
        .filter(it -> !known.contains(entryOf(it)))
        .filter(it -> isGone(number, entryOf(it)))
        .forEach(left::add);
    left.forEach(it -> lookups.delete(number, it));
    return left.size();
  }

  /** What staff have put down since: who does that deletes nothing. */
  private int endUnlisted(String number, Map<String, Plain> there, List<Held> held) {
    var known = held.stream().map(Held::id).toList();
    var left =
        there.values().stream()
            .filter(Plain::isUnlisted)
            .filter(it -> known.contains(entryOf(it.lookupId())))
            .toList();
    left.forEach(it -> lookups.deleteUnlisted(number, it.lookupId()));
    return left.size();
  }

  private boolean isGone(String number, String id) {
    try {
      return entries.find(number, new EntryId(id)).isEmpty();
    } catch (IllegalArgumentException e) {
      return true; // Nobody of ours calls an entry so.
    }
  }

  /** Takes everything away of a number that has no entry. */
  int endAll(String number) {
    var left = lookups.of(number).keySet();
    left.forEach(it -> lookups.delete(number, it));
    return left.size();
  }
}
