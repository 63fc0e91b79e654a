package io.vestibule.staff.operations;

import io.vestibule.checkup.Alarms;
import io.vestibule.checkup.Alarms.Alarm;
import io.vestibule.checkup.Check;
import io.vestibule.checkup.CheckAlarms;
import io.vestibule.checkup.CheckKeys;
import io.vestibule.checkup.CheckLanes;
import io.vestibule.checkup.CheckRuns;
import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;

/** What the doctor sees that may be asked from inside. */
public record SeenFromInside(CheckRuns runs, CheckKeys keys, CheckLanes lanes, Alarms alarms) {

  /**
   * What was seen.
   *
   * @param red the alarms that have gone off
   */
  public record Seen(List<Check> checks, List<Alarm> red) {}

  /** Looks at everything. Where CloudWatch does not answer, that is what is told of alarms. */
  public Seen look(Instant now) {
    try {
      var all = alarms.all();
      var red = all.stream().filter(it -> it.state() == Alarms.State.RED).toList();
      return new Seen(checks(now, CheckAlarms.of(all)), red);
    } catch (SdkException e) {
      var unknown = Check.unknown("alarms", String.valueOf(e.getMessage()));
      return new Seen(checks(now, unknown), List.of());
    }
  }

  private List<Check> checks(Instant now, Check ofAlarms) {
    return List.of(runs.backup(now), runs.drill(now), ofAlarms, keys.run(), lanes.run());
  }
}
