package io.vestibule.staff.list;

import io.vestibule.core.LookupCard;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Forms;
import io.vestibule.keys.LookupKey;
import io.vestibule.keys.lookup.CardFields;
import io.vestibule.keys.lookup.CardFields.Kind;
import io.vestibule.keys.lookup.MakeLookups;
import io.vestibule.staff.entry.Masks;
import io.vestibule.staff.roles.Role;
import io.vestibule.store.people.Lookups;
import io.vestibule.store.people.Lookups.CardRow;
import io.vestibule.store.people.Lookups.Place;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Opens cards, as far as a role sees them. A card that does not open in its place was written by
 * somebody else, and says nothing.
 */
public final class Cards {

  private final Lookups lookups;
  private final LookupKey key;
  private final Forms forms;

  public Cards(Lookups lookups, LookupKey key, Forms forms) {
    this.lookups = lookups;
    this.key = key;
    this.forms = forms;
  }

  /**
   * A card as somebody sees it.
   *
   * @param who the name and the company, or else the address; masked as the role says
   * @param says how a message begins; empty if there is none
   * @param words as they were sealed
   */
  public record Seen(CardRow row, String who, String says, List<String> words) {}

  /** Those that are there, and of whose forms the role sees anything; at most 100. */
  public Map<Place, Seen> of(Collection<Place> places, Role role, String language) {
    var seen = new HashMap<Place, Seen>();
    lookups
        .cards(places)
        .forEach((place, row) -> open(row, role, language).ifPresent(it -> seen.put(place, it)));
    return seen;
  }

  private Optional<Seen> open(CardRow row, Role role, String language) {
    return role.sees(row.form())
        ? key.open(row).map(card -> seen(row, card, role, language))
        : Optional.empty();
  }

  private Seen seen(CardRow row, LookupCard card, Role role, String language) {
    var known =
        Stream.of(forms.find(row.form(), card.formVersion()), forms.find(row.form()))
            .flatMap(Optional::stream)
            .distinct()
            .toList();
    var masks = new Masks(known, role, false, language);
    var names = values(card, known, masks, Kind.NAME);
    return new Seen(
        row,
        names.isEmpty() ? values(card, known, masks, Kind.ADDRESS) : names,
        values(card, known, masks, Kind.MESSAGE),
        card.words());
  }

  /**
   * A card has the beginning of a long message. One that is exactly as long as a card takes looks
   * cut, too: the card does not say.
   */
  private static String marked(String value) {
    return value.codePointCount(0, value.length()) < MakeLookups.LONGEST_VALUE
        ? value
        : value + "…";
  }

  private static String values(LookupCard card, List<Form> known, Masks masks, Kind kind) {
    return card.fields().properties().stream()
        .filter(it -> CardFields.kind(known, it.getKey()) == kind)
        .map(it -> masks.apply(it.getKey(), it.getValue()))
        .map(it -> kind == Kind.MESSAGE ? marked(it) : it)
        .distinct()
        .collect(Collectors.joining(" · "));
  }
}
