package io.vestibule.staff.operations;

import io.vestibule.checkup.Alarms;
import io.vestibule.checkup.Alarms.Alarm;
import io.vestibule.checkup.Check;
import io.vestibule.checkup.CheckAlarms;
import io.vestibule.checkup.CheckKeys;
import io.vestibule.checkup.CheckLanes;
import io.vestibule.checkup.CheckRuns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the doctor sees that may be asked from inside. */
public record SeenFromInside(CheckRuns runs, CheckKeys keys, CheckLanes lanes, Alarms alarms) {

  /**
   * What was seen.
   *
   * @param red the alarms that have gone off
   */
  public record Seen(List<Check> checks, List<Alarm> red) {}

  /**
   * Looks at everything, one by one. What AWS does not answer is told of that alone; of alarms that
   * nobody knows, none is red.
   */
  public Seen look(Instant now) {
    var red = new ArrayList<Alarm>();
    var checks =
        List.of(
            Check.look("backup", () -> runs.backup(now)),
            Check.look("drill", () -> runs.drill(now)),
            Check.look("alarms", () -> ofAlarms(red)),
            Check.look("keys", keys::run),
            Check.look("lanes", lanes::run));
    return new Seen(checks, List.copyOf(red));
  }

  private Check ofAlarms(List<Alarm> red) {
    var all = alarms.all();
    all.stream().filter(it -> it.state() == Alarms.State.RED).forEach(red::add);
    return CheckAlarms.of(all);
  }
}
