package io.vestibule.upkeep;

import io.vestibule.core.RowId;
import io.vestibule.core.forms.Form;
import io.vestibule.store.mail.Breakers;

/** The desks of both tables. */
record Desks(Desk submissions, Desk requests) {

  Desk of(RowId id) {
    return id.destination().choose(submissions, requests);
  }

  /** By the form's name, as it may be gone while something of it is still held. */
  Desk of(String form) {
    return form.equals(Form.PRIVACY) ? requests : submissions;
  }

  /** Wakes what has been open for too long, in both. */
  ReconcileSubmissions.Report reconcile(Breakers breakers) {
    return submissions.reconcile().run(breakers).plus(requests.reconcile().run(breakers));
  }
}
