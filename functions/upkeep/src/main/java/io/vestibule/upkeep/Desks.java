package io.vestibule.upkeep;

import io.vestibule.core.RowId;
import io.vestibule.core.forms.Form;
import io.vestibule.store.OneByOne;
import io.vestibule.store.mail.Breakers;
import java.util.List;

/** The desks of both tables. */
record Desks(Desk submissions, Desk requests) {

  Desk of(RowId id) {
    return id.destination().choose(submissions, requests);
  }

  /** By the form's name, as it may be gone while something of it is still held. */
  Desk of(String form) {
    return form.equals(Form.PRIVACY) ? requests : submissions;
  }

  SettleSomeHeld settleSome() {
    return new SettleSomeHeld(this);
  }

  ListHeld listHeld() {
    return new ListHeld(List.of(submissions.open(), requests.open()));
  }

  /** Wakes what has been open for too long, in both, whatever happens at one of them. */
  ReconcileSubmissions.Report reconcile(Breakers breakers) {
    var report = ReconcileSubmissions.Report.EMPTY;
    var oneByOne = new OneByOne();
    for (var desk : List.of(submissions, requests)) {
      report =
          report.plus(
              oneByOne.attempt(
                  () -> desk.reconcile().run(breakers), ReconcileSubmissions.Report.EMPTY));
    }
    oneByOne.end();
    return report;
  }
}
