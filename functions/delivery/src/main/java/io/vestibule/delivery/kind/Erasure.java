package io.vestibule.delivery.kind;

import io.vestibule.core.targets.Target;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * That somebody is erased.
 *
 * @param customer whom it is about, as this target alone knows them
 * @param numbers of all entries that the target was told of
 * @param fields the names, as the target calls them, of the fields whose values it was told
 * @param wanted what is to be done there
 * @param at when they were erased here
 */
public record Erasure(
    String customer, List<String> numbers, Set<String> fields, Target.OnErase wanted, Instant at) {

  public Erasure {
    numbers = List.copyOf(numbers);
    fields = Set.copyOf(fields);
  }

  @Override
  public String toString() {
    return "Erasure(not shown)";
  }
}
