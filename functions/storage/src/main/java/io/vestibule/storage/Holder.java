package io.vestibule.storage;

import io.vestibule.core.CustomerRecord;
import io.vestibule.core.EntryId;
import io.vestibule.core.EntryRecord;
import io.vestibule.keys.CustomerCipher;
import io.vestibule.keys.IdentityBinding;
import io.vestibule.keys.KnownCustomer;
import io.vestibule.keys.SyntheticEntries;
import io.vestibule.store.people.CustomerVersion;
import io.vestibule.store.people.Entries.EntryRow;
import io.vestibule.store.people.Identities.Identity;
import java.time.Instant;
import java.util.Optional;

/** The customer to be changed, as the tables have it now. */
sealed interface Holder {

  /** The customer with one more submission. */
  default CustomerRecord with(Confirmed confirmed) {
    var opened = confirmed.opened();
    return record().with(opened.content(), confirmed.press().consents(), Origin.of(opened));
  }

  /** What the customer handed in, by itself. */
  default EntryRecord handedIn(Confirmed confirmed) {
    var opened = confirmed.opened();
    var content = opened.content();
    return EntryRecord.of(content, confirmed.press().consents(), Origin.of(opened))
        .without(record(), content.receivedAt())
        .flagged(Origin.flags(opened));
  }

  /** The same under the customer's key. */
  default EntryRow entry(Confirmed confirmed, EntryRecord handedIn) {
    var opened = confirmed.opened();
    var content = opened.content();
    return cipher()
        .encrypt(
            handedIn,
            EntryId.of(content.receivedAt(), confirmed.row().id()),
            opened.form().name(),
            opened.judged().version(),
            content.receivedAt());
  }

  /** What stands for what was stored before there were entries, if that is missing. */
  Optional<EntryRow> before(SyntheticEntries synthetic);

  CustomerCipher cipher();

  CustomerRecord record();

  boolean isNew();

  /** The next version. */
  CustomerVersion next(CustomerRecord record, Confirmed confirmed, Instant now);

  /** One that is there. */
  record Known(KnownCustomer customer) implements Holder {

    @Override
    public Optional<EntryRow> before(SyntheticEntries synthetic) {
      return synthetic.of(customer);
    }

    @Override
    public CustomerCipher cipher() {
      return customer.cipher();
    }

    @Override
    public CustomerRecord record() {
      return customer.record();
    }

    @Override
    public boolean isNew() {
      return false;
    }

    @Override
    public CustomerVersion next(CustomerRecord record, Confirmed confirmed, Instant now) {
      return customer.next(
          record,
          confirmed.opened().address(),
          confirmed.verifiedAt(Optional.of(customer.row().verifiedAt()), now));
    }
  }

  /** One that is not there yet. */
  record New(Identity identity, CustomerCipher cipher, IdentityBinding binding) implements Holder {

    @Override
    public Optional<EntryRow> before(SyntheticEntries synthetic) {
      return Optional.empty();
    }

    @Override
    public CustomerRecord record() {
      return CustomerRecord.empty();
    }

    @Override
    public boolean isNew() {
      return true;
    }

    @Override
    public CustomerVersion next(CustomerRecord record, Confirmed confirmed, Instant now) {
      return binding.first(
          identity,
          cipher,
          record,
          confirmed.opened().address(),
          now,
          confirmed.verifiedAt(Optional.empty(), now));
    }
  }
}
