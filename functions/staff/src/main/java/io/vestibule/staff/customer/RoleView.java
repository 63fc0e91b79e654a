package io.vestibule.staff.customer;

import io.vestibule.core.CustomerRecord;
import io.vestibule.core.EmailAddress;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Form.Sensitivity;
import io.vestibule.core.forms.Forms;
import io.vestibule.keys.KnownCustomer;
import io.vestibule.keys.KnownNotes;
import io.vestibule.keys.KnownNotes.KnownNote;
import io.vestibule.staff.customer.SeenCustomer.Agreed;
import io.vestibule.staff.customer.SeenCustomer.Held;
import io.vestibule.staff.customer.SeenCustomer.Noted;
import io.vestibule.staff.customer.SeenCustomer.Value;
import io.vestibule.staff.entry.OpenEntry.Wish;
import io.vestibule.staff.roles.Role;
import io.vestibule.store.audit.StaffLooks.Look;
import io.vestibule.store.people.Entries.Summary;
import io.vestibule.store.people.Recipients.Recipient;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a role sees of a customer. It is applied where the customer is opened: what is masked, or
 * came by a form that is not the role's, is in nothing that goes on from here.
 */
final class RoleView {

  private static final String HIDDEN = "•••";

  private final Forms forms;
  private final MasksByForm masks;
  private final Wish wish;
  private final Role role;

  RoleView(Forms forms, MasksByForm masks, Wish wish) {
    this.forms = forms;
    this.masks = masks;
    this.wish = wish;
    this.role = wish.acting().role();
  }

  SeenCustomer of(
      KnownCustomer customer, List<Summary> entries, boolean areMore, Dealings.Found dealings) {
    var record = customer.record();
    var values = values(record);
    var noted = role.seesAll() ? dealings.notes() : KnownNotes.Newest.NONE;
    var notes = noted.notes().stream().map(this::noted).toList();
    var hold = Optional.ofNullable(record.hold()).filter(_ -> role.seesAll()).map(this::held);
    return new SeenCustomer(
        customer.customerId(),
        customer.row().createdAt(),
        customer.row().verifiedAt(),
        address(values),
        values,
        record.consents().stream()
            .filter(it -> role.sees(it.form()))
            .map(it -> agreed(it, record))
            .toList(),
        entries,
        areMore,
        dealings.told().stream().flatMap(it -> passedOn(it).stream()).toList(),
        dealings.looks().stream().filter(it -> seesEntry(it, entries)).toList(),
        hold,
        notes,
        noted.areMore(),
        values.stream().anyMatch(it -> masks.of(it.form()).masks(it.field()))
            || ((hold.isPresent() || !notes.isEmpty()) && wish.masks(Sensitivity.PERSONAL)));
  }

  private List<Value> values(CustomerRecord record) {
    return record.fields().entrySet().stream()
        .flatMap(field -> values(field.getKey(), field.getValue()))
        .filter(it -> role.sees(it.form()))
        .toList();
  }

  private Stream<Value> values(String field, CustomerRecord.Value value) {
    var newest =
        new Value(
            field,
            value.form(),
            masks.of(value.form()).apply(field, value.value()),
            value.source(),
            value.at(),
            false);
    return Stream.concat(
        Stream.of(newest), value.before().reversed().stream().map(it -> former(field, it)));
  }

  private Value former(String field, CustomerRecord.Former former) {
    return new Value(
        field,
        former.form(),
        masks.of(former.form()).apply(field, former.value()),
        former.source(),
        former.at(),
        true);
  }

  private Optional<String> address(List<Value> values) {
    return values.stream()
        .filter(it -> !it.isFormer() && isIdentity(it))
        .filter(it -> !masks.of(it.form()).masks(it.field()))
        .map(it -> it.text().strip())
        .filter(it -> EmailAddress.parse(it).isPresent())
        .findFirst();
  }

  private boolean isIdentity(Value value) {
    return forms.find(value.form()).filter(it -> it.identity().equals(value.field())).isPresent();
  }

  private Agreed agreed(CustomerRecord.Consent consent, CustomerRecord record) {
    var words = forms.agreed(consent.form(), consent.name(), consent.wording());
    return new Agreed(
        consent.name(),
        consent.form(),
        consent.wording(),
        words.map(it -> it.in(consent.language())).orElse(""),
        consent.language(),
        consent.at(),
        record.stands(consent));
  }

  /**
   * Of the fields, those that a form of the role has: another's name would tell of that form. Who
   * was told none of those would tell of it, too.
   */
  private Optional<Recipient> passedOn(Recipient told) {
    var fields =
        role.seesAll()
            ? told.fields()
            : told.fields().stream()
                .filter(ownFields()::contains)
                .collect(Collectors.toUnmodifiableSet());
    return role.seesAll() || !fields.isEmpty()
        ? Optional.of(
            new Recipient(
                told.customerId(),
                told.target(),
                told.country(),
                fields,
                Set.of(),
                Set.of(),
                told.since(),
                told.erasure(),
                told.withdrawal()))
        : Optional.empty();
  }

  private Set<String> ownFields() {
    return forms.all().stream()
        .filter(form -> role.sees(form.name()))
        .flatMap((Form form) -> form.fields().keySet().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  private boolean seesEntry(Look look, List<Summary> entries) {
    return role.seesAll()
        || look.entryId().isEmpty()
        || entries.stream().anyMatch(it -> it.entryId().equals(look.entryId().get()));
  }

  /** They are about all that is known, so they are for who has to do with all of it. */
  private Noted noted(KnownNote known) {
    var note = known.note();
    return new Noted(
        known.row().createdAt(),
        Optional.ofNullable(note.on()),
        wish.masks(Sensitivity.PERSONAL) ? HIDDEN : note.text(),
        note.role(),
        note.by());
  }

  /**
   * Why somebody may not be erased is a text that a person has written about them, as a note is.
   */
  private Held held(CustomerRecord.Hold hold) {
    boolean isSeen = role.seesAll() && !wish.masks(Sensitivity.PERSONAL);
    return new Held(isSeen ? hold.ground() : HIDDEN, hold.at());
  }
}
