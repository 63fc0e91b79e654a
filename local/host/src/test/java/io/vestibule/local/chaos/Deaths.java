package io.vestibule.local.chaos;

import static java.util.stream.Collectors.toSet;

import io.vestibule.local.aws.Cases;
import io.vestibule.local.chaos.DeathAt.Moment;
import java.util.HashSet;
import java.util.List;

/**
 * Which of the places where a function can die a test goes through: every one with {@code
 * -Dvestibule.cases=all}. A build takes the first of the calls that say the same about something
 * else (the tenth page of a list, the second person's row), and of several moments at which the
 * same is done and the same is not, one: nobody dies after a read, as that is to die before what
 * comes next, nor before a call if they die after the write that came before it.
 */
final class Deaths {

  private Deaths() {}

  static List<DeathAt> ofThisRun(List<DeathAt> all) {
    return Cases.areAll() ? all : ofEachState(all);
  }

  /** The same, where something else happens at each moment: before a call and after another one. */
  static List<DeathAt> ofThisRunWithBothMoments(List<DeathAt> all) {
    return Cases.areAll() ? all : ofEachKind(all);
  }

  /** In the order in which they are. */
  static List<DeathAt> ofEachState(List<DeathAt> all) {
    var kept = ofEachKind(all);
    var afterWrites =
        kept.stream()
            .filter(death -> death.moment() == Moment.AFTER)
            .map(death -> death.call().function() + death.number())
            .collect(toSet());
    return kept.stream()
        .filter(
            death ->
                death.moment() == Moment.AFTER
                    || !afterWrites.contains(death.call().function() + death.since()))
        .toList();
  }

  /** In the order in which they are. */
  static List<DeathAt> ofEachKind(List<DeathAt> all) {
    var kinds = new HashSet<String>();
    return all.stream()
        .filter(death -> death.moment() == Moment.BEFORE || !death.call().isRead())
        .filter(death -> kinds.add(death.moment() + " " + death.call().kind()))
        .toList();
  }
}
