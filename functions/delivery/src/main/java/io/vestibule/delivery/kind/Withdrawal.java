package io.vestibule.delivery.kind;

import java.time.Instant;
import java.util.List;

/**
 * That somebody withdrew a consent.
 *
 * @param customer whom it is about, as this target alone knows them
 * @param numbers of all entries that the target was told of
 * @param purpose of the consent; empty for all purposes
 * @param at when it was withdrawn
 */
public record Withdrawal(String customer, List<String> numbers, String purpose, Instant at) {

  public Withdrawal {
    numbers = List.copyOf(numbers);
  }

  @Override
  public String toString() {
    return "Withdrawal(not shown)";
  }
}
