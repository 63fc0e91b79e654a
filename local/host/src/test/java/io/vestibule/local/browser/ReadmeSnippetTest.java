package io.vestibule.local.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Route.FulfillOptions;
import com.microsoft.playwright.options.AriaRole;
import io.vestibule.local.journey.Person;
import io.vestibule.local.journey.Records;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the README says to put into a page, in a page of the site that the form lists. */
class ReadmeSnippetTest extends BrowserJourney {

  private static final String SITE = "https://www.example.com/";
  private static final String THANKS = SITE + "thanks";
  private static final String EMAIL = "[name=email]";
  private static final Pattern HTML = Pattern.compile("```html\n(.*?)```", Pattern.DOTALL);

  /**
   * Only here: browsers ask before a site of the Internet's calls a machine of one's own, which our
   * host is.
   */
  private static final NewContextOptions ALLOWED =
      new NewContextOptions().setPermissions(List.of("local-network-access"));

  private String snippet;

  @BeforeAll
  void read() throws IOException {
    var html = HTML.matcher(Files.readString(Path.of("..", "..", "README.md")));
    assertThat(html.find()).isTrue();
    snippet = html.group(1).replace("https://YOUR-API/", host.uri().resolve("/").toString());
  }

  @Test
  void thePersonIsToldAtTheFieldWhatIsWrongAndBroughtToTheNextPage() throws Exception {
    var ada = somebody();
    try (var window = window(ALLOWED)) {
      visit(window, snippet);
      fill(window, ada);
      window.page.fill(EMAIL, "ada@example");
      window.page.getByRole(AriaRole.BUTTON).click();
      assertThat(window.page.locator(EMAIL)).isFocused();
      assertThat(window.page.getByRole(AriaRole.ALERT))
          .containsText("E-mail: What stands after the @");
      window.page.fill(EMAIL, ada.address);
      window.page.getByRole(AriaRole.BUTTON).click();

      assertThat(window.page).hasURL(THANKS);
    }
    ada.presses(ada.link());
    host.drain(LIMIT);
    assertThat(new Records(host).values(ada.address)).containsEntry("message", "Hello");
  }

  @Test
  void withoutScriptsItIsPostedAndAnsweredWithTheWayToTheNextPage() throws Exception {
    var ada = somebody();
    try (var window = window(WITHOUT_SCRIPTS)) {
      visit(window, snippet);
      fill(window, ada);
      window.page.waitForRequest(THANKS, () -> window.page.getByRole(AriaRole.BUTTON).click());
    }
    assertThat(ada.mails()).hasSize(1);
  }

  @Test
  void aFormThatAsksForAProofOfWorkGetsIt() throws Exception {
    var ada = somebody();
    try (var window = window(ALLOWED)) {
      visit(
          window,
          """
          <form action="%s" method="post" data-vestibule>
            <label>E-mail <input name="email" inputmode="email"></label>
            <input type="hidden" name="_altcha">
            <button>Send</button>
          </form>
          <script src="%s" defer></script>
          """
              .formatted(
                  host.uri().resolve("/forms/guarded"), host.uri().resolve("/vestibule.js")));
      window.page.fill(EMAIL, ada.address);
      window.page.getByRole(AriaRole.BUTTON).click();

      assertThat(window.page.getByRole(AriaRole.STATUS)).containsText(ada.address);
      assertThat(window.complaints()).isEmpty();
    }
    assertThat(ada.mails()).hasSize(1);
  }

  @Test
  void ourOwnPageOfSuchAFormDoesTheSame() throws Exception {
    var ada = somebody();
    try (var window = window()) {
      window.opens("/forms/guarded?lang=en");
      window.page.fill(EMAIL, ada.address);
      clock.advance(Duration.ofSeconds(5)); // Faster than that, and it would be a machine.
      window.page.getByRole(AriaRole.BUTTON).click();

      assertThat(window.page.locator("h1")).hasText("Almost done");
      assertThat(window.complaints()).isEmpty();
    }
    assertThat(ada.mails()).hasSize(1);
  }

  /** Nobody goes to the real site: the browser gets its pages from here. */
  private static void visit(Window window, String body) {
    window.page.route(
        SITE + "**",
        route ->
            route.fulfill(
                new FulfillOptions()
                    .setContentType("text/html; charset=utf-8")
                    .setBody("<!doctype html><html lang=en><title>Site</title>" + body)));
    window.page.navigate(SITE + "contact");
  }

  private static void fill(Window window, Person person) {
    window.page.fill(EMAIL, person.address);
    window.page.getByLabel("Name").fill("Ada");
    window.page.getByLabel("Message").fill("Hello");
  }
}
