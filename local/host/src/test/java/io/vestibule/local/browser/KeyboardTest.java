package io.vestibule.local.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Without a mouse. */
class KeyboardTest extends BrowserJourney {

  private static final String FOCUSED =
      "document.activeElement.id || document.activeElement.tagName.toLowerCase()";

  /** How the focus is drawn: at least 2 px, as WCAG 2.2, 2.4.13 has it. */
  static final String OUTLINE =
      """
      (style => style.outlineStyle + " " + (parseFloat(style.outlineWidth) >= 2))
        (getComputedStyle(document.activeElement))
      """;

  @Test
  void theFormIsFilledInAndSentFromTopToBottom() {
    var ada = somebody();
    try (var window = window()) {
      window.opens("/forms/contact?lang=en");
      var stops = new ArrayList<String>();
      for (String typed : List.of(ada.address, "Ada", "", "", "Hello")) {
        window.page.keyboard().press("Tab");
        stops.add(focused(window));
        window.page.keyboard().type(typed);
      }
      window.page.keyboard().press("Tab");
      stops.add(focused(window));
      window.page.keyboard().press("Space");
      window.page.keyboard().press("Tab");
      stops.add(focused(window));

      assertThat(stops)
          .containsExactly(
              "email", "name", "company", "phone", "message", "consent.newsletter", "button");
      clock.advance(Duration.ofSeconds(5));
      window.page.keyboard().press("Enter");
      window.page.waitForSelector("text=Almost done");
      assertThat(window.text()).contains(ada.address);
    }
  }

  @Test
  void theListOfErrorsHasTheFocusAndLeadsToTheFields() {
    try (var window = window()) {
      window.opens("/forms/contact?lang=en");
      window.page.fill("#name", "Ada");
      window.presses("main form button");

      assertThat(window.page.title()).startsWith("Error: ");
      assertThat(window.page.evaluate("document.activeElement.className")).isEqualTo("errors");
      window.page.keyboard().press("Tab");
      window.page.keyboard().press("Tab");
      window.page.keyboard().press("Enter");
      assertThat(focused(window)).isEqualTo("message");
      assertThat(window.page.inputValue("#name")).isEqualTo("Ada");
      assertThat(window.page.getAttribute("#message", "aria-invalid")).isEqualTo("true");
      String described = window.page.getAttribute("#message", "aria-describedby");
      assertThat(window.page.innerText("[id='" + described + "']"))
          .isEqualTo("Please fill this in.");
    }
  }

  @Test
  void theFocusIsSeenOnEverythingThatCanHaveIt() {
    try (var window = window()) {
      window.opens("/forms/contact?lang=en");
      for (var forced : ForcedColors.values()) {
        window.looksLike(ColorScheme.LIGHT, forced);
        var last = "";
        for (int tab = 0; tab < 30 && !last.equals("body"); tab++) {
          window.page.keyboard().press("Tab");
          last = focused(window);
          if (!last.equals("body")) {
            assertThat(window.page.evaluate(OUTLINE)).as(last).isEqualTo("solid true");
          }
        }
        assertThat(last).isEqualTo("body");
      }
    }
  }

  private static String focused(Window window) {
    return window.page.evaluate(FOCUSED).toString();
  }
}
