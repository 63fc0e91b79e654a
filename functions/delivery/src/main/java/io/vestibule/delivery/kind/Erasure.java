package io.vestibule.delivery.kind;

import io.vestibule.core.targets.Target;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * That somebody is erased.
 *
 * @param customer whom it is about, as this target alone knows them
 * @param numbers of all entries that the target was told of
 * @param since when the target was told of them first; empty if nobody knows
 * @param wanted what is to be done there
 * @param at when they were erased here
 */
public record Erasure(
    String customer,
    List<String> numbers,
    Optional<Instant> since,
    Target.OnErase wanted,
    Instant at) {

  public Erasure {
    numbers = List.copyOf(numbers);
  }

  @Override
  public String toString() {
    return "Erasure(not shown)";
  }
}
