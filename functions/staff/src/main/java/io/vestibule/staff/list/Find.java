package io.vestibule.staff.list;

import io.vestibule.keys.LookupKey;
import io.vestibule.keys.lookup.Words;
import io.vestibule.keys.lookup.Words.Word;
import io.vestibule.staff.roles.Role;
import io.vestibule.store.people.Lookups;
import io.vestibule.store.people.Span;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Finds entries by what somebody types. A row that says that it has a word is not believed: the
 * sealed card must say so, too. So whoever may write the table shows nobody a wrong person.
 */
public final class Find {

  /** Of a word; a card is read of each. */
  private static final int MOST = 50;

  private final Lookups lookups;
  private final LookupKey key;
  private final Cards cards;
  private final Words words;

  public Find(Lookups lookups, LookupKey key, Cards cards, Words words) {
    this.lookups = lookups;
    this.key = key;
    this.cards = cards;
    this.words = words;
  }

  /**
   * What was found.
   *
   * @param isAll false if there may be more: another word would tell them apart
   */
  public record Found(List<Listed> hits, boolean isAll) {}

  /** Whether it says nothing of a person, and so may stand in an address. */
  public boolean isNumber(String typed) {
    var asked = words.asked(typed).stream().flatMap(List::stream).toList();
    return !asked.isEmpty() && asked.stream().allMatch(Word::isNumber);
  }

  /** The newest entries of each that may be meant. */
  public Found run(String typed, Role role, String language) {
    var found = words.asked(typed).stream().map(it -> having(it, role, language)).toList();
    return new Found(
        found.stream().flatMap(it -> it.hits().stream()).toList(),
        found.stream().allMatch(Found::isAll));
  }

  /** The newest entries that have all of these words. */
  private Found having(List<Word> asked, Role role, String language) {
    var hashes = asked.stream().map(it -> key.word(it.kind(), it.text())).toList();
    // The longest word is likely the rarest.
    var longest =
        asked.stream().max(Comparator.comparingInt(it -> it.text().length())).orElseThrow();
    var places = lookups.having(hashes.get(asked.indexOf(longest)), Span.ALL, MOST);
    var seen = cards.of(places, role, language);
    var hits =
        places.stream()
            .distinct()
            .map(seen::get)
            .filter(Objects::nonNull)
            .filter(it -> it.words().containsAll(hashes))
            .map(Listed::of)
            .toList();
    return new Found(hits, places.size() < MOST);
  }
}
