package io.vestibule.staff.entry;

import io.vestibule.core.Counter;
import io.vestibule.core.EntryId;
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
import io.vestibule.store.people.Standing;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Opens an entry for a member of staff. The audit says who, in which role, what and why, before the
 * person's key is unwrapped: a death between the two leaves a row too many, and never one too few.
 */
public final class OpenEntry {

  /** Of a row that says none. */
  private static final Standing NOBODYS = new Standing(EntryState.NEW, Optional.empty(), Set.of());

  private final Forms forms;
  private final LookLimit limit;
  private final Entries entries;
  private final CustomersByNumber customers;
  private final StaffAudit audit;
  private final Clock clock;

  public OpenEntry(
      Forms forms,
      LookLimit limit,
      Entries entries,
      CustomersByNumber customers,
      StaffAudit audit,
      Clock clock) {
    this.forms = forms;
    this.limit = limit;
    this.entries = entries;
    this.customers = customers;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Who wants to see it, and why.
   *
   * @param reason from the list of reasons, or {@link Roles#WORK}
   * @param language in which choices are told
   * @param request the invocation
   */
  public record Wish(
      Person person, Roles.Acting acting, String reason, String language, String request) {

    /**
     * How they see what came by a form.
     *
     * @param forms it, as it was when that came in, and as it is now; those that are known
     */
    public Masks masks(List<Form> forms) {
      return new Masks(forms, acting.role(), isReasonGiven(), language);
    }

    /** Whether something is masked for them. */
    public boolean masks(Form.Sensitivity what) {
      return acting.role().masks(what, isReasonGiven());
    }

    private boolean isReasonGiven() {
      return !reason.equals(Roles.WORK);
    }
  }

  /** Opens it. */
  public Opened<Opened.Entry> run(EntryId id, Wish wish) {
    return SeenEntry.of(entries, id, wish.acting().role())
        .findFirst()
        .map(it -> open(id, it, wish))
        .orElseGet(() -> new Opened.Missing<>());
  }

  private Opened<Opened.Entry> open(EntryId id, SeenEntry seen, Wish wish) {
    if (limit.isReached(wish.person())) {
      return new Opened.Enough<>();
    }
    var known = known(seen.form(), seen.item());
    var masks = wish.masks(known);
    audit.opens(
        wish.person(),
        seen.owner(),
        id,
        masks.shown(),
        wish.reason(),
        wish.request(),
        clock.instant());
    try {
      var customer = customers.find(seen.owner());
      if (customer.isEmpty()) {
        return new Opened.Missing<>();
      }
      var entry = read(customer.get(), id, seen.item(), known, masks);
      Counter.STAFF_OPENED.increment();
      return new Opened.Shown<>(entry);
    } catch (KnownCustomers.Unreadable e) {
      return new Opened.Unreadable<>(); // The log has said whose.
    }
  }

  /** The entry's form as it was when it was handed in, and as it is now. */
  private List<Form> known(String name, Map<String, AttributeValue> item) {
    var then = Attributes.text(item, "formVersion").flatMap(version -> forms.find(name, version));
    return Stream.of(then, forms.find(name)).flatMap(Optional::stream).distinct().toList();
  }

  private static Opened.Entry read(
      KnownCustomer customer,
      EntryId id,
      Map<String, AttributeValue> item,
      List<Form> known,
      Masks masks)
      throws KnownCustomers.Unreadable {
    var entry = KnownEntries.open(customer, item);
    var record = entry.record();
    return new Opened.Entry(
        id,
        customer.customerId(),
        entry.row().form(),
        Standing.of(item).orElse(NOBODYS),
        record.fields().properties().stream()
            .map(it -> new Opened.Value(it.getKey(), masks.apply(it.getKey(), it.getValue())))
            .toList(),
        record.consents().entrySet().stream()
            .map(it -> new Opened.Agreed(it.getKey(), it.getValue().version()))
            .toList(),
        known.stream()
            .filter(it -> !masks.masks(it.identity()))
            .filter(it -> it.address(record.fields()).isPresent())
            .map(it -> record.fields().path(it.identity()).asText().strip())
            .findFirst(),
        record.source(),
        record.fields().properties().stream().anyMatch(it -> masks.masks(it.getKey())));
  }
}
