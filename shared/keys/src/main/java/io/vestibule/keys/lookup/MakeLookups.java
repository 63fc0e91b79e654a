package io.vestibule.keys.lookup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.EntryRecord;
import io.vestibule.core.Json;
import io.vestibule.core.LookupCard;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Forms;
import io.vestibule.keys.LookupKey;
import io.vestibule.keys.lookup.CardFields.Kind;
import io.vestibule.store.people.Entries.EntryRow;
import io.vestibule.store.people.EntryState;
import io.vestibule.store.people.Lookups.CardRow;
import io.vestibule.store.people.Lookups.Lookup;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes what an entry is found by, and what lists show of it and of its customer. */
public final class MakeLookups {

  /** So that a transaction has room for it, and a stranger cannot make an entry dear. */
  public static final int MOST_WORDS = 24;

  /** Characters of a value on a card: what is longer is cut. */
  public static final int LONGEST_VALUE = 100;

  private final LookupKey key;
  private final Forms forms;
  private final Words words;

  public MakeLookups(LookupKey key, Forms forms, Words words) {
    this.key = key;
    this.forms = forms;
    this.words = words;
  }

  /** Of an entry. */
  public Lookup ofEntry(EntryRow row, EntryRecord record, EntryState state) {
    var card = card(row, record);
    var sealed = key.seal(card, row.customerId(), row.entryId().value(), row.form(), row.entryId());
    return new Lookup(CardRow.ofEntry(row, state, sealed), card.words());
  }

  /** Of the customer whose newest entry it is: it has no words, as the entries have them all. */
  public Lookup ofCustomer(EntryRow newest, EntryRecord record) {
    var card = card(newest, record);
    var shown = new LookupCard(card.formVersion(), card.fields(), List.of(), Map.of());
    var sealed =
        key.seal(shown, newest.customerId(), CardRow.CUSTOMER, newest.form(), newest.entryId());
    return new Lookup(CardRow.ofCustomer(newest, sealed), List.of());
  }

  private LookupCard card(EntryRow row, EntryRecord record) {
    var known =
        Stream.of(forms.find(row.form(), row.formVersion()), forms.find(row.form()))
            .flatMap(Optional::stream)
            .distinct()
            .toList();
    var fields = new CardFields(known, record);
    return new LookupCard(row.formVersion(), shown(fields), words(fields, row, known), Map.of());
  }

  private static ObjectNode shown(CardFields fields) {
    var shown = Json.MAPPER.createObjectNode();
    fields
        .all()
        .forEach(it -> shown.put(it.getKey(), shortened(fields.record().fields(), it.getKey())));
    return shown;
  }

  private static String shortened(ObjectNode values, String field) {
    return values
        .get(field)
        .textValue()
        .strip()
        .codePoints()
        .limit(LONGEST_VALUE)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** Of a flood of words, those of the address and of the number are kept. */
  private List<String> words(CardFields fields, EntryRow row, List<Form> known) {
    var identities = known.stream().map(Form::identity).collect(Collectors.toSet());
    var byKind =
        fields
            .all()
            .sorted(
                Comparator.comparing(
                        (Map.Entry<String, Kind> it) -> !identities.contains(it.getKey()))
                    .thenComparing(Map.Entry::getValue))
            .flatMap(
                it -> words(it.getValue(), fields.record().fields().get(it.getKey()).textValue()));
    return Stream.concat(Stream.of(Words.number(row.entryId().number())), byKind)
        .distinct()
        .limit(MOST_WORDS)
        .map(it -> key.word(it.kind(), it.text()))
        .toList();
  }

  private Stream<Words.Word> words(Kind kind, String text) {
    return switch (kind) {
      case ADDRESS -> words.address(text);
      case PHONE -> words.phone(text);
      case NAME -> words.names(text);
      case MESSAGE, OTHER -> Stream.empty();
    };
  }
}
