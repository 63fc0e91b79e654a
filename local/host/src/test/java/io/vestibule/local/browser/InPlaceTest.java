package io.vestibule.local.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;

/** A form on somebody's own web site that has {@code data-vestibule}, with our script. */
class InPlaceTest extends BrowserJourney {

  @Test
  void whatIsWrongIsSaidAtTheFieldsAndThatItWasSentInPlaceOfTheForm() throws Exception {
    var ada = somebody();
    try (var window = window()) {
      String site = visit(window, "neighbour", "");
      send(window, ada.address, "");

      var name = window.page.getByLabel("Name");
      assertThat(window.page.getByRole(AriaRole.ALERT)).containsText("Please check the following");
      assertThat(name).isFocused();
      assertThat(name).hasAttribute("aria-invalid", "true");
      assertThat(name).hasAccessibleDescription("Please fill this in.");
      assertThat(window.page.getByLabel("E-mail")).not().hasAttribute("aria-invalid", "true");
      window.isAccessible();
      link(window, "Name: Please fill this in.").click();
      assertThat(name).isFocused();

      send(window, "ada", "Ada");
      assertThat(window.page.getByLabel("E-mail")).isFocused();
      assertThat(name).hasAccessibleDescription("");
      assertThat(window.page.locator(".vestibule-error")).hasCount(1);
      send(window, ada.address, "Ada");
      assertThat(window.page.getByRole(AriaRole.STATUS))
          .containsText("a mail is on its way to " + ada.address);
      assertThat(window.page.getByRole(AriaRole.STATUS)).isFocused();
      assertThat(window.page.locator("form")).hasCount(0);
      assertThat(window.page.url()).startsWith(site);
      assertThat(window.complaints()).isEmpty();
    }
    assertThat(ada.mails()).hasSize(1);
  }

  @Test
  void aDoubleClickIsOneSubmissionAndThePersonIsSentOn() throws Exception {
    var ada = somebody();
    int before = rows();
    try (var window = window()) {
      String thanks = chromium.neighbour().shows("/thanks", "<h1>Thank you</h1>");
      visit(window, "neighbour", hidden("_next", thanks));
      fill(window, ada.address, "Ada");
      window.page.getByRole(AriaRole.BUTTON).dblclick();

      assertThat(window.page).hasURL(thanks);
    }
    assertThat(rows()).isEqualTo(before + 1);
    assertThat(ada.mails()).hasSize(1);
  }

  @Test
  void thePersonIsNotSentOnToWhatTheFormDoesNotList() {
    try (var window = window()) {
      String site = visit(window, "neighbour", hidden("_next", "javascript:alert(1)"));
      send(window, somebody().address, "Ada");

      assertThat(window.page.getByRole(AriaRole.STATUS)).containsText("Almost done");
      assertThat(window.page.url()).isEqualTo(site);
      assertThat(window.complaints()).isEmpty();
    }
  }

  @Test
  void fromASiteThatTheFormDoesNotListItIsSentAsWithoutAScriptAndOnlyOnce() throws Exception {
    var ada = somebody();
    int before = rows();
    try (var window = window()) {
      visit(window, "contact", hidden("message", "Hello"));
      send(window, ada.address, "Ada");

      assertThat(window.page).hasURL(host.uri().resolve("/forms/contact").toString());
      assertThat(window.text()).contains("Almost done", ada.address);
    }
    assertThat(rows()).isEqualTo(before + 1);
    assertThat(ada.mails()).hasSize(1);
  }

  /** As it is when the answer is lost: the plain post is the same submission once more. */
  @Test
  void withoutAnAnswerItIsSentAsWithoutAScript() {
    try (var window = window()) {
      String site = visit(window, "neighbour", "");
      window.page.route(
          "**/forms/neighbour",
          route -> {
            if (route.request().resourceType().equals("fetch")) {
              route.abort();
            } else {
              route.resume();
            }
          });
      send(window, somebody().address, "");

      assertThat(window.page).hasTitle("Error: From another site – Linden Street Studio");
      assertThat(window.page.url()).isNotEqualTo(site);
    }
  }

  private String visit(Window window, String form, String more) {
    var action = host.uri().resolve("/forms/" + form);
    String site =
        chromium
            .neighbour()
            .shows(
                "/in-place",
                """
                <h1>Write to us</h1>
                <form action="%s" method="post" novalidate data-vestibule>
                  <label>E-mail <input name="email" type="email" autocomplete="email"></label>
                  <label>Name <input name="name" autocomplete="name"></label>
                  %s
                  <button>Send</button>
                </form>
                <script src="%s" defer></script>
                """
                    .formatted(action, more, action.resolve("/vestibule.js")));
    window.page.navigate(site);
    return site;
  }

  private static String hidden(String name, String value) {
    return "<input type=\"hidden\" name=\"%s\" value=\"%s\">".formatted(name, value);
  }

  private static void send(Window window, String address, String name) {
    fill(window, address, name);
    window.page.getByRole(AriaRole.BUTTON).click();
  }

  private static void fill(Window window, String address, String name) {
    window.page.getByLabel("E-mail").fill(address);
    window.page.getByLabel("Name").fill(name);
  }

  private static Locator link(Window window, String text) {
    return window.page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName(text));
  }

  private int rows() {
    return tables.items("submissions").size();
  }
}
