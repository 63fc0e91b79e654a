package io.vestibule.staff.operations;

import io.vestibule.store.delivery.Deliveries;
import io.vestibule.store.delivery.Lanes;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** How it goes with each target that ever had something to be told. */
public record LaneStates(Lanes lanes, Deliveries deliveries) {

  /**
   * A lane.
   *
   * @param stopped why nothing goes out until a person has looked
   * @param waiting how much is still to be told; of more than a thousand, a thousand
   * @param failures how often which code stands for what was not told, among the newest thousand
   */
  public record State(
      String target, Optional<String> stopped, int waiting, SortedMap<String, Integer> failures) {}

  /** All of them, by name. */
  public List<State> all() {
    return lanes.all().stream()
        .sorted(Comparator.comparing(Lanes.Lane::target))
        .map(
            lane ->
                new State(
                    lane.target(),
                    lane.stopped(),
                    deliveries.waiting(lane.target()),
                    deliveries.failures(lane.target())))
        .toList();
  }

  /** How much was not told, and should have been. */
  public int failed() {
    return lanes.all().stream()
        .flatMap(lane -> deliveries.failures(lane.target()).values().stream())
        .mapToInt(Integer::intValue)
        .sum();
  }
}
