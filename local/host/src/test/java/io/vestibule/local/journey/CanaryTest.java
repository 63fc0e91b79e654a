package io.vestibule.local.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No value that a person typed is anywhere in the clear, and no word of it in a mail. */
class CanaryTest extends Journey {

  /** Distinct in every field; none is part of another or of anything of ours. */
  private static final Map<String, String> CANARIES =
      Map.of(
          "name", "Quetzalcanary",
          "company", "Wombatcanary Ltd",
          "phone", "+49 555 0190 4711",
          "message", "Xylophonecanary\nsecond line ünïcödé 门厅");

  @Test
  void noTypedValueIsInAnyTableStreamObjectMailOrLogLine() throws Exception {
    var ada = new Person(host, "Marmosetcanary@Example.net");
    var stored = new Person(host, "marmosetcanary@example.net");

    ada.submits(CANARIES);
    stored.presses(stored.link());
    host.drain(LIMIT);
    assertThat(new Records(host).value(stored.address, "name")).isEqualTo("Quetzalcanary");
    for (int i = 0; i < 3; i++) {
      ada.submits(CANARIES); // Up to the mailbox's cap, and over it.
    }
    assertThat(ada.posts(Map.of("name", "", "phone", "Lemurcanary", "undeclared", "Ibiscanary")))
        .extracting(response -> response.statusCode())
        .isEqualTo(422);
    host.drain(LIMIT);

    var traces = new Traces(host).everything();
    assertThat(traces).as("what is searched").hasSizeGreaterThan(30);
    assertThat(found(traces, canaries())).isEmpty();
  }

  @Test
  void theSearchFindsWhatIsThere() {
    var inTheClear = "…Quetzalcanary…".getBytes(UTF_8);
    var encoded = Base64.getEncoder().encode("Quetzalcanary".getBytes(UTF_8));

    assertThat(found(List.of(new Traces.Trace("a", inTheClear)), canaries())).hasSize(1);
    assertThat(found(List.of(new Traces.Trace("b", encoded)), canaries())).hasSize(1);
  }

  private static List<String> canaries() {
    return Stream.concat(
            CANARIES.values().stream(),
            Stream.of("marmosetcanary", "Lemurcanary", "Ibiscanary", "Xylophonecanary"))
        .toList();
  }

  private static List<String> found(List<Traces.Trace> traces, List<String> canaries) {
    List<String> found = new ArrayList<>();
    for (var trace : traces) {
      var haystack = new String(trace.content(), UTF_8).toLowerCase(Locale.ROOT);
      for (var canary : canaries) {
        var needle = canary.toLowerCase(Locale.ROOT);
        var encoded = Base64.getEncoder().encodeToString(canary.getBytes(UTF_8));
        if (haystack.contains(needle)
            || haystack.contains(
                encoded.substring(0, encoded.length() - 4).toLowerCase(Locale.ROOT))) {
          found.add("%s in %s".formatted(canary, trace.where()));
        }
      }
    }
    return found;
  }
}
