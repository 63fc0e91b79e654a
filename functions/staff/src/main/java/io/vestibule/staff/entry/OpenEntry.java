package io.vestibule.staff.entry;

import io.vestibule.core.Counter;
import io.vestibule.core.EntryId;
import io.vestibule.core.OperatorCode;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Forms;
import io.vestibule.keys.CustomersByNumber;
import io.vestibule.keys.KnownCustomer;
import io.vestibule.keys.KnownCustomers;
import io.vestibule.keys.KnownEntries;
import io.vestibule.staff.roles.Roles;
import io.vestibule.store.Attributes;
import io.vestibule.store.audit.StaffAudit;
import io.vestibule.store.audit.StaffAudit.Person;
import io.vestibule.store.people.Entries;
import io.vestibule.store.people.EntryState;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Opens an entry for a member of staff. The audit says who, in which role, what and why, before the
 * person's key is unwrapped: a death between the two leaves a row too many, and never one too few.
 */
public final class OpenEntry {

  private static final Logger LOG = LoggerFactory.getLogger(OpenEntry.class);

  private final Forms forms;
  private final Roles roles;
  private final Entries entries;
  private final CustomersByNumber customers;
  private final StaffAudit audit;
  private final Clock clock;

  public OpenEntry(
      Forms forms,
      Roles roles,
      Entries entries,
      CustomersByNumber customers,
      StaffAudit audit,
      Clock clock) {
    this.forms = forms;
    this.roles = roles;
    this.entries = entries;
    this.customers = customers;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Who wants to see it, and why.
   *
   * @param reason from the list of reasons, or {@link Roles#WORK}
   * @param request the invocation
   */
  public record Wish(Person person, Roles.Acting acting, String reason, String request) {

    private Masks masks() {
      return new Masks(acting.role(), !reason.equals(Roles.WORK));
    }
  }

  /** Opens it. */
  public Opened run(EntryId id, Wish wish) {
    for (String owner : entries.ownersOf(id)) {
      var item = entries.find(owner, id);
      var form = Attributes.text(item, "form").filter(wish.acting().role()::sees);
      if (form.isPresent()) {
        return open(id, owner, item, form.get(), wish);
      }
    }
    return new Opened.Missing();
  }

  private Opened open(
      EntryId id, String owner, Map<String, AttributeValue> item, String name, Wish wish) {
    if (audit.opened(wish.person(), clock.instant()) >= roles.opensPerDay()) {
      var code = OperatorCode.STAFF_LIMIT_REACHED.entry();
      LOG.warn("{} has had as many entries opened as one may", wish.person().id(), code);
      Counter.STAFF_LIMIT_REACHED.increment();
      return new Opened.Enough();
    }
    var form = forms.find(name);
    var masks = wish.masks();
    audit.opens(
        wish.person(),
        owner,
        id,
        form.map(masks::shown).orElse(List.of()),
        wish.reason(),
        wish.request(),
        clock.instant());
    try {
      var customer = customers.find(owner);
      if (customer.isEmpty()) {
        return new Opened.Missing();
      }
      var opened = read(customer.get(), id, item, form, masks);
      Counter.STAFF_OPENED.increment();
      return opened;
    } catch (KnownCustomers.Unreadable e) {
      return new Opened.Unreadable(); // The log has said whose.
    }
  }

  private static Opened.Entry read(
      KnownCustomer customer,
      EntryId id,
      Map<String, AttributeValue> item,
      Optional<Form> known,
      Masks masks)
      throws KnownCustomers.Unreadable {
    var entry = KnownEntries.open(customer, item);
    var record = entry.record();
    @Nullable Form form = known.orElse(null);
    var values =
        record.fields().properties().stream()
            .map(it -> new Opened.Value(it.getKey(), masks.apply(form, it.getKey(), it.getValue())))
            .toList();
    return new Opened.Entry(
        id,
        entry.row().form(),
        Entries.state(item).orElse(EntryState.NEW),
        values,
        record.consents().entrySet().stream()
            .map(it -> new Opened.Agreed(it.getKey(), it.getValue().version()))
            .toList(),
        known
            .filter(it -> !masks.masks(it, it.identity()))
            .filter(it -> it.address(record.fields()).isPresent())
            .map(it -> record.fields().path(it.identity()).asText().strip()),
        record.source(),
        record.fields().properties().stream().anyMatch(it -> masks.masks(form, it.getKey())));
  }
}
