package io.vestibule.local.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import io.vestibule.core.wording.Wordings;
import io.vestibule.local.aws.Cases;
import io.vestibule.local.journey.Person;
import io.vestibule.local.journey.Requests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every page, in every language, on a narrow phone and a wide screen. 320 px is also what a window
 * of 1280 px has at a zoom of 400 % (WCAG 2.2, 1.4.10). A build looks at each page in one language,
 * a different one from page to page, and on the phone without scripts in another.
 */
class EveryPageTest extends BrowserJourney {

  private static final int NARROW = 320;
  private static final int WIDE = 1280;
  private static final int MOST_BYTES = 30 * 1024;

  /**
   * The sizes of what can be pressed or typed into, except links within a sentence (WCAG 2.2,
   * 2.5.8, "Inline"), and except what is not asked, and hidden.
   */
  private static final String TARGETS =
      """
      [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea")]
        .filter(target => !(target.matches("main p a:not(.button), main li a")))
        .filter(target => target.checkVisibility())
        .map(target => [target.outerHTML, target.getBoundingClientRect()])
        .filter(([_, box]) => box.width < 24 || box.height < 24)
        .map(([html, box]) => `${html}: ${box.width} x ${box.height}`)
      """;

  private Stop.Waypoints waypoints;

  /** One for all pages: a new one takes longer than most of them, and no page leaves anything. */
  private Window window;

  private Window withoutScripts;

  @BeforeAll
  void prepare() throws Exception {
    var late = somebody();
    late.submits(Map.of());
    var ended = late.link();
    clock.advance(Duration.ofHours(24).plusSeconds(1));
    var receipt = Requests.asked(this, customer(), "erase").woken().link();
    var copy = Requests.asked(this, customer(), "access").link();
    waypoints = Stop.Waypoints.of(ended, somebody(), somebody(), receipt, copy);
    window = window();
    withoutScripts = window(WITHOUT_SCRIPTS);
    clock.stop();
  }

  private Person customer() throws Exception {
    var person = somebody();
    person.becomesACustomer(Map.of("message", "=cmd()\nשלום 👩‍🚀", "consent.newsletter", "v1"));
    return person;
  }

  /** Each page in each language; with which one a page begins goes round. */
  static List<Arguments> pages() {
    return Stream.of(Stop.values())
        .flatMap(stop -> languages(stop).stream().map(language -> Arguments.of(stop, language)))
        .toList();
  }

  private static List<String> languages(Stop stop) {
    var languages = new ArrayList<>(new Wordings().languages());
    Collections.rotate(languages, List.of(Stop.values()).indexOf(stop));
    return languages;
  }

  /** In a build, each page in one language. */
  static List<Arguments> somePages() {
    return Cases.ofEach(pages(), page -> page.get()[0]);
  }

  /** In a build, each page in another one: words are of different lengths. */
  static List<Arguments> someOtherPages() {
    return Cases.ofEach(pages().reversed(), page -> page.get()[0]);
  }

  @ParameterizedTest
  @MethodSource("somePages")
  void nobodyIsKeptOutWhateverTheirScreenAndColours(Stop stop, String language) {
    window.isAsNew();
    window.looksLike(ColorScheme.LIGHT, ForcedColors.NONE);
    stop.visit(window, waypoints, language);

    assertThat(window.page.getAttribute("html", "lang")).isEqualTo(language);
    fits(window, NARROW);
    window.isAccessible();
    fits(window, WIDE);
    if (language.equals(languages(stop).getFirst())) {
      // Colours are the same in all languages.
      for (var forced : forcedOrNot(stop)) {
        window.looksLike(ColorScheme.DARK, forced);
        window.isAccessibleInTheseColours();
      }
    }
    assertThat(window.complaints()).isEmpty();
    assertThat(window.isLeftWithNothing()).isTrue();
  }

  /** In a build, by turns from page to page. */
  private static List<ForcedColors> forcedOrNot(Stop stop) {
    var both = List.of(ForcedColors.values());
    int number = List.of(Stop.values()).indexOf(stop);
    return Cases.areAll() ? both : List.of(both.get(number % both.size()));
  }

  @ParameterizedTest
  @MethodSource("someOtherPages")
  void withoutScriptsEveryPageIsTheSameLightAndFromNowhereElse(Stop stop, String language) {
    withoutScripts.isAsNew();
    stop.visit(withoutScripts, waypoints, language);

    assertThat(withoutScripts.page.getAttribute("html", "lang")).isEqualTo(language);
    assertThat(withoutScripts.page.locator("h1").count()).isEqualTo(1);
    assertThat(withoutScripts.page.locator("footer a[href^='/forms/privacy?lang=']").count())
        .as("the way to their own data")
        .isEqualTo(1);
    assertThat(withoutScripts.weight()).isBetween(1_000, MOST_BYTES);
    assertThat(withoutScripts.elsewhere()).isEmpty();
    assertThat(withoutScripts.complaints()).isEmpty();
    fits(withoutScripts, NARROW);
  }

  /** Or that all pages pass would say nothing. */
  @Test
  void whatKeepsSomebodyOutIsFound() {
    window.page.setContent(
        "<html lang=en><title>x</title><main><input><p style='color: #bbb'>Pale</p></main>");

    assertThatThrownBy(window::isAccessible)
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll("label: <input>", "color-contrast: <p style");
    assertThatThrownBy(window::isAccessibleInTheseColours)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("color-contrast: <p style")
        .hasMessageNotContaining("label: <input>");
  }

  private static void fits(Window window, int width) {
    window.isWide(width);
    window.needsNoSidewaysScrolling();
    assertThat(window.page.evaluate(TARGETS)).as("small targets").isEqualTo(List.of());
  }
}
