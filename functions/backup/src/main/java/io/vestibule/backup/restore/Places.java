package io.vestibule.backup.restore;

import java.util.Optional;

/**
 * Where a backup is restored to.
 *
 * @param entries empty if the backup is of a version that had none
 */
public record Places(Place customers, Optional<Place> entries) {}
