package io.vestibule.backup.drill;

import io.vestibule.backup.CustomerId;
import io.vestibule.backup.ParallelScan;
import io.vestibule.core.Deadline;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The numbers of all customers in a table, and of each no more than that. */
record Numbers(ParallelScan scan, ParallelScan.Source source) {

  /**
   * Those of a table.
   *
   * @param index the index to read instead of the table; null for none
   */
  static Numbers of(ParallelScan scan, String table, @Nullable String index) {
    return new Numbers(scan, new ParallelScan.Source(table, index, "#customerId"));
  }

  /**
   * Reads them.
   *
   * @param reader what is done with a part; all of it, if the time was not over before
   */
  <T> List<T> read(Deadline deadline, Function<Stream<String>, T> reader) {
    return scan.read(source, deadline, items -> reader.apply(items.map(CustomerId::of)));
  }
}
