package io.vestibule.local.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Frame;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What other web sites and their links try with somebody's browser. */
class HostileWebTest extends BrowserJourney {

  private static final NewContextOptions WITHOUT_POLICY =
      new NewContextOptions().setBypassCSP(true);

  private static final String MARKUP =
      "\"'></title></textarea></style><script>alert(1)</script><img src=x onerror=alert(2)>";

  @Test
  void aSiteThatPressesTheButtonForSomebodyPressesNothing() throws Exception {
    var ada = somebody();
    var id = ada.submits(Map.of());
    URI link = ada.link();
    try (var window = window()) {
      window.page.navigate(link.toString());
      var site =
          chromium
              .neighbour()
              .shows(
                  "/csrf",
                  "<form method=post action='%s'></form><script>document.forms[0].submit()</script>"
                      .formatted(link.resolve(link.getPath())));
      window.page.navigate(site);
      window.page.waitForURL(link.resolve(link.getPath()).toString());

      assertThat(window.text()).contains("This link no longer works");
    }
    host.drain(LIMIT);
    assertThat(tables.status(id)).isEqualTo("MAILED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/forms/contact", "LINK", "/verify/confirmed?form=contact"})
  void noSiteMayFrameAPage(String path) throws Exception {
    var ada = somebody();
    ada.submits(Map.of());
    String page = path.equals("LINK") ? ada.link().toString() : host.uri().resolve(path).toString();
    try (var window = window()) {
      var site = chromium.neighbour().shows("/frame", "<iframe src='%s'></iframe>".formatted(page));
      window.page.navigate(site);

      assertThat(window.page.frames()).hasSize(2);
      Frame framed = window.page.frames().getLast();
      assertThat(framed.url()).doesNotContain(host.uri().getAuthority());
      assertThat(framed.locator("body").innerText()).doesNotContain("Linden");
      assertThat(window.complaints()).anyMatch(complaint -> complaint.contains("frame-ancestors"));
    }
  }

  /** With the policy switched off: what is escaped needs no policy to be harmless. */
  @Test
  void markupInEveryFieldComesBackAsText() {
    try (var window = window(WITHOUT_POLICY)) {
      window.opens("/forms/contact?lang=en");
      for (String field : new String[] {"email", "name", "company", "phone", "message"}) {
        window.page.fill("#" + field, MARKUP);
      }
      window.presses("main form button");

      assertThat(window.page.title()).startsWith("Error: ");
      assertThat(window.page.inputValue("#message")).isEqualTo(MARKUP);
      assertThat(window.page.inputValue("#name")).isEqualTo(MARKUP);
      assertThat(window.page.locator("script, img[src=x]").count()).isZero();
      assertThat(window.complaints()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/forms/contact?lang={}",
        "/forms/contact?lang=en&other={}",
        "/forms/{}",
        "/{}",
        "/verify/{}?token=x",
        "/verify/{}",
        "/verify/sAAAAAAAAAAAAAAAAAAAAAA?token={}&form=contact",
        "/verify/sAAAAAAAAAAAAAAAAAAAAAA?token=x&form={}",
        "/verify/confirmed?form={}",
        "/verify/confirmed?form=contact&lang={}",
      })
  void markupInAnAddressRunsNowhere(String address) throws Exception {
    String encoded = URLEncoder.encode(MARKUP, StandardCharsets.UTF_8).replace("+", "%20");
    try (var window = window(WITHOUT_POLICY)) {
      window.opens(address.replace("{}", encoded));

      assertThat(window.page.locator("h1").count()).isEqualTo(1);
      assertThat(window.page.locator("script, img[src=x]").count()).isZero();
      assertThat(window.complaints()).isEmpty();
    }
  }

  @Test
  void markupInATokenStaysOnItsPage() throws Exception {
    var ada = somebody();
    ada.submits(Map.of());
    String link = ada.link().toString().replaceFirst("token=[^&]+", "token=%22%3E%3Cscript%3E");
    try (var window = window(WITHOUT_POLICY)) {
      window.page.navigate(link);

      assertThat(window.page.locator("script").count()).isZero();
      assertThat(window.complaints()).isEmpty();
    }
  }
}
