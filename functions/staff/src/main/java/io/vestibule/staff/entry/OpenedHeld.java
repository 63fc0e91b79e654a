package io.vestibule.staff.entry;

import io.vestibule.store.rows.RowsForStaff;
import java.util.List;
import java.util.Optional;

/**
 * What is held, as somebody sees it.
 *
 * @param content empty if it cannot be read; the log says why
 */
public record OpenedHeld(RowsForStaff.Seen row, Optional<Content> content) {

  /**
   * What somebody handed in, as far as the role sees it. Nobody has shown that it was theirs.
   *
   * @param consents those that were ticked, by name
   * @param masked whether anything is masked
   */
  public record Content(
      List<Opened.Value> values, List<String> consents, String source, boolean masked) {}
}
