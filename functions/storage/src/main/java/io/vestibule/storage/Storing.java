package io.vestibule.storage;

import io.vestibule.core.HeldReason;
import io.vestibule.core.forms.Form;
import java.util.Optional;

/** What came of a submission that says that it was confirmed. */
sealed interface Storing {

  /** There is a new customer. */
  record Created() implements Storing {}

  /** The customer, known before, has it now. */
  record Merged() implements Storing {}

  /** Nothing to do: it was stored before, or the row has changed and has a newer record. */
  record Superseded() implements Storing {}

  /** The person was erased after handing it in, which covers it. */
  record Erased() implements Storing {}

  /**
   * The owner of the mailbox has not handed it in: emptied.
   *
   * @param form which they were said to have filled in, if there is such a form
   */
  record Disowned(Optional<Form> form) implements Storing {}

  /** Nobody confirmed it; put aside, for somebody writes to the table who should not. */
  record Forged() implements Storing {}

  /** Somebody confirmed it, and it cannot be stored: put aside, with the reason, for good. */
  record Held(HeldReason reason) implements Storing {}
}
