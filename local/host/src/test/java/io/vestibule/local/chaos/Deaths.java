package io.vestibule.local.chaos;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import io.vestibule.local.aws.Cases;
import io.vestibule.local.chaos.DeathAt.Moment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which of the places where a function can die a test goes through: every one with {@code
 * -Dvestibule.cases=all}.
 *
 * <p>A build takes some of each function, spread over what lies between its first call and its
 * last: who dies at those has done nothing, or all. Beside them it takes those that a test names,
 * as it expects something else after them. They are some of those that differ. Of calls that say
 * the same about something else (the tenth page of a list, the second person's row) that is the
 * first. Of several moments at which the same is done and the same is not, it is one: nobody dies
 * after a read, as that is to die before what comes next, nor before a call if they die after the
 * write that came before it.
 */
final class Deaths {

  private Deaths() {}

  /**
   * The deaths of this run, in the order in which they are.
   *
   * @param most how many of each function a build takes
   */
  static List<DeathAt> ofThisRun(List<DeathAt> all, int most) {
    return ofThisRun(all, most, _ -> false);
  }

  /**
   * The same, with some that every build takes beside them.
   *
   * @param isSpecial whether every build takes it: the test expects something else after it, or it
   *     leaves more half done than others do
   */
  static List<DeathAt> ofThisRun(List<DeathAt> all, int most, Predicate<DeathAt> isSpecial) {
    return Cases.areAll() ? all : some(ofEachState(all), most, isSpecial);
  }

  /** The same, where something else happens at each moment: before a call and after another one. */
  static List<DeathAt> ofThisRunWithBothMoments(
      List<DeathAt> all, int most, Predicate<DeathAt> isSpecial) {
    return Cases.areAll() ? all : some(ofEachKind(all), most, isSpecial);
  }

  private static List<DeathAt> some(List<DeathAt> all, int most, Predicate<DeathAt> isSpecial) {
    var some = new HashSet<DeathAt>();
    all.stream()
        .collect(groupingBy(death -> death.call().function()))
        .values()
        .forEach(ofFunction -> some.addAll(inBetween(withoutRepeatedReads(ofFunction), most)));
    return all.stream().filter(death -> some.contains(death) || isSpecial.test(death)).toList();
  }

  private static List<DeathAt> inBetween(List<DeathAt> all, int most) {
    var spread = Cases.spread(all, most + 2);
    return spread.size() > 2 ? spread.subList(1, spread.size() - 1) : spread;
  }

  /**
   * Without the deaths that leave what another one leaves, as nothing is changed between two reads:
   * after each, and before each but the first.
   */
  static List<DeathAt> withoutRepeatedReads(List<DeathAt> all) {
    var deaths = new ArrayList<DeathAt>();
    boolean afterRead = false;
    for (var death : all) {
      boolean isRead = death.call().isRead();
      if (!isRead || (death.moment() == Moment.BEFORE && !afterRead)) {
        deaths.add(death);
      }
      afterRead = isRead;
    }
    return deaths;
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
