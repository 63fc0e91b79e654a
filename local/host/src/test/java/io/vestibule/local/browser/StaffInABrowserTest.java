package io.vestibule.local.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Staff at a browser without scripts; the provider is another site than the pages. */
class StaffInABrowserTest extends BrowserJourney {

  @Override
  protected Map<String, String> parameters() {
    return Map.of("StaffSignIn", "oidc");
  }

  @ParameterizedTest
  @CsvSource({
    "en, Messages, Take, Done, Sign out, You are signed out",
    "de, Nachrichten, Übernehmen, Erledigt, Abmelden, Sie sind abgemeldet",
    "zh-Hans, 留言, 接手, 完成, 退出, 您已退出"
  })
  void whoWroteIsReadAndAnsweredFromTheFirstPageOn(
      String language, String list, String take, String done, String out, String signedOut)
      throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of("message", "My roof leaks"));
    var options =
        new NewContextOptions()
            .setJavaScriptEnabled(false)
            .setLocale(language.equals("zh-Hans") ? "zh-CN" : language);
    try (var window = window(options)) {
      window.opens("/staff/");
      window.page.click("text='agent'");
      assertThat(window.page.url()).startsWith(host.uri() + "/staff/");
      assertThat(window.page.getAttribute("html", "lang")).isEqualTo(language);
      window.page.click("nav >> text='" + list + "'");
      window.page.click("td a >> nth=0");
      assertThat(window.text()).contains("My roof leaks", ada.address);
      var number = window.page.locator("h1").innerText().replaceFirst(".*(V-\\w+)", "$1");
      assertThat(window.page.getAttribute("a.button", "href")).startsWith("mailto:" + ada.address);
      window.page.click("button:text-is('" + take + "')");
      assertThat(window.text()).as("the list").contains(number).doesNotContain(ada.address);
      window.page.click("text='" + number + "'");
      assertThat(window.text()).contains("My roof leaks");
      window.page.click("button:text-is('" + done + "')");
      assertThat(window.text()).doesNotContain(number);
      window.page.click("text='" + out + "'");
      assertThat(window.page.locator("h1").innerText()).isEqualTo(signedOut);
      window.page.goBack();
      assertThat(window.text()).doesNotContain("My roof leaks");
      assertThat(window.complaints()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "en, Messages, Take, Search, Customers",
    "de, Nachrichten, Übernehmen, Suche, Kunden",
    "zh-Hans, 留言, 接手, 搜索, 客户"
  })
  void severalAreTakenAtOnceAndSomebodyIsFoundByTheirTelephone(
      String language, String list, String take, String search, String customers) throws Exception {
    var ada = somebody();
    ada.becomesACustomer(
        Map.of("name", "Ada " + language, "phone", "030 9988776", "message", "My roof leaks"));
    somebody().becomesACustomer(Map.of("name", "Grace Hopper"));
    var options =
        new NewContextOptions()
            .setJavaScriptEnabled(false)
            .setLocale(language.equals("zh-Hans") ? "zh-CN" : language);
    try (var window = window(options)) {
      window.opens("/_local/staff/login?as=agent");
      window.page.click("nav >> text='" + list + "'");
      assertThat(window.text()).contains("Ada " + language, "My roof leaks");
      window.page.check("[name=entry] >> nth=0");
      window.page.check("[name=entry] >> nth=1");
      window.page.click("button:text-is('" + take + "')");
      assertThat(window.text()).doesNotContain("Ada " + language);
      window.page.click("nav >> text='" + search + "'");
      window.page.fill("#q", "+49 30 9988776");
      window.page.click("main >> button:text-is('" + search + "')");
      assertThat(window.text()).contains("Ada " + language).doesNotContain("Grace Hopper");
      assertThat(window.page.url()).doesNotContain("9988776");
      window.page.click("nav >> text='" + customers + "'");
      assertThat(window.text()).contains("Ada " + language, "Grace Hopper");
      assertThat(window.complaints()).isEmpty();
    }
  }

  @Test
  void thePagesAreForEverybodyOnEveryScreen() throws Exception {
    somebody().becomesACustomer(Map.of("message", "A word " + "w".repeat(300)));
    try (var window = window()) {
      window.opens("/_local/staff/login?as=privacy");
      for (var path :
          new String[] {
            "/staff/", "/staff/new", "/staff/customers", "/staff/search", "entry", "/staff/none"
          }) {
        if (path.equals("entry")) {
          window.opens("/staff/new");
          window.page.click("td a >> nth=0");
        } else {
          window.opens(path);
        }
        for (int width : new int[] {320, 1280}) {
          window.isWide(width);
          window.needsNoSidewaysScrolling();
          for (var colours : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
            window.looksLike(colours, ForcedColors.NONE);
            window.isAccessible();
          }
        }
      }
      assertThat(window.complaints()).isEmpty();
    }
  }

  @Test
  void everythingIsDoneByTheKeyboard() throws Exception {
    somebody().becomesACustomer(Map.of("message", "By the keyboard"));
    try (var window = window()) {
      window.opens("/_local/staff/login?as=agent");
      window.page.keyboard().press("Tab");
      window.page.keyboard().press("Tab");
      window.page.keyboard().press("Enter");
      window.page.waitForURL("**/staff/new**");
      window.page.focus("td a >> nth=0");
      window.page.keyboard().press("Enter");
      window.page.waitForURL("**/staff/entries/**");
      window.page.focus("a.button");
      window.page.keyboard().press("Tab");
      window.page.keyboard().press("Enter");
      window.page.waitForURL("**/staff/new?state=taken**");
    }
  }
}
