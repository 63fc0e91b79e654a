package io.vestibule.backup.restore;

import io.vestibule.backup.CustomerId;
import io.vestibule.backup.Excluded;
import io.vestibule.backup.Parallel;
import io.vestibule.backup.RestoreExclusions;
import io.vestibule.backup.restore.LiveIdentities.Known;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.paginators.ScanIterable;

/**
 * Brings identities back from a table that DynamoDB recovered, but for the keys of people who were
 * erased since. It is the only way in which recovered identities may go live.
 *
 * <p>An address that has an identity keeps it, unless that is an older version of the same. An
 * identity whose customer is not there is brought back all the same: the customers may be restored
 * after it.
 *
 * <p>The live table is its own progress, which nobody can forge: who is there is seen by a hundred
 * in a call, and only who is missing costs a write. So a run that was cut off is called again, and
 * goes on.
 */
final class RestoreIdentities {

  /** How many segments are read, and rows written, at a time. */
  private static final int WIDTH = 8;

  private final DynamoDbClient dynamoDb;
  private final LiveIdentities live;
  private final OverruleLedger overruleLedger;

  RestoreIdentities(DynamoDbClient dynamoDb, String live, OverruleLedger overruleLedger) {
    this.dynamoDb = dynamoDb;
    this.live = new LiveIdentities(dynamoDb, live);
    this.overruleLedger = overruleLedger;
  }

  /** What became of some identities. */
  private record Counts(long restored, long skipped, long erased, long invalid, long unnumbered) {

    static final Counts NONE = new Counts(0, 0, 0, 0, 0);

    Counts plus(Counts other) {
      return new Counts(
          restored + other.restored,
          skipped + other.skipped,
          erased + other.erased,
          invalid + other.invalid,
          unnumbered + other.unnumbered);
    }
  }

  /**
   * Brings them back.
   *
   * @param order which names the table that DynamoDB recovered
   */
  RestoreReport run(RestoreOrder.Identities order) {
    var exclusions = overruleLedger.ordered(order.overrule());
    Excluded before = exclusions.now();
    RestoreExclusions.tell(before.invalid());
    var counts = each(order.from(), page -> restore(page, before));
    long takenOut = takeOut(order.from(), before.erased(), exclusions.now().erased());
    return new RestoreReport(
        new RowCounts(
            counts.restored() - takenOut,
            counts.skipped(),
            new LeftOut(counts.erased() + takenOut, counts.invalid(), 0, 0)),
        counts.unnumbered(),
        Set.of(),
        Optional.empty(),
        Set.of());
  }

  /** Works through a table, some segments at a time, page by page. */
  private Counts each(String table, Function<List<Map<String, AttributeValue>>, Counts> work) {
    List<Callable<Counts>> segments =
        IntStream.range(0, WIDTH)
            .<Callable<Counts>>mapToObj(
                segment ->
                    () ->
                        pages(table, segment).stream()
                            .map(page -> work.apply(page.items()))
                            .reduce(Counts.NONE, Counts::plus))
            .toList();
    return Parallel.all(WIDTH, segments).stream().reduce(Counts.NONE, Counts::plus);
  }

  private ScanIterable pages(String table, int segment) {
    return dynamoDb.scanPaginator(
        scan -> scan.tableName(table).segment(segment).totalSegments(WIDTH).consistentRead(true));
  }

  private Counts restore(List<Map<String, AttributeValue>> page, Excluded excluded) {
    var there = live.find(page);
    return page.stream()
        .map(
            identity ->
                CustomerId.find(identity).isEmpty()
                    ? new Counts(0, 0, 0, 0, 1)
                    : restore(identity, there.get(LiveIdentities.emailIndex(identity)), excluded))
        .reduce(Counts.NONE, Counts::plus);
  }

  private Counts restore(
      Map<String, AttributeValue> identity, @Nullable Known there, Excluded excluded) {
    var recovered = Known.of(identity);
    if (excluded.erased().contains(recovered.customerId())) {
      // An earlier run may have written it before the erasure.
      if (there != null && there.customerId().equals(recovered.customerId())) {
        var _ = live.delete(identity);
      }
      return new Counts(0, 0, 1, 0, 0);
    }
    if (excluded.invalid().contains(recovered.customerId())) {
      return new Counts(0, 0, 0, 1, 0);
    }
    boolean isOwed = there == null || there.isOlderThan(recovered);
    return isOwed && live.put(identity) ? new Counts(1, 0, 0, 0, 0) : new Counts(0, 1, 0, 0, 0);
  }

  /** Deletes people who were erased while this was writing; mostly there are none. */
  private long takeOut(String recovered, Set<String> before, Set<String> now) {
    Set<String> meanwhile = new HashSet<>(now);
    meanwhile.removeAll(before);
    return meanwhile.isEmpty()
        ? 0
        : each(recovered, page -> new Counts(0, 0, takeOut(page, meanwhile), 0, 0)).erased();
  }

  private long takeOut(List<Map<String, AttributeValue>> page, Set<String> erased) {
    return page.stream()
        .filter(identity -> CustomerId.find(identity).filter(erased::contains).isPresent())
        .filter(live::delete)
        .count();
  }
}
