package io.vestibule.keys;

import io.vestibule.core.CustomerRecord.Value;
import io.vestibule.core.EntryId;
import io.vestibule.core.EntryRecord;
import io.vestibule.core.FormVersion;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Forms;
import io.vestibule.store.people.Entries;
import io.vestibule.store.people.Entries.EntryRow;
import java.util.Optional;

/**
 * Makes the one entry that stands for what was stored of a customer before there were entries.
 *
 * <p>Whoever has a binding was stored, or given that entry, by a version that has entries: so
 * nobody else is looked for. It must be written in the transaction that binds the key: then whoever
 * is erased, or hands in something, meanwhile gets none.
 */
public final class SyntheticEntries {

  private final Entries entries;
  private final Forms forms;

  public SyntheticEntries(Entries entries, Forms forms) {
    this.entries = entries;
    this.forms = forms;
  }

  /** The entry that is missing; empty if the customer has one, or needs none. */
  public Optional<EntryRow> of(KnownCustomer customer) {
    return customer.identity().binding().isPresent() || entries.hasAny(customer.customerId())
        ? Optional.empty()
        : customer.record().newest().map(newest -> entry(customer, newest));
  }

  private EntryRow entry(KnownCustomer customer, Value newest) {
    return customer
        .cipher()
        .encrypt(
            EntryRecord.of(customer.record(), newest),
            EntryId.synthetic(newest.at(), customer.customerId()),
            newest.form(),
            forms.find(newest.form()).map(Form::version).orElse(FormVersion.UNNAMED),
            newest.at());
  }
}
