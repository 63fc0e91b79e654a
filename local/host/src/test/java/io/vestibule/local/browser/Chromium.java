package io.vestibule.local.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.vestibule.local.aws.Patience;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One Chromium without a window, for all tests of a run: the system's, with a fresh profile and no
 * life of its own on the network. Playwright drives it through the Node.js that is installed.
 */
final class Chromium implements AutoCloseable {

  private static final List<String> QUIET =
      List.of(
          "--disable-gpu",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");

  private static final double LIMIT_MILLIS = (double) Patience.LIMIT.toMillis();

  private final Neighbour neighbour;
  private final Playwright playwright;
  private final Browser browser;

  Chromium() throws IOException {
    neighbour = Neighbour.start();
    PlaywrightAssertions.setDefaultAssertionTimeout(LIMIT_MILLIS);
    playwright =
        Playwright.create(
            new Playwright.CreateOptions()
                .setEnv(
                    Map.of(
                        "PLAYWRIGHT_NODEJS_PATH",
                        node().orElseThrow().toString(),
                        "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                        "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable().orElseThrow())
                    .setArgs(Stream.concat(QUIET.stream(), neighbour.resolved()).toList()));
  }

  /** Whether the programs are there that these tests need. */
  static boolean isThere() {
    return node().isPresent() && executable().isPresent();
  }

  /** Someone at a browser that nobody has used before, who waits as long as any test does. */
  BrowserContext context(NewContextOptions options) {
    var context = browser.newContext(options);
    context.setDefaultTimeout(LIMIT_MILLIS);
    return context;
  }

  Neighbour neighbour() {
    return neighbour;
  }

  private static Optional<Path> node() {
    return onThePath("node", "nodejs");
  }

  /** The same engine without what draws a browser's own windows takes two thirds of the time. */
  private static Optional<Path> executable() {
    return onThePath("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome");
  }

  private static Optional<Path> onThePath(String... names) {
    var folders = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator);
    return Stream.of(names)
        .flatMap(name -> Stream.of(folders).map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  @Override
  public void close() {
    playwright.close();
    neighbour.close();
  }
}
