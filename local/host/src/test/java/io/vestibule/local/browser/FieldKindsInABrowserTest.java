package io.vestibule.local.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page.GetByLabelOptions;
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
