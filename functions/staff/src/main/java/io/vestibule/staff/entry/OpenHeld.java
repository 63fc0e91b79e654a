package io.vestibule.staff.entry;

import io.vestibule.core.Counter;
import io.vestibule.core.RowId;
import io.vestibule.core.Status;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Forms;
import io.vestibule.keys.SubmissionOpener;
import io.vestibule.store.audit.StaffAudit;
import io.vestibule.store.rows.RowsForStaff;
import io.vestibule.store.rows.SubmissionRow;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Opens what is held, for a member of staff. It is sealed with a key of its day, and under no
 * person's number yet, so the audit has it by its row. That is written before it is opened.
 */
public final class OpenHeld {

  private final Forms forms;
  private final LookLimit limit;
  private final RowsForStaff rows;
  private final SubmissionOpener opener;
  private final StaffAudit audit;
  private final Clock clock;

  public OpenHeld(
      Forms forms,
      LookLimit limit,
      RowsForStaff rows,
      SubmissionOpener opener,
      StaffAudit audit,
      Clock clock) {
    this.forms = forms;
    this.limit = limit;
    this.rows = rows;
    this.opener = opener;
    this.audit = audit;
    this.clock = clock;
  }

  /** Opens it. */
  public Opened<OpenedHeld> run(RowId id, OpenEntry.Wish wish) {
    return rows.find(id)
        .filter(it -> it.row().status() == Status.HELD)
        .filter(it -> wish.acting().role().sees(it.row().form()))
        .map(it -> open(it, wish))
        .orElseGet(Opened.Missing::new);
  }

  private Opened<OpenedHeld> open(RowsForStaff.WithContent found, OpenEntry.Wish wish) {
    var row = found.row();
    if (found.sealed().isEmpty()) {
      return new Opened.Shown<>(new OpenedHeld(row, Optional.empty()));
    }
    if (limit.isReached(wish.person())) {
      return new Opened.Enough<>();
    }
    var now = forms.find(row.form()).stream().toList();
    audit.opens(
        wish.person(),
        row.id(),
        wish.masks(now).shown(),
        wish.reason(),
        wish.request(),
        clock.instant());
    return new Opened.Shown<>(new OpenedHeld(row, content(found.sealed().get(), now, wish)));
  }

  private Optional<OpenedHeld.Content> content(
      SubmissionRow sealed, List<Form> now, OpenEntry.Wish wish) {
    try {
      var opened = opener.open(sealed);
      Counter.STAFF_OPENED.increment();
      return Optional.of(content(opened, now, wish));
    } catch (SubmissionOpener.Unreadable e) {
      return Optional.empty(); // The log has said why.
    }
  }

  /**
   * Which form the audit could not know before the row was open: what only that has stays masked as
   * what no form has.
   */
  private static OpenedHeld.Content content(
      SubmissionOpener.Opened opened, List<Form> now, OpenEntry.Wish wish) {
    var then = opened.judged().rules();
    var audited = wish.masks(now);
    var strict = wish.masks(Stream.concat(Stream.of(then), now.stream()).distinct().toList());
    var fields = opened.content().fields();
    return new OpenedHeld.Content(
        fields.properties().stream()
            .map(
                it ->
                    new Opened.Value(
                        it.getKey(),
                        (audited.masks(it.getKey()) ? audited : strict)
                            .apply(it.getKey(), it.getValue())))
            .toList(),
        List.copyOf(opened.content().consents().keySet()),
        opened.content().source(),
        fields.properties().stream()
            .anyMatch(it -> audited.masks(it.getKey()) || strict.masks(it.getKey())));
  }
}
