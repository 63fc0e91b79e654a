package io.vestibule.local.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.local.journey.Person;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Somebody sees on the thanks page that the address is mistyped. */
class WrongAddressTest extends BrowserJourney {

  /** Faster than that, and it would be a machine. */
  private static final Duration TO_TYPE = Duration.ofSeconds(5);

  private static final String MESSAGE = "First line\n\n\"quoted\" <b>& all</b>";

  @Test
  void theFormComesBackFilledInAndIsSentToTheRightAddressWithoutScripts() throws Exception {
    var wrong = somebody();
    var right = somebody();
    try (var window = window(WITHOUT_SCRIPTS)) {
      fills(window, wrong);
      window.presses("main form button");
      assertThat(window.text()).contains("Almost done", wrong.address);
      int rows = rows();
      window.presses("[name=_change]");

      assertThat(window.page.title()).isEqualTo("Contact us – Linden Street Studio");
      assertThat(window.page.inputValue("#email")).isEqualTo(wrong.address);
      assertThat(window.page.inputValue("#message")).isEqualTo(MESSAGE);
      assertThat(window.page.isChecked("[id='consent.newsletter']")).isTrue();
      assertThat(window.page.locator("[aria-invalid], .errors").count()).isZero();
      assertThat(rows()).isEqualTo(rows);

      window.page.fill("#email", right.address);
      clock.advance(TO_TYPE);
      window.presses("main form button");
      assertThat(window.text()).contains("Almost done", right.address);
      assertThat(rows()).isEqualTo(rows + 1);
      assertThat(window.complaints()).isEmpty();
    }
    assertThat(right.mails()).hasSize(1);
    assertThat(wrong.mails()).hasSize(1);
  }

  @Test
  void theFormThatComesBackIsASubmissionOfItsOwn() {
    try (var window = window()) {
      fills(window, somebody());
      String before = window.page.inputValue("[name=_nonce]");
      window.presses("main form button");
      window.presses("[name=_change]");

      assertThat(window.page.inputValue("[name=_nonce]")).isNotEmpty().isNotEqualTo(before);
    }
  }

  private void fills(Window window, Person person) {
    window.opens("/forms/contact?lang=en");
    window.page.fill("#email", person.address);
    window.page.fill("#name", "Ada");
    window.page.fill("#message", MESSAGE);
    window.page.check("[id='consent.newsletter']");
    clock.advance(TO_TYPE);
  }

  private int rows() {
    return tables.items("submissions").size();
  }
}
