package io.vestibule.delivery;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What AWS is asked for an entry that is delivered. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CostTest {

  private static final int PEOPLE = 10;

  private Office office;

  @BeforeAll
  void open(@TempDir Path folder) throws IOException {
    office = new Office(folder);
    office.webhook("demo", ", \"ground\": \"processor\"");
  }

  @AfterAll
  void close() throws IOException {
    office.close();
  }

  @Test
  void anEntryCostsNineCallsOneOfThemOfKmsAndARunOfALaneSix() {
    var handler = office.handler();
    office.handsIn();
    Office.call(handler, "{}");
    var _ = Stream.generate(office::handsIn).limit(PEOPLE).toList();
    office.advance(Duration.ofMinutes(1));

    var calls = calls(() -> Office.call(handler, "{}"));

    assertThat(calls)
        .isEqualTo(
            Map.of(
                "Decrypt", 1L * PEOPLE,
                // The entry, and whose address it is; then the key's row and the record.
                "GetItem", 2L * PEOPLE,
                "TransactGetItems", 1L * PEOPLE,
                // The audit.
                "PutItem", 1L * PEOPLE,
                // Which address it is; and what waits, what is due, and whether more is.
                "Query", 1L * PEOPLE + 3,
                "Scan", 1L,
                "TransactWriteItems", 1L * PEOPLE,
                // An attempt begins, and ends; the lane is taken, and given back.
                "UpdateItem", 2L * PEOPLE + 2));
    assertThat(office.receiver.calls()).hasSize(PEOPLE + 1);
  }

  @Test
  void aLaneInWhichNothingIsDueCostsOneQueryAMinute() {
    var handler = office.handler();
    Office.call(handler, "{}");

    assertThat(calls(() -> Office.call(handler, "{}"))).isEqualTo(Map.of("Query", 1L, "Scan", 1L));
  }

  private static Map<String, Long> calls(Runnable work) {
    List<String> calls = DyingCalls.record();
    try {
      work.run();
    } finally {
      DyingCalls.calm();
    }
    return calls.stream().collect(groupingBy(identity(), TreeMap::new, counting()));
  }
}
