package io.vestibule.staff.list;

import io.vestibule.core.EntryId;
import io.vestibule.staff.roles.Role;
import io.vestibule.store.people.Entries;
import io.vestibule.store.people.Lookups;
import io.vestibule.store.people.Lookups.CardRow;
import io.vestibule.store.people.Lookups.Place;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Reads a page of the inbox: two queries, whatever it is filtered by. All entries of a state are in
 * an index of the entries themselves, so one without a card is there, too. Those of one form are in
 * the index of the cards.
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

    Listed listed(String who, String says) {
      return new Listed(entryId, place.customerId(), form, who, says);
    }
  }

  /** The newest of what the filter lets through; also of forms that the role does not see. */
  public List<Listed> read(Filter filter, int most, Role role, String language) {
    var found = find(filter, most);
    var seen = cards.of(found.stream().map(Found::place).toList(), role, language);
    return found.stream()
        .map(
            it ->
                Optional.ofNullable(seen.get(it.place()))
                    .filter(card -> card.row().form().equals(it.form()))
                    .map(card -> it.listed(card.who(), card.says()))
                    .orElseGet(() -> it.listed("", "")))
        .toList();
  }

  private List<Found> find(Filter filter, int most) {
    var span = filter.span(business);
    if (span.isEmpty()) {
      return List.of();
    }
    return filter
        .form()
        .map(
            form ->
                lookups.inList(CardRow.list(form, filter.state()), span, most).stream()
                    .flatMap(it -> it.entryId().map(id -> new Found(it, id, form)).stream())
                    .toList())
        .orElseGet(
            () ->
                entries.inState(filter.state(), span, most).stream()
                    .map(
                        it ->
                            new Found(
                                new Place(it.customerId(), it.entryId().value()),
                                it.entryId(),
                                it.form()))
                    .toList());
  }
}
