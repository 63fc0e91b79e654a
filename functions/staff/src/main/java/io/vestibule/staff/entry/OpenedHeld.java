package io.vestibule.staff.entry;

import io.vestibule.store.rows.RowsForStaff;
import java.util.List;
import java.util.Optional;

/** What came of the wish to see what is held. */
public sealed interface OpenedHeld {

  /**
   * It is there.
   *
   * @param content empty if it cannot be read; the log says why
   */
  record Row(RowsForStaff.Seen row, Optional<Content> content) implements OpenedHeld {}

  /**
   * What somebody handed in, as far as the role sees it. Nobody has shown that it was theirs.
   *
   * @param consents those that were ticked, by name
   * @param masked whether anything is masked
   */
  record Content(List<Opened.Value> values, List<String> consents, String source, boolean masked) {}

  /** There is none that is held, or none for this role. */
  record Missing() implements OpenedHeld {}

  /** The person has looked today as often as anybody may. */
  record Enough() implements OpenedHeld {}
}
