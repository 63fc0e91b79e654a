package io.vestibule.local.privacy;

import io.vestibule.core.wording.Wording;
import io.vestibule.core.wording.Wordings;
import io.vestibule.store.Table;
import io.vestibule.store.people.Leftover;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What an erasure leaves in a table, in the words of the receipt. */
final class Remains {

  private static final Wording WORDING = new Wordings().of("en");

  private Remains() {}

  /**
   * Of a table.
   *
   * @throws IllegalArgumentException if the receipt does not know the table
   */
  static String of(String name) {
    var table =
        Arrays.stream(Table.values())
            .filter(it -> it.label().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "The receipt does not say what an erasure leaves in " + name));
    var left = of(name, Leftover.in(table));
    return left.isEmpty()
        ? "An erasure leaves nothing here."
        : "An erasure leaves here: %s.".formatted(String.join("; ", left));
  }

  private static List<String> of(String name, Leftover leftover) {
    return Stream.concat(
            leftover.stay().stream()
                .map(it -> WORDING.text("receipt.left." + name) + " (" + until(it) + ")"),
            leftover.rests().stream()
                .sorted()
                .map(it -> it.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .map(code -> WORDING.text("receipt.rest." + code)))
        .toList();
  }

  private static String until(Leftover.Stay stay) {
    var end = stay.end().map(Duration::toDays).map("%d days"::formatted).orElse("without an end");
    return stay.end().equals(stay.endOfAwaited())
        ? end
        : "%s; while answers are awaited, %s"
            .formatted(
                end,
                stay.endOfAwaited()
                    .map(Duration::toDays)
                    .map("%d at most"::formatted)
                    .orElse("longer"));
  }
}
