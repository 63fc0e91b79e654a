package io.vestibule.local.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vestibule.local.aws.Backend;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Tells who waits for changes of a table that there may be some, so that they need not look again
 * and again. It knows of requests that pass here, and of nothing that the database does by itself,
 * such as to delete what has expired.
 */
public final class TableWrites {

  /** Everything else may change a table. */
  private static final Set<String> READS =
      Set.of(
          "BatchGetItem",
          "DescribeContinuousBackups",
          "DescribeExport",
          "DescribeTable",
          "DescribeTimeToLive",
          "GetItem",
          "ListExports",
          "ListTables",
          "Query",
          "Scan",
          "TransactGetItems");

  private record Waiting(String table, Runnable isTold) {

    /** By its name or by its ARN, as JSON has them. */
    boolean isNamedIn(String body) {
      return body.contains(table + '"');
    }
  }

  private final List<Waiting> all = new CopyOnWriteArrayList<>();

  /**
   * From now on somebody is told of each request that names the table and may have changed it:
   * after the change, before its answer, and also if the request has failed.
   *
   * @param isTold must be quick
   */
  public void tell(String table, Runnable isTold) {
    all.add(new Waiting(table, isTold));
  }

  /** A database of whose requests is told. */
  public Backend before(Backend database) {
    return request -> {
      try {
        return database.handle(request);
      } finally {
        if (!READS.contains(request.jsonOperation().orElse(""))) {
          tell(new String(request.body(), UTF_8));
        }
      }
    };
  }

  private void tell(String body) {
    all.stream().filter(waiting -> waiting.isNamedIn(body)).forEach(it -> it.isTold().run());
  }
}
