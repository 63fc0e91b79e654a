package io.vestibule.deletion.answer;

import io.vestibule.core.CustomerRecord;
import io.vestibule.core.DataCopy;
import io.vestibule.core.Passed;
import io.vestibule.core.forms.Forms;
import io.vestibule.deletion.erase.PassedOn;
import io.vestibule.keys.KnownCustomer;
import io.vestibule.keys.KnownCustomers;
import io.vestibule.store.audit.AuditLog;
import io.vestibule.store.rows.RowsByEmail;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts together everything that is held about somebody. */
public final class CopyOfData {

  /** Anybody can hand in thousands in somebody's name; the page must fit in Lambda's 6 MB. */
  private static final int MOST_WAITING = 1_000;

  private final RowsByEmail submissions;
  private final RowsByEmail requests;
  private final CopyOfEntries entries;
  private final PassedOn passedOn;
  private final AuditLog audit;
  private final CopyOfStaff staff;
  private final Forms forms;

  public CopyOfData(
      RowsByEmail submissions,
      RowsByEmail requests,
      CopyOfEntries entries,
      PassedOn passedOn,
      AuditLog audit,
      CopyOfStaff staff,
      Forms forms) {
    this.submissions = submissions;
    this.requests = requests;
    this.entries = entries;
    this.passedOn = passedOn;
    this.audit = audit;
    this.staff = staff;
    this.forms = forms;
  }

  DataCopy of(
      Confirmed request,
      Optional<KnownCustomer> customer,
      List<DataCopy.Waiting> waiting,
      Instant now)
      throws KnownCustomers.Unreadable {
    var told = customer.isPresent() ? entries.of(customer.get()) : CopyOfEntries.Told.NONE;
    boolean isMore = waiting.size() > MOST_WAITING;
    var to = customer.map(it -> passedOn.of(it.customerId())).orElseGet(List::of);
    var dealings = customer.isPresent() ? staff.of(customer.get()) : CopyOfStaff.Told.NONE;
    var record = customer.map(KnownCustomer::record).orElseGet(CustomerRecord::empty);
    return new DataCopy(
        DataCopy.TYPE,
        request.id(),
        now,
        customer.map(it -> it.row().createdAt()).orElse(null),
        customer.map(it -> it.row().verifiedAt()).orElse(null),
        address(record),
        values(record),
        record.consents().stream().map(consent -> consent(record, consent)).toList(),
        record.withdrawals(),
        List.copyOf(record.tags()),
        record.uses(),
        told.newest(),
        told.isMore(),
        isMore ? waiting.subList(0, MOST_WAITING) : waiting,
        isMore,
        to.stream().map(Passed::recipient).toList(),
        to,
        customer.map(it -> history(it.customerId())).orElseGet(List::of),
        dealings.looks(),
        dealings.areMoreLooks(),
        dealings.notes(),
        dealings.areMoreNotes(),
        record.hold(),
        record.unknown());
  }

  private static @Nullable String address(CustomerRecord record) {
    var bound = record.bound();
    return bound == null ? null : bound.address();
  }

  private static List<DataCopy.Value> values(CustomerRecord record) {
    return record.fields().entrySet().stream()
        .map(
            field -> {
              var value = field.getValue();
              return new DataCopy.Value(
                  field.getKey(),
                  value.value(),
                  value.form(),
                  value.source(),
                  value.at(),
                  value.purpose(),
                  value.before(),
                  value.unknown());
            })
        .toList();
  }

  private DataCopy.Consent consent(CustomerRecord record, CustomerRecord.Consent consent) {
    var words = forms.agreed(consent.form(), consent.name(), consent.wording());
    return new DataCopy.Consent(
        consent.name(),
        consent.purpose(),
        consent.wording(),
        words.map(it -> it.in(consent.language())).orElse(""),
        consent.language(),
        consent.form(),
        consent.at(),
        record.stands(consent),
        consent.unknown());
  }

  /**
   * What was entered with the address, and is not stored: if there are as many, one more than a
   * copy lists, and the request itself is none.
   */
  List<DataCopy.Waiting> waiting(Confirmed request) {
    return Stream.of(submissions, requests)
        .flatMap(table -> table.some(request.emailIndex(), MOST_WAITING + 2).stream())
        .filter(row -> !row.id().value().equals(request.id()))
        .limit(MOST_WAITING + 1)
        .map(row -> new DataCopy.Waiting(row.id().value(), row.createdAt()))
        .toList();
  }

  private List<DataCopy.Deed> history(String customerId) {
    return audit.of(customerId).stream()
        .map(entry -> new DataCopy.Deed(entry.at(), entry.actor(), entry.action()))
        .toList();
  }
}
