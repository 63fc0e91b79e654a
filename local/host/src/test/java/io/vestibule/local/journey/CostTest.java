package io.vestibule.local.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What AWS is asked for, as the documents count it when they say what it costs. */
class CostTest extends Journey {

  private static final Pattern OF_CALLS =
      Pattern.compile("(\\| \\w+Function \\| \\w+ \\| \\d+ \\|)");

  private static final Pattern OF_UNITS =
      Pattern.compile("(\\| \\w+Function \\| \\w+ \\| [\\w-]+ \\| \\d+ \\| \\d+ \\|).*");

  /** As long as the documents assume: its rows have more than 1 KB, and no more than 2. */
  private static final String MESSAGE = "We met at the fair. ".repeat(62);

  private static final int BYTES_OF_LOG = 2_300;

  private int customers;

  @Test
  void aConfirmedMessageOfSomebodyNewTakesTheCallsThatTheDocumentsCount() throws Exception {
    customerOfAProvider().becomesACustomer(Map.of()); // Keys are read, and kept for five minutes.
    host.drain(LIMIT);

    try (var recording = host.calls().record()) {
      customerOfAProvider().becomesACustomer(Map.of());
      host.drain(LIMIT);

      var counted =
          recording.calls().stream()
              .filter(call -> host.functions().names().contains(call.caller()))
              .map(call -> "| %s | %s |".formatted(call.caller(), call.operation()))
              .collect(
                  Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
      assertThat(counted.entrySet().stream().map(it -> it.getKey() + " " + it.getValue() + " |"))
          .containsExactlyElementsOf(documented(OF_CALLS));
    }
  }

  @Test
  void theSameTakesTheWriteUnitsThatTheDocumentsCount() throws Exception {
    var database = new AtomicReference<WriteUnits>();
    host.putBefore("dynamodb", it -> database.updateAndGet(_ -> new WriteUnits(it)));

    customerOfAProvider().becomesACustomer(Map.of("message", MESSAGE));
    host.drain(LIMIT);

    assertThat(
            requireNonNull(database.get()).costs().stream()
                .filter(cost -> host.functions().names().contains(cost.caller()))
                .map(WriteUnits.Cost::toString))
        .containsExactlyInAnyOrderElementsOf(documented(OF_UNITS));
  }

  /** What functions write themselves, with a look at the page behind the link. */
  @Test
  void theSameWritesNoMoreToTheLogThanTheDocumentsCount() throws Exception {
    customerOfAProvider().becomesACustomer(Map.of());
    host.drain(LIMIT);
    long before = logged();

    var person = customerOfAProvider();
    var id = person.submits(Map.of());
    person.get(person.link(id));
    person.presses(person.link(id));
    host.drain(LIMIT);

    assertThat(logged() - before).isPositive().isLessThan(BYTES_OF_LOG);
  }

  /** At a domain that is no mailbox provider's a message costs more, as the documents say. */
  private Person customerOfAProvider() {
    return new Person(host, "customer-%d@gmail.com".formatted(++customers));
  }

  private long logged() {
    return host.logs().values().stream()
        .flatMap(List::stream)
        .mapToLong(line -> line.getBytes(UTF_8).length + 1L)
        .sum();
  }

  /** The rows of a table, so far as they are of numbers: a word of explanation may follow. */
  private static List<String> documented(Pattern row) throws IOException {
    return Files.readAllLines(Path.of("..", "..", "docs", "costs.md")).stream()
        .map(row::matcher)
        .filter(Matcher::matches)
        .map(line -> line.group(1))
        .toList();
  }
}
