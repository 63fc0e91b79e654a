package io.vestibule.staff.list;

import io.vestibule.core.EntryId;
import io.vestibule.staff.roles.Role;
import io.vestibule.store.people.Entries;
import io.vestibule.store.people.Lookups;
import io.vestibule.store.people.Lookups.CardRow;
import io.vestibule.store.people.Lookups.Place;
import io.vestibule.store.people.Part;
import io.vestibule.store.people.Span;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Reads a page of the inbox: two queries, or a third that reads what rows of entries say now. All
 * entries of a state are in an index of the entries themselves, so one without a card is there,
 * too. Those of one form are in the index of the cards. What staff have taken or marked is in that
 * index, and is not believed: the entry's own row must say so, too.
 */
public final class Inbox {

  private final Entries entries;
  private final Lookups lookups;
  private final Cards cards;
  private final ZoneId business;

  /**
   * Wires it.
   *
   * @param business where months begin
   */
  public Inbox(Entries entries, Lookups lookups, Cards cards, ZoneId business) {
    this.entries = entries;
    this.lookups = lookups;
    this.cards = cards;
    this.business = business;
  }

  private record Found(Place place, EntryId entryId, String form) {

    static Found of(Entries.Listed row) {
      return new Found(Place.of(row), row.entryId(), row.form());
    }

    Listed listed(String who, String says) {
      return new Listed(entryId, place.customerId(), form, who, says);
    }
  }

  /**
   * The newest of what the filter lets through; also of forms that the role does not see.
   *
   * @param holders who may see to it, if the filter asks whose it is
   */
  public Part<Listed> read(
      Filter filter, List<String> holders, int most, Role role, String language) {
    var found = find(filter, holders, most);
    var seen = cards.of(found.found().stream().map(Found::place).toList(), role, language);
    return new Part<>(
        found.found().stream()
            .map(
                it ->
                    Optional.ofNullable(seen.get(it.place()))
                        .filter(card -> card.row().form().equals(it.form()))
                        .map(card -> it.listed(card.who(), card.says()))
                        .orElseGet(() -> it.listed("", "")))
            .toList(),
        found.last());
  }

  private Part<Found> find(Filter filter, List<String> holders, int most) {
    var span = filter.span(business);
    if (span.isEmpty()) {
      return new Part<>(List.of(), Optional.empty());
    }
    if (filter.whose().isPresent()) {
      return marked(holders.stream().map(CardRow::takenBy).toList(), span, most, filter, holders);
    }
    if (filter.tag().isPresent()) {
      var list = CardRow.tagged(filter.tag().get(), filter.state());
      return marked(List.of(list), span, most, filter, holders);
    }
    if (filter.form().isPresent()) {
      var form = filter.form().get();
      var part = lookups.inLists(List.of(CardRow.list(form, filter.state())), span, most);
      return new Part<>(
          part.found().stream()
              .flatMap(it -> it.entryId().map(id -> new Found(it, id, form)).stream())
              .toList(),
          part.last());
    }
    var part = entries.inState(filter.state(), span, most);
    return new Part<>(part.found().stream().map(Found::of).toList(), part.last());
  }

  private Part<Found> marked(
      List<String> lists, Span span, int most, Filter filter, List<String> holders) {
    var part = lookups.inLists(lists, span, most);
    return new Part<>(
        entries.marked(part.found()).stream()
            .filter(it -> filter.lets(it, holders))
            .map(it -> Found.of(it.listed()))
            .toList(),
        part.last());
  }
}
