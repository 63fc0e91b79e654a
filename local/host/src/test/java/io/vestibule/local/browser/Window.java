package io.vestibule.local.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import com.microsoft.playwright.options.LoadState;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;

/** A browser window, and everything that went on in it. */
final class Window implements AutoCloseable {

  private static final int WIDE = 1280;

  private static final Map<String, Object> WCAG_2_2_AA =
      Map.of(
          "type", "tag", "values", List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"));

  private static final Map<String, Object> OF_COLOURS =
      Map.of("type", "rule", "values", List.of("color-contrast", "link-in-text-block"));

  /** How many rules a page passes, and which it breaks where; all else that axe says is long. */
  private static final String AXE =
      """
      async rules => {
        const {passes, violations} =
          await axe.run(document, {runOnly: rules, resultTypes: ["violations"]});
        return {
          passes: passes.length,
          violations: violations.map(rule =>
            `${rule.id}: ${rule.nodes.map(node => `${node.html}: ${node.failureSummary}`)}`),
        };
      }
      """;

  private final List<String> complaints = new ArrayList<>();
  private final List<Response> responses = new ArrayList<>();
  private final List<String> elsewhere = new ArrayList<>();
  private final BrowserContext context;
  private final URI base;
  private final Runnable reading;
  final Page page;

  /**
   * A window.
   *
   * @param reading what takes the time that a person looks at a page before they press anything
   */
  Window(BrowserContext context, URI base, Runnable reading) {
    this.context = context;
    this.base = base;
    this.reading = reading;
    this.page = context.newPage();
    context.onDialog(
        dialog -> {
          complaints.add("a script ran: " + dialog.message());
          dialog.dismiss();
        });
    context.onWebError(error -> complaints.add(error.error()));
    context.onResponse(responses::add);
    context.onRequest(
        request -> {
          if (!request.url().startsWith(base.toString())) {
            elsewhere.add(request.url());
          }
        });
    context.onConsoleMessage(message -> complaints.add(message.type() + ": " + message.text()));
  }

  /**
   * Goes out of it: whoever uses it next finds nothing of who was there. No page keeps anything but
   * cookies in a browser.
   */
  @Override
  public void close() {
    page.unrouteAll();
    page.navigate("about:blank");
    context.clearCookies();
    isWide(WIDE);
    looksLike(ColorScheme.LIGHT, ForcedColors.NONE);
    isAsNew();
  }

  /** Nobody will use it any more. */
  void ends() {
    context.close();
  }

  /** Forgets what went on in it. */
  void isAsNew() {
    complaints.clear();
    responses.clear();
    elsewhere.clear();
  }

  /** Whether no page has left anything in the browser that a later page could find. */
  boolean isLeftWithNothing() {
    return context.cookies().isEmpty()
        && page.evaluate("localStorage.length + sessionStorage.length").equals(0);
  }

  /** Goes to one of our own addresses. */
  Response opens(String path) {
    return page.navigate(base.resolve(path).toString());
  }

  /** Presses what leads to another page, and waits for that. */
  void presses(String selector) {
    reading.run();
    pressesAtOnce(selector);
  }

  /** The same, in no time. */
  void pressesAtOnce(String selector) {
    page.locator(selector).click();
    page.waitForLoadState(LoadState.LOAD);
  }

  String text() {
    return page.locator("body").innerText();
  }

  /** What was asked of others than us. */
  List<String> elsewhere() {
    return List.copyOf(elsewhere);
  }

  /** The bytes of the page that is open, with everything that it needed. */
  int weight() {
    int page =
        responses.stream()
            .map(response -> response.request().isNavigationRequest())
            .toList()
            .lastIndexOf(true);
    return responses.stream().skip(page).mapToInt(response -> response.body().length).sum();
  }

  /**
   * What the browser complained about: scripts, the content security policy, what was not found.
   * That a page itself has the status of an error is no complaint.
   */
  List<String> complaints() {
    return complaints.stream()
        .filter(complaint -> !complaint.contains("Failed to load resource: the server responded"))
        .toList();
  }

  void looksLike(ColorScheme colours, ForcedColors forced) {
    page.emulateMedia(new EmulateMediaOptions().setColorScheme(colours).setForcedColors(forced));
  }

  void isWide(int cssPixels) {
    page.setViewportSize(cssPixels, 800);
  }

  void needsNoSidewaysScrolling() {
    assertThat(page.evaluate("document.documentElement.scrollWidth"))
        .as("the width of %s", page.url())
        .isEqualTo(page.viewportSize().width);
  }

  /** Nobody is kept out, as far as a machine can tell: axe's rules for WCAG 2.2, A and AA. */
  void isAccessible() {
    passes(WCAG_2_2_AA);
  }

  /** The same of a page that is accessible in other colours: those rules that look at colours. */
  void isAccessibleInTheseColours() {
    passes(OF_COLOURS);
  }

  /**
   * Axe's own driver hands its script over before each look, which takes as long as the look, and
   * reads all that axe found to be right, which nobody asks for. Here, later pages have the script
   * from their beginning.
   */
  private void passes(Map<String, Object> rules) {
    if (page.evaluate("typeof axe").equals("undefined")) {
      page.evaluate(AxeBuilder.getAxeScript());
      context.addInitScript(AxeBuilder.getAxeScript());
    }
    assertThat(page.evaluate(AXE, rules))
        .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
        .as("%s at %d px", page.url(), page.viewportSize().width)
        .containsEntry("violations", List.of())
        .hasEntrySatisfying("passes", it -> assertThat((int) it).isPositive());
  }
}
