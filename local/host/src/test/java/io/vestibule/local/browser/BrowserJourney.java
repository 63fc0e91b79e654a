package io.vestibule.local.browser;

import com.microsoft.playwright.Browser.NewContextOptions;
import io.vestibule.local.journey.Journey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

/** A journey through a real browser. */
@EnabledIf(
    value = "io.vestibule.local.browser.Chromium#isThere",
    disabledReason = "Not run: the pages in a browser, as chromium or node is not on the PATH")
@ExtendWith(SharedChromium.class)
abstract class BrowserJourney extends Journey {

  /** Who sends a form at once is taken for a machine. */
  private static final Duration READING = Duration.ofSeconds(5);

  private static final NewContextOptions AS_IT_IS = new NewContextOptions();

  protected static final NewContextOptions WITHOUT_SCRIPTS =
      new NewContextOptions().setJavaScriptEnabled(false);

  private final Map<NewContextOptions, Window> windows = new HashMap<>();

  protected Chromium chromium;

  @BeforeAll
  final void take(Chromium shared) {
    chromium = shared;
  }

  /**
   * A window of a browser that nobody has used before, or that was left as if nobody had: to open
   * one costs more than most tests do.
   *
   * @param options the same object for the same window
   */
  protected final Window window(NewContextOptions options) {
    return windows.computeIfAbsent(
        options,
        _ -> new Window(chromium.context(options), host.uri(), () -> clock.advance(READING)));
  }

  protected final Window window() {
    return window(AS_IT_IS);
  }

  @AfterAll
  final void endWindows() {
    windows.values().forEach(Window::ends);
  }
}
