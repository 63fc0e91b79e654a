package io.vestibule.keys;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.CustomerRecord;
import io.vestibule.core.EmailAddress;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Forms;
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
   * Whether the record is bound to an address of this hash; or, if it was written before records
   * were bound, whether one of the fields by which forms ask for the address has one. No other
   * field counts: a stranger may have written anything there.
   */
  boolean isOf(String index, CustomerRecord record) {
    var bound = record.bound();
    if (bound == null || bound.address() == null) {
      return isByField(index, record);
    }
    return bound.scheme() == EmailAddress.SCHEME
        && EmailAddress.parse(bound.address()).filter(it -> isOf(index, it)).isPresent();
  }

  private boolean isOf(String index, EmailAddress address) {
    return emailIndex.of(address).equals(index);
  }

  private boolean isByField(String index, CustomerRecord record) {
    return record.fields().entrySet().stream()
        .filter(this::isIdentity)
        .flatMap(field -> address(field.getValue().value()).stream())
        .anyMatch(address -> isOf(index, address));
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
