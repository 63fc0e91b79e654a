package io.vestibule.verification;

import io.vestibule.core.Choice;
import io.vestibule.core.forms.FieldError;
import io.vestibule.store.rows.Submissions;
import java.util.List;

/** What a link is worth. */
sealed interface LinkWorth {

  /** The button has not been pressed yet. */
  record Waiting(Submissions.Link of) implements LinkWorth {}

  /** It was pressed just now. */
  record Confirmed(Submissions.Link of, Choice choice) implements LinkWorth {}

  /** The button has not been pressed: the press chose what it cannot. */
  record Refused(Submissions.Link of, List<FieldError> errors) implements LinkWorth {}

  /** It was pressed before. */
  record AlreadyConfirmed(Submissions.Link of) implements LinkWorth {}

  /** It was pressed before, to say "this was not me". */
  record Disowned() implements LinkWorth {}

  /** Its own time is over, but its row waits on, and a new link can be asked for. */
  record Ended() implements LinkWorth {}

  /** Unknown, ended, used or wrong: which of them is nobody's business. */
  record Dead() implements LinkWorth {}
}
