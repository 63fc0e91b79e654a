package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What AWS is asked for, as the documents count it when they say what it costs. */
class CostTest extends Journey {

  @Test
  void aConfirmedMessageOfSomebodyNewTakesTheCallsThatTheDocumentsCount() throws Exception {
    somebody().becomesACustomer(Map.of()); // Keys are read, and kept for five minutes.
    host.drain(LIMIT);

    try (var recording = host.calls().record()) {
      somebody().becomesACustomer(Map.of());
      host.drain(LIMIT);

      var counted =
          recording.calls().stream()
              .filter(call -> host.functions().names().contains(call.caller()))
              .map(call -> "| %s | %s |".formatted(call.caller(), call.operation()))
              .collect(
                  Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
      assertThat(counted.entrySet().stream().map(it -> it.getKey() + " " + it.getValue() + " |"))
          .containsExactlyElementsOf(documented());
    }
  }

  private static List<String> documented() throws IOException {
    return Files.readAllLines(Path.of("..", "..", "docs", "costs.md")).stream()
        .filter(line -> line.matches("\\| \\w+Function \\| \\w+ \\| \\d+ \\|"))
        .toList();
  }
}
