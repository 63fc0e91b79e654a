package io.vestibule.store.people;

import io.vestibule.core.EntryId;
import java.util.List;
import java.util.Optional;

/**
 * A part of a list, the newest first.
 *
 * @param found without rows that are none of ours
 * @param last where the part ends that was looked at; empty if it is all
 */
public record Part<T>(List<T> found, Optional<EntryId> last) {

  public Part {
    found = List.copyOf(found);
  }

  /**
   * A part of which as many rows were looked at as were asked for, or fewer.
   *
   * @param ends of the rows, as far as they are ours
   */
  static <T> Part<T> of(List<T> found, List<EntryId> ends, boolean isFull) {
    return new Part<>(
        found, isFull && !ends.isEmpty() ? Optional.of(ends.getLast()) : Optional.empty());
  }
}
