package io.vestibule.deletion.answer;

import io.vestibule.core.HeldReason;
import io.vestibule.core.Receipt;

/** What came of a request. */
public sealed interface RequestOutcome {

  /** An erasure is committed; the row's next record carries it out. */
  record Committed() implements RequestOutcome {}

  /** An erasure is carried out, and must be once more when everybody has settled. */
  record Settling() implements RequestOutcome {}

  /** An erasure is carried out in part: there was no time for more, and a new record is coming. */
  record Unfinished() implements RequestOutcome {}

  /** Something that the person has confirmed is being stored, and belongs to the answer. */
  record Waiting() implements RequestOutcome {}

  /** The request is done, and its page has a receipt. */
  record Answered(Receipt.Outcome how) implements RequestOutcome {}

  /** The request is done, and its page has the copy. */
  record Disclosed() implements RequestOutcome {}

  /** Nothing to do: it was done before, or the row has changed and has a newer record. */
  record Superseded() implements RequestOutcome {}

  /** The owner of the mailbox has not asked for it: emptied. */
  record Disowned() implements RequestOutcome {}

  /** Nobody confirmed it; put aside, for somebody writes to the table who should not. */
  record Forged() implements RequestOutcome {}

  /** Somebody confirmed it, and it cannot be answered: put aside for a person. */
  record Held(HeldReason reason) implements RequestOutcome {}
}
