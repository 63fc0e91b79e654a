package io.vestibule.local.journey;

import io.vestibule.local.account.TableWrites;
import io.vestibule.local.host.LocalHost;
import io.vestibule.local.template.Stack;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * How often each table may have changed since this was made: whoever knows what was in a table then
 * need not look again until its number is another one.
 */
final class Writes {

  private final Map<String, AtomicLong> counts;

  private Writes(Map<String, AtomicLong> counts) {
    this.counts = counts;
  }

  /** From now on, by whomever. */
  static Writes at(LocalHost host) {
    Map<String, AtomicLong> counts =
        host.stack().tables().stream()
            .collect(Collectors.toMap(Stack.Table::name, _ -> new AtomicLong()));
    TableWrites writes = host.writes().orElseThrow();
    counts.forEach((name, count) -> writes.tell(name, count::incrementAndGet));
    return new Writes(counts);
  }

  Set<String> tables() {
    return counts.keySet();
  }

  long of(String table) {
    return Objects.requireNonNull(counts.get(table)).get();
  }
}
