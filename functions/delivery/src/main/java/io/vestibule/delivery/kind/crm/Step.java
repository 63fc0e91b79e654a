package io.vestibule.delivery.kind.crm;

import io.vestibule.delivery.kind.Answer;

/** What became of one record in an erasure. */
public sealed interface Step {

  /** It is as it should be. */
  record Done() implements Step {}

  /** It is not there any more, and we did not see it go. */
  record Gone() implements Step {}

  /** It has to be tried again. */
  record Not(Answer answer) implements Step {}
}
