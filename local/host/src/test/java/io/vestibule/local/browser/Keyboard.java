package io.vestibule.local.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Somebody who has no mouse, at a window whose page has just come: the focus is nowhere yet. */
record Keyboard(Page page) {

  /** No page has as many places, and none has as many choices. */
  private static final int MOST = 200;

  /**
   * Keeps all that match at hand, and counts what comes before the first of them and takes one Tab
   * each; of several radio buttons, not each does.
   */
  private static final String BEFORE =
      """
      all => {
        window.wanted = all;
        const isBefore = (one, other) =>
          one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
        const at = document.activeElement;
        return [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
          .filter(it => !it.matches('[type=hidden], [type=radio]') && it.checkVisibility())
          .filter(it => isBefore(at, it) && isBefore(it, all[0]))
          .length;
      }
      """;

  /** Goes on by Tab to the first that matches, and sees that it has the focus. */
  void goesTo(String selector) {
    int before = (int) page.locator(selector).evaluateAll(BEFORE);
    for (int tab = 0; tab < MOST; tab++) {
      page.keyboard().press("Tab");
      if (tab >= before && (boolean) page.evaluate("wanted.includes(document.activeElement)")) {
        assertThat(page.evaluate(KeyboardTest.OUTLINE)).as(selector).isEqualTo("solid true");
        return;
      }
    }
    throw new AssertionError("Tab does not come to %s at %s".formatted(selector, page.url()));
  }

  void types(String selector, String text) {
    goesTo(selector);
    page.keyboard().type(text);
  }

  /** Ticks a box, or takes the tick away. */
  void ticks(String selector) {
    goesTo(selector);
    var was = page.locator(selector).first().isChecked();
    page.keyboard().press("Space");
    assertThat(page.locator(selector).first().isChecked()).isNotEqualTo(was);
  }

  /** Goes down in a list of choices to one of them. */
  void chooses(String selector, String value) {
    goesTo(selector);
    for (int i = 0; i < MOST && !page.inputValue(selector).equals(value); i++) {
      page.keyboard().press("ArrowDown");
    }
    assertThat(page.inputValue(selector)).as(selector).isEqualTo(value);
  }

  /** Presses what leads to another page, by a key, and waits for that. */
  void presses(String selector, String key) {
    goesTo(selector);
    leadsOn(key);
  }

  void presses(String selector) {
    presses(selector, "Enter");
  }

  /** Presses a key that leads to another page from where the focus is. */
  void leadsOn(String key) {
    var loads = new AtomicInteger();
    Consumer<Page> counts = _ -> loads.incrementAndGet();
    page.onLoad(counts);
    page.keyboard().press(key);
    page.waitForCondition(() -> loads.get() > 0);
    page.offLoad(counts);
  }
}
