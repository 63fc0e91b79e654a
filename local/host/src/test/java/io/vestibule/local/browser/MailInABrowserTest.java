package io.vestibule.local.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The mail as mail programs on telephones and in browsers show it. */
class MailInABrowserTest extends BrowserJourney {

  private static final String SENDER =
      Base64.getEncoder().encodeToString("Linden Street Studio".getBytes(UTF_8));

  @ParameterizedTest
  @CsvSource({
    "en, Linden Street Studio, Open the confirmation page",
    "zh-Hans, 林荫街工作室, 打开确认页面",
    "de, Studio Lindenstraße, Bestätigungsseite öffnen"
  })
  void itIsReadOnNarrowAndWideScreensInLightAndDark(String language, String name, String open)
      throws Exception {
    var ada = somebody();
    ada.submits(Map.of("_lang", language));
    var mail = ada.mails().getLast();
    assertThat(mail.headers()).containsEntry("Auto-Submitted", "auto-generated");
    assertThat(mail.headers().get("From")).startsWith("=?UTF-8?B?" + SENDER + "?= <");
    assertThat(mail.text().lines()).contains(ada.link().toString());
    try (var window = window()) {
      window.page.setContent(mail.html());

      assertThat(window.page.getAttribute("html", "lang")).isEqualTo(language);
      assertThat(window.page.title()).isEqualTo(mail.subject()).contains(name);
      assertThat(window.page.locator("a[href*='/verify/']").innerText()).isEqualTo(open);
      for (int width : new int[] {320, 600, 1280}) {
        window.isWide(width);
        window.needsNoSidewaysScrolling();
        assertThat(window.page.locator("table table").boundingBox().width).isLessThanOrEqualTo(600);
      }
      window.isAccessible();
      window.looksLike(ColorScheme.DARK, ForcedColors.NONE);
      window.isAccessibleInTheseColours();
      assertThat(window.elsewhere()).isEmpty();
      assertThat(window.complaints()).isEmpty();
    }
  }
}
