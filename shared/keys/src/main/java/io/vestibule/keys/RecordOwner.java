package io.vestibule.keys;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.CustomerRecord;
import io.vestibule.core.EmailAddress;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Forms;
import io.vestibule.store.people.Identities.Identity;
import java.util.Map;
import java.util.Optional;

/**
 * Tells whether a record is that of the address by whose hash it was found. A row of {@code
 * identities} ties a hash to a key; whoever may put such rows could tie somebody else's key to an
 * address of their own. The record itself cannot be made without the key, and it has the address
 * that its customer confirmed.
 */
public final class RecordOwner {

  private final EmailIndex emailIndex;
  private final Forms forms;

  public RecordOwner(EmailIndex emailIndex, Forms forms) {
    this.emailIndex = emailIndex;
    this.forms = forms;
  }

  /**
   * Whether it is the record of this address. If it names none, or one as another version of ours
   * spells it, the binding of its key vouches for it, which was checked before. Without one, one of
   * the fields by which forms ask for the address must have an address of this hash; no other field
   * counts, as a stranger may have written anything there.
   */
  boolean isOf(Identity identity, CustomerRecord record) {
    var index = identity.emailIndex();
    var bound = record.bound();
    if (bound == null || bound.address() == null || bound.scheme() != EmailAddress.SCHEME) {
      return identity.binding().isPresent() || isByField(index, record);
    }
    return EmailAddress.parse(bound.address()).filter(it -> isOf(index, it)).isPresent();
  }

  private boolean isOf(String index, EmailAddress address) {
    return emailIndex.of(address).equals(index);
  }

  private boolean isByField(String index, CustomerRecord record) {
    return byField(index, record).isPresent();
  }

  private Optional<EmailAddress> byField(String index, CustomerRecord record) {
    return record.fields().entrySet().stream()
        .filter(this::isIdentity)
        .flatMap(field -> address(field.getValue().value()).stream())
        .filter(address -> isOf(index, address))
        .findFirst();
  }

  /** The address of a record that was opened; empty if it names none of that hash. */
  public Optional<EmailAddress> addressOf(Identity identity, CustomerRecord record) {
    return Optional.ofNullable(record.bound())
        .flatMap(bound -> Optional.ofNullable(bound.address()))
        .flatMap(EmailAddress::parse)
        .filter(address -> isOf(identity.emailIndex(), address))
        .or(() -> byField(identity.emailIndex(), record));
  }

  /** A form that there is no more asked by a field that some other form still asks by. */
  private boolean isIdentity(Map.Entry<String, CustomerRecord.Value> field) {
    return forms
        .find(field.getValue().form())
        .map(form -> form.identity().equals(field.getKey()))
        .orElseGet(() -> forms.all().stream().map(Form::identity).anyMatch(field.getKey()::equals));
  }

  private static Optional<EmailAddress> address(JsonNode value) {
    return value.isTextual() ? EmailAddress.parse(value.textValue()) : Optional.empty();
  }
}
