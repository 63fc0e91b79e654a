package io.vestibule.verification;

import io.vestibule.store.rows.Submissions;

/** What a link is worth. */
sealed interface LinkWorth {

  /** The button has not been pressed yet. */
  record Waiting(Submissions.Link of) implements LinkWorth {}

  /** It was pressed just now. */
  record Confirmed(Submissions.Link of) implements LinkWorth {}

  /** It was pressed before. */
  record AlreadyConfirmed(Submissions.Link of) implements LinkWorth {}

  /** Unknown, ended, replaced or wrong: which of them is nobody's business. */
  record Dead() implements LinkWorth {}
}
