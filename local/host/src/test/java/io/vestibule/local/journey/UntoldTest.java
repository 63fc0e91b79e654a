package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.local.Main;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nobody is told of what comes in: then nothing says that somebody has it, or answers. */
class UntoldTest extends Journey {

  @Test
  void theConsoleNamesEachFormOfWhichNobodyIsTold() {
    assertThat(Main.untold(host)).contains("contact", "newsletter").doesNotContain("privacy");
  }

  @Test
  void whoConfirmsIsPromisedNothing() throws Exception {
    var ada = somebody();
    ada.submits(Map.of());

    var link = ada.link();

    var pressed = ada.presses(link);
    var next = pressed.headers().firstValue("Location").orElseThrow();
    var first = ada.get(link.resolve(next)).body();
    host.drain(LIMIT);
    var second = ada.get(link).body();

    assertThat(first).contains("is confirmed, and kept for");
    assertThat(second).contains("is kept for");
    assertThat(first + second).doesNotContain("has what you entered", "two working days");
  }
}
