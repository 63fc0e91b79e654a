package io.vestibule.upkeep;

import io.vestibule.core.Status;

/** What came of a person's decision about one that is held. */
sealed interface Settlement {

  /** It goes on from where it was. */
  record Released(Status to) implements Settlement {}

  /** It has ended, and its content is gone. */
  record Rejected() implements Settlement {}

  /** Nothing was changed: it is in another state, maybe by a decision before. */
  record NotHeld(Status status) implements Settlement {}

  /** There is no such submission, or none any more. */
  record Unknown() implements Settlement {}
}
