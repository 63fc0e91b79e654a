package io.vestibule.local.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.local.journey.Person;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A form on somebody's own web site, as the README has it. */
class OtherSiteTest extends BrowserJourney {

  private static final String SCRIPT =
      """
      async ([url, email]) => {
        const answer = await fetch(url, {
          method: "POST",
          headers: {"Content-Type": "application/json", "Idempotency-Key": '"1"'},
          body: JSON.stringify({email, name: "Ada"}),
        });
        return [answer.status, (await answer.json()).status];
      }
      """;

  @Test
  void aPlainFormPostsAndThePersonIsBroughtBack() throws Exception {
    var ada = somebody();
    try (var window = window()) {
      String thanks = chromium.neighbour().shows("/thanks", "<h1>Thank you</h1>");
      window.page.navigate(formOfTheNeighbour("multipart/form-data", thanks));
      send(window, ada, "Ada");

      assertThat(window.page.url()).isEqualTo(thanks);
      assertThat(window.text()).isEqualTo("Thank you");
      assertThat(ada.mails()).hasSize(1);
      assertThat(window.complaints()).isEmpty();
    }
  }

  /** The browser holds our page's policy ({@code form-action}) against the redirect, too. */
  @Test
  void whoPutsAnErrorRightOnOurPageIsBroughtBackAllTheSame() {
    try (var window = window()) {
      String thanks = chromium.neighbour().shows("/thanks", "<h1>Thank you</h1>");
      window.page.navigate(formOfTheNeighbour("application/x-www-form-urlencoded", thanks));
      send(window, somebody(), "");
      assertThat(window.page.title()).startsWith("Error: ");
      window.page.getByLabel("Name").fill("Ada");
      window.presses("button");

      assertThat(window.page.url()).isEqualTo(thanks);
      assertThat(window.complaints()).isEmpty();
    }
  }

  @Test
  void aNextThatTheFormDoesNotListLeadsNowhere() {
    try (var window = window()) {
      for (String elsewhere :
          new String[] {
            "http://evil.test/",
            "//evil.test",
            "http://neighbour.test/other",
            "http://neighbour.test/thanks@evil.test",
            "javascript:alert(1)",
            "data:text/html,<script>alert(1)</script>",
          }) {
        window.page.navigate(formOfTheNeighbour("application/x-www-form-urlencoded", elsewhere));
        send(window, somebody(), "Ada");

        assertThat(window.page.url()).isEqualTo(ours());
        assertThat(window.text()).contains("Almost done");
      }
      assertThat(window.complaints()).isEmpty();
    }
  }

  @Test
  void aScriptOfAListedSitePostsJsonAndReadsTheAnswer() {
    try (var window = window()) {
      window.page.navigate(chromium.neighbour().shows("/", "<h1>Hello</h1>"));
      Object answer = window.page.evaluate(SCRIPT, new String[] {ours(), somebody().address});

      assertThat(answer).isEqualTo(List.of(202, "pending"));
      assertThat(window.complaints()).isEmpty();
    }
  }

  private String formOfTheNeighbour(String encoding, String next) {
    return chromium
        .neighbour()
        .shows(
            "/contact",
            """
            <form action="%s" method="post" enctype="%s">
              <label>E-mail <input name="email" type="email" autocomplete="email"></label>
              <label>Name <input name="name" autocomplete="name"></label>
              <input type="hidden" name="_next" value="%s">
              <button>Send</button>
            </form>
            """
                .formatted(ours(), encoding, next));
  }

  private String ours() {
    return host.uri().resolve("/forms/neighbour").toString();
  }

  private static void send(Window window, Person person, String name) {
    window.page.getByLabel("E-mail").fill(person.address);
    window.page.getByLabel("Name").fill(name);
    window.presses("button");
  }
}
