package io.vestibule.local.chaos;

import io.vestibule.local.chaos.DeathAt.Moment;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which of the places where a function can die a test goes through: every one with {@code
 * -Dvestibule.deaths=all}. A build takes the first of the calls that say the same about something
 * else (the tenth page of a list, the second person's row), and lets nobody die after a read: that
 * is to die before what comes next.
 */
final class Deaths {

  private static final boolean ALL = "all".equals(System.getProperty("vestibule.deaths"));

  private static final Set<String> READS =
      Set.of(
          "BatchGetItem",
          "Decrypt",
          "DescribeExport",
          "DescribeTable",
          "GetItem",
          "GetObject",
          "GetPublicKey",
          "ListObjectsV2",
          "Query",
          "Scan",
          "TransactGetItems");

  private Deaths() {}

  static List<DeathAt> ofThisRun(List<DeathAt> all) {
    return ALL ? all : ofEachKind(all);
  }

  /** In the order in which they are. */
  static List<DeathAt> ofEachKind(List<DeathAt> all) {
    var kinds = new HashSet<String>();
    return all.stream()
        .filter(
            death -> death.moment() == Moment.BEFORE || !READS.contains(death.call().operation()))
        .filter(death -> kinds.add(death.moment() + " " + death.call().kind()))
        .toList();
  }
}
