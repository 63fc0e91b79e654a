package io.vestibule.local.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page.GetByLabelOptions;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import io.vestibule.local.journey.Person;
import io.vestibule.local.journey.Records;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each kind of field, filled in with what a browser has for it. */
class FieldKindsInABrowserTest extends BrowserJourney {

  @Test
  void whatIsChosenTypedAndTickedIsStoredAsWhatItIs() throws Exception {
    var ada = somebody();
    try (var window = window()) {
      window.opens("/forms/kinds?lang=en");
      window.page.getByLabel("E-mail").first().fill(ada.address);
      window.page.getByLabel("Day").fill("2028-02-29");
      window.page.getByLabel("Guests").fill("12");
      window.page.getByLabel("Budget").fill("99.5");
      window.page.getByLabel("Medium").check();
      window.page.getByLabel("Country").selectOption("Germany");
      window.page.getByLabel("4", exactly()).check();
      window.page.getByLabel("I know the house rules").check();
      window.presses("main form button");

      assertThat(window.text()).contains("Please tick this box: without it");
      assertThat(window.page.locator(".errors li").count()).isEqualTo(1);
      window.page.getByLabel("newsletter").check();
      window.presses("main form button");
      assertThat(window.text()).contains("Almost done");
      assertThat(window.complaints()).isEmpty();
    }
    confirm(ada, Map.of("consent.newsletter", "v1"));

    assertThat(new Records(host).values(ada.address))
        .containsEntry("day", "2028-02-29")
        .containsEntry("guests", "12")
        .containsEntry("budget", "99.5")
        .containsEntry("size", "m")
        .containsEntry("country", "de")
        .containsEntry("rating", "4")
        .containsEntry("terms", "true")
        .doesNotContainKeys("notes", "site");
  }

  @Test
  void aScaleIsAnsweredByKeyboardAndFoundFromItsError() throws Exception {
    var ada = somebody();
    try (var window = window()) {
      window.opens("/forms/feedback?lang=en");
      window.page.getByLabel("E-mail").fill(ada.address);
      window.presses("main form button");
      window.page.keyboard().press("Tab");
      window.page.keyboard().press("Enter");
      assertThat(window.page.evaluate("document.activeElement.name")).isEqualTo("score");
      for (String key : List.of("Space", "ArrowRight", "ArrowDown", "ArrowRight")) {
        window.page.keyboard().press(key);
      }
      window.presses("main form button");
      assertThat(window.text()).contains("Almost done");
    }
    confirm(ada, Map.of());

    assertThat(new Records(host).values(ada.address)).containsEntry("score", "3");
  }

  @Test
  void whatIsNotAskedIsHiddenAndComesAsSoonAsItIs() throws Exception {
    var ada = somebody();
    try (var window = window()) {
      window.opens("/forms/kinds?lang=en");
      var number = window.page.locator("#vat");
      var name = window.page.locator("#petName");
      assertThat(number).isHidden();
      assertThat(name).isHidden();
      assertThat(window.page.getByText("Only if")).hasCount(0);
      assertThat(window.page.getByRole(AriaRole.HEADING, named("Invoice"))).hasCount(0);
      window.isAccessible();

      window.page.getByLabel("With an invoice").focus();
      window.page.keyboard().press("Space");
      assertThat(number).isVisible();
      window.page.keyboard().press("Tab");
      assertThat(number).isFocused();
      assertThat(window.page.getByRole(AriaRole.HEADING, named("Invoice"))).isVisible();
      window.page.getByLabel("I bring a pet").check();
      name.fill("Rex");
      window.page.getByLabel("I bring a pet").uncheck();
      assertThat(name).isHidden();
      window.page.getByLabel("I bring a pet").check();
      assertThat(name).hasValue("Rex");
      window.page.getByLabel("I bring a pet").uncheck();
      window.isAccessible();
      fillIn(window, ada);
      window.presses("main form button");
      assertThat(window.page.locator(".errors li")).hasCount(1);
      assertThat(window.page.locator(".errors a")).hasAttribute("href", "#vat");
      assertThat(number).isVisible();
      number.fill("DE1");
      window.presses("main form button");
      assertThat(window.page.locator("h1")).hasText("Almost done");
      assertThat(window.page.locator("[name=petName]")).hasCount(0);
      window.presses("[name=_change]");
      assertThat(number).hasValue("DE1");
      assertThat(window.complaints()).isEmpty();
    }
  }

  @Test
  void withoutScriptsEverythingIsShownWithWhenItIsNeeded() {
    try (var window = window(WITHOUT_SCRIPTS)) {
      window.opens("/forms/kinds?lang=en");
      assertThat(window.page.locator("#vat"))
          .hasAccessibleDescription("Only if “Do you need an invoice?” is: With an invoice.");
      assertThat(window.page.locator("#petName"))
          .hasAccessibleDescription("Only if “I bring a pet” is ticked.");
      window.page.locator("#petName").fill("Rex");
      fillIn(window, somebody());
      window.presses("main form button");
      assertThat(window.page.locator("h1")).hasText("Almost done");
      window.presses("[name=_change]");
      assertThat(window.page.locator("#petName")).hasValue("Rex");
    }
  }

  private static void fillIn(Window window, Person person) {
    window.page.locator("#email").fill(person.address);
    window.page.locator("#day").fill("2028-02-29");
    window.page.locator("#guests").fill("12");
    window.page.getByLabel("Medium").check();
    window.page.getByLabel("Country").selectOption("Germany");
    window.page.getByLabel("4", exactly()).check();
    window.page.getByLabel("I know the house rules").check();
    window.page.getByLabel("newsletter").check();
  }

  private static GetByRoleOptions named(String name) {
    return new GetByRoleOptions().setName(name);
  }

  @Test
  void aFormThatLacksALanguageSaysItsOwnTextsInEnglishAndTellsScreenReaders() {
    try (var window = window()) {
      window.opens("/forms/kinds?lang=de");

      assertThat(window.page.getAttribute("html", "lang")).isEqualTo("de");
      assertThat(window.text()).contains("Guests (Pflichtfeld)").contains("Senden");
      assertThat(window.page.getAttribute("h1", "lang")).isEqualTo("en");
      assertThat(window.page.getAttribute("label[for=guests] span", "lang")).isEqualTo("de");
      window.opens("/forms/feedback?lang=de");
      assertThat(window.text()).contains("Was ist der Grund?");
      assertThat(window.page.locator("main [lang]").count()).isZero();
    }
  }

  private void confirm(Person person, Map<String, String> consents) throws Exception {
    person.presses(person.link(), consents);
    host.drain(LIMIT);
  }

  private static GetByLabelOptions exactly() {
    return new GetByLabelOptions().setExact(true);
  }
}
