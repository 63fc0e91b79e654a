package io.vestibule.intake;

import io.vestibule.core.RowId;
import java.time.Duration;

/** What came of what was handed in. */
sealed interface Acceptance {

  /** It is written down, under this id. */
  record Accepted(RowId id) implements Acceptance {}

  /** It was written down before under this id, and nothing more was: this is a retry. */
  record Repeated(RowId id) implements Acceptance {}

  /** Nothing was written: its challenge was used for something else before. */
  record Spent() implements Acceptance {}

  /** Nothing was written; the same may be tried again. */
  record Unavailable(Duration retryAfter) implements Acceptance {}
}
