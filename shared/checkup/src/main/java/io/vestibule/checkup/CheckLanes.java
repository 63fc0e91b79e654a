package io.vestibule.checkup;

import io.vestibule.store.delivery.Lanes;
import java.util.Map;
import java.util.stream.Collectors;

/** Looks whether a target is told nothing any more until a person has looked. */
public record CheckLanes(Lanes lanes) {

  public Check run() {
    var stopped =
        lanes.all().stream()
            .flatMap(lane -> lane.stopped().map(it -> lane.target() + " (" + it + ")").stream())
            .sorted()
            .collect(Collectors.joining(", "));
    return stopped.isEmpty()
        ? Check.ok("lanes")
        : Check.wrong("lanes", "stopped", Map.of("lanes", stopped));
  }
}
