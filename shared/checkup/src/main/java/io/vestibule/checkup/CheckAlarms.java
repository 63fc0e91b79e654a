package io.vestibule.checkup;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Looks which alarms of a stack have gone off. */
public record CheckAlarms(Alarms alarms) {

  public Check run() {
    return of(alarms.all());
  }

  /** The same, where they have been asked for already. */
  public static Check of(List<Alarms.Alarm> all) {
    if (all.isEmpty()) {
      return Check.wrong("alarms", "none", Map.of());
    }
    var red =
        all.stream()
            .filter(it -> it.state() == Alarms.State.RED)
            .map(Alarms.Alarm::name)
            .collect(Collectors.joining(", "));
    if (!red.isEmpty()) {
      return Check.wrong("alarms", "red", Map.of("alarms", red));
    }
    return all.stream().allMatch(it -> it.state() == Alarms.State.NOT_EVALUATED)
        ? Check.noted("alarms", "not-evaluated")
        : Check.ok("alarms");
  }
}
