package io.vestibule.local.kms;

import java.time.Instant;

/** The states of a key that AWS KMS made itself; AWS calls them by the names of these records. */
sealed interface KeyState {

  record Enabled() implements KeyState {}

  record Disabled() implements KeyState {}

  /**
   * The key can be neither used nor changed, only saved.
   *
   * @param due when it ceases to exist
   */
  record PendingDeletion(Instant due) implements KeyState {}
}
