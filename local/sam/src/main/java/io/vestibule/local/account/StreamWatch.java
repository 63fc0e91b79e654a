package io.vestibule.local.account;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vestibule.local.aws.Backend;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * Notices when a table's stream tells no more of what is written to the table. Floci does so after
 * 1,000 records, without a word: functions are not called any more, and nothing fails.
 *
 * <p>What it goes by are new rows, of which a stream must tell. An update or a deletion that
 * changes nothing leaves no record.
 */
final class StreamWatch {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern TABLE = Pattern.compile("(?:.*:table/)?([^/]+).*");

  private final Duration patience;
  private final LongSupplier nanoTime;
  private final Consumer<String> say;
  private final Map<String, Long> rowCame = new HashMap<>();
  private final Map<String, Long> streamTold = new HashMap<>();
  private final Set<String> silent = new HashSet<>();
  private final List<String> notices = new ArrayList<>();

  /**
   * @param patience so long after a new row its record is waited for
   * @param say is told once of each table
   */
  StreamWatch(Duration patience, Consumer<String> say) {
    this(patience, System::nanoTime, say);
  }

  /** One that goes by another clock; for tests. */
  StreamWatch(Duration patience, LongSupplier nanoTime, Consumer<String> say) {
    this.patience = patience;
    this.nanoTime = nanoTime;
    this.say = say;
  }

  /** A database whose new rows are noted. */
  Backend before(Backend database) {
    return request -> {
      List<String> tables = newRows(request);
      long begun = nanoTime.getAsLong(); // The record may be read before the answer is.
      Backend.Response response = database.handle(request);
      if (response.status() == 200) {
        tables.forEach(table -> note(rowCame, table, begun));
      }
      return response;
    };
  }

  /** A stream was read, to its end if there was nothing to read. */
  void read(String streamArn, int records) {
    String table = name(streamArn);
    if (records > 0) {
      note(streamTold, table, nanoTime.getAsLong());
    } else {
      silence(table).ifPresent(say);
    }
  }

  /** What was noticed so far, in a sentence or two each. */
  synchronized List<String> notices() {
    return List.copyOf(notices);
  }

  private synchronized void note(Map<String, Long> times, String table, long at) {
    times.merge(table, at, (had, got) -> got - had > 0 ? got : had);
  }

  /** What is to be said of a table; nothing if all is well, or if it was said. */
  private synchronized Optional<String> silence(String table) {
    Long came = rowCame.get(table);
    Long told = streamTold.get(table);
    boolean isOwed =
        came != null
            && (told == null || came - told > 0)
            && nanoTime.getAsLong() - came > patience.toNanos();
    if (!isOwed || !silent.add(table)) {
      return Optional.empty();
    }
    String notice =
        ("The emulator's stream of the table %s does not tell of a row that is there: no function is"
                + " called for it, or for what follows. Floci keeps 1,000 records of a table; begin"
                + " anew with an empty emulator.")
            .formatted(table);
    notices.add(notice);
    return Optional.of(notice);
  }

  /** The tables that a request puts rows into which must not have been there. */
  private static List<String> newRows(Backend.Request request) throws IOException {
    String operation = request.jsonOperation().orElse("");
    if (!operation.equals("PutItem") && !operation.equals("TransactWriteItems")) {
      return List.of();
    }
    JsonNode body;
    try {
      body = JSON.readTree(request.body());
    } catch (JacksonException e) {
      return List.of(); // The database will say so.
    }
    var tables = new ArrayList<String>();
    List<JsonNode> puts =
        operation.equals("PutItem")
            ? List.of(body)
            : body.path("TransactItems").valueStream().map(entry -> entry.path("Put")).toList();
    for (JsonNode put : puts) {
      if (put.path("ConditionExpression").asText().contains("attribute_not_exists(")) {
        tables.add(name(put.path("TableName").asText()));
      }
    }
    return tables;
  }

  private static String name(String nameOrArn) {
    return TABLE.matcher(nameOrArn).replaceFirst("$1");
  }
}
