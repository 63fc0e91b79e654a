package io.vestibule.local.browser;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import io.vestibule.local.aws.Cases;
import io.vestibule.local.host.LocalHost;
import io.vestibule.local.journey.Backups;
import io.vestibule.local.journey.Person;
import io.vestibule.local.journey.Records;
import io.vestibule.local.journey.Tables;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Staff at a browser without scripts; the provider is another site than the pages. A build goes
 * each way in one language, and through all languages in the class.
 */
class StaffInABrowserTest extends BrowserJourney {

  /** Browsers without scripts, in each language. */
  private static final Map<String, NewContextOptions> IN =
      Map.of(
          "en",
          withoutScripts("en"),
          "de",
          withoutScripts("de"),
          "zh-Hans",
          withoutScripts("zh-CN"));

  private static NewContextOptions withoutScripts(String locale) {
    return new NewContextOptions().setJavaScriptEnabled(false).setLocale(locale);
  }

  @Override
  protected Map<String, String> parameters() {
    return Map.of("StaffSignIn", "oidc");
  }

  @Words({
    "en, Messages, Take, Done, Sign out, You are signed out",
    "de, Nachrichten, Übernehmen, Erledigt, Abmelden, Sie sind abgemeldet",
    "zh-Hans, 留言, 接手, 完成, 退出, 您已退出"
  })
  void whoWroteIsReadAndAnsweredFromTheFirstPageOn(
      String language, String list, String take, String done, String out, String signedOut)
      throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of("message", "My roof leaks"));
    try (var window = window(requireNonNull(IN.get(language)))) {
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

  @Words({
    "de, Zurückgehalten, Sieht nach Spam aus, Öffnen, Freigeben, Anträge",
    "zh-Hans, 搁置, 疑似垃圾信息, 打开, 放行, 申请",
    "en, Held, Looks like spam, Open, Release, Requests"
  })
  void whatIsHeldIsReadAndReleased(
      String language, String held, String reason, String open, String release, String requests)
      throws Exception {
    var ada = somebody();
    var id = ada.submits(Map.of("_gotcha", "filled in", "message", "I am no machine"));
    host.drain(LIMIT);
    try (var window = window(requireNonNull(IN.get(language)))) {
      window.opens("/staff/");
      window.page.click("text='admin'");
      assertThat(window.text()).contains(reason);
      window.page.click("nav >> text='" + held + "'");
      window.page.click("h2 >> text='" + reason + "'");
      assertThat(window.page.locator("li:has(#" + id + ") >> a").innerText()).contains(open);
      window.page.click("li:has(#" + id + ") >> a");
      assertThat(window.text()).contains("I am no machine", ada.address);
      window.page.goBack();
      window.page.check("#" + id);
      window.page.click("button:text-is('" + release + "')");
      assertThat(window.page.locator("#" + id).count()).isZero();
      host.drain(LIMIT);
      assertThat(ada.link(id)).isNotNull();
      window.page.click("nav >> text='" + requests + "'");
      assertThat(window.page.locator("h1").innerText()).isEqualTo(requests);
      assertThat(window.complaints()).isEmpty();
    }
  }

  @Words({
    "zh-Hans, 查看此客户的全部信息, 客户提供的信息, 谁查看过",
    "en, Everything we know of them, What they told us, Who looked",
    "de, Alles, Was uns mitgeteilt wurde, Wer es angesehen hat"
  })
  void allThatIsKnownOfSomebodyIsReadWithoutAScript(
      String language, String all, String values, String looks) throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of("name", "Ada Gordon"));
    ada.becomesACustomer(Map.of("name", "Ada Lovelace", "consent.newsletter", "v1"));
    try (var window = window(WITHOUT_SCRIPTS)) {
      window.opens("/_local/staff/login?as=admin");
      window.opens("/staff/new?lang=" + language);
      window.page.click("td a >> nth=0");
      window.page.click("main p a >> text=" + all);
      assertThat(window.page.getAttribute("html", "lang")).isEqualTo(language);
      assertThat(window.text()).contains(values, looks, "Ada Gordon", "Ada Lovelace", ada.address);
      assertThat(window.page.getAttribute("a.button", "href")).startsWith("mailto:" + ada.address);
      window.page.click("table.list td a >> nth=1");
      assertThat(window.text()).contains("Ada Gordon").doesNotContain("Ada Lovelace");
      assertThat(window.complaints()).isEmpty();
    }
  }

  @Words({
    "en, It waits for a second person, Waits for a second person, By letter",
    "de, Es wartet auf eine zweite Person, Wartet auf eine zweite Person, Per Brief",
    "zh-Hans, 等待第二人确认, 等待第二人确认, 来信"
  })
  void whatSomebodyAskedByLetterIsEnteredAndConfirmedWithoutAScript(
      String language, String entered, String waits, String letter) throws Exception {
    new Tables(host).clear("requests");
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    var customer = "/staff/customers/" + new Records(host).customerId(ada.address);
    try (var window = window(WITHOUT_SCRIPTS)) {
      window.opens("/_local/staff/login?as=privacy");
      window.opens(customer + "?lang=" + language);
      window.page.selectOption("#deed", "erase");
      window.page.selectOption("#channel", "letter");
      window.page.fill("#received", clock.instant().toString().substring(0, 10));
      window.page.selectOption("#check", "document");
      window.page.focus("#check");
      window.page.keyboard().press("Tab");
      window.page.keyboard().press("Enter");
      window.page.waitForURL("**done=waiting**");
      assertThat(window.page.locator("h1").innerText()).isEqualTo(entered);
      window.opens("/_local/staff/login?as=admin");
      window.opens("/staff/requests?lang=" + language);
      window.page.locator("main li a >> text=" + waits).last().click();
      assertThat(window.text()).contains(waits, letter, "privacy");
      window.page.focus("button[name=confirm]");
      window.page.keyboard().press("Enter");
      window.page.waitForURL("**/staff/requests?*");
      host.drain(LIMIT);
      assertThat(new Records(host).isKnown(ada.address)).isFalse();
      assertThat(window.complaints()).isEmpty();
    }
  }

  @Words({
    "de, Nachrichten, Übernehmen, Suche, Kunden",
    "zh-Hans, 留言, 接手, 搜索, 客户",
    "en, Messages, Take, Search, Customers"
  })
  void severalAreTakenAtOnceAndSomebodyIsFoundByTheirTelephone(
      String language, String list, String take, String search, String customers) throws Exception {
    var ada = somebody();
    ada.becomesACustomer(
        Map.of("name", "Ada " + language, "phone", "030 9988776", "message", "My roof leaks"));
    somebody().becomesACustomer(Map.of("name", "Grace Hopper"));
    try (var window = window(requireNonNull(IN.get(language)))) {
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

  @Words({
    "zh-Hans, 留言, 接手, 紧急, 保存标签, 由我处理, 转交, 已转交给我的角色",
    "en, Messages, Take, Urgent, Keep these tags, Taken by me, Pass on, Passed on to my role",
    "de, Nachrichten, Übernehmen, Eilig, Stichwörter speichern, Bei mir in Arbeit, Weitergeben,"
        + " An meine Rolle weitergegeben"
  })
  void aMessageIsTakenMarkedFoundByItsTagAndPassedOn(
      String language,
      String list,
      String take,
      String tag,
      String keep,
      String mine,
      String pass,
      String passed)
      throws Exception {
    somebody().becomesACustomer(Map.of("name", "Ada " + language));
    try (var window = window(requireNonNull(IN.get(language)))) {
      window.opens("/_local/staff/login?as=agent");
      window.page.click("nav >> text='" + list + "'");
      window.page.click("td a >> nth=0");
      window.page.click("button:text-is('" + take + "')");
      assertThat(window.page.locator("a[aria-current]:text-is('" + mine + "')").count()).isOne();
      window.page.click("td a >> nth=0");
      assertThat(window.text()).contains(mine);
      window.page.check("label:has-text('" + tag + "') >> input");
      window.page.click("button:text-is('" + keep + "')");
      window.page.selectOption("#tag", "urgent");
      window.page.click("form.filter >> button");
      window.page.click("text='" + mine + "'");
      assertThat(window.text()).contains("Ada " + language);
      window.page.check("[name=entry] >> nth=0");
      window.page.selectOption("#role", "role-admin");
      window.page.click("button:text-is('" + pass + "')");
      assertThat(window.text()).doesNotContain("Ada " + language);
      window.opens("/_local/staff/login?as=admin");
      window.page.click("ul >> text='" + passed + "'");
      assertThat(window.text()).contains("Ada " + language);
      assertThat(window.complaints()).isEmpty();
    }
  }

  @Words({
    "en, Search, Why did somebody get no mail?, Look, The mail went out, Operations, The books",
    "de, Suche, Warum kam keine Mail an?, Nachsehen, Die Mail ging hinaus, Betrieb, Die Bücher",
    "zh-Hans, 搜索, 为什么对方没有收到邮件？, 查询, 邮件已发出, 运行, 账目"
  })
  void whyNoMailCameAndWhatBecameOfAllIsToldWithoutAScript(
      String language,
      String search,
      String why,
      String look,
      String wentOut,
      String operations,
      String books)
      throws Exception {
    var ada = somebody();
    ada.submits(Map.of());
    host.drain(LIMIT);
    try (var window = window(requireNonNull(IN.get(language)))) {
      window.opens("/_local/staff/login?as=admin");
      window.page.click("nav >> text='" + search + "'");
      window.page.click("main >> text='" + why + "'");
      window.page.fill("#email", ada.address);
      window.page.click("main >> button:text-is('" + look + "')");
      assertThat(window.text()).contains(wentOut);
      assertThat(window.page.url()).doesNotContain("@");
      window.page.click("nav >> text='" + operations + "'");
      window.page.click("main >> text='" + books + "'");
      window.page.click("button[name=week]");
      assertThat(window.page.locator("h1").innerText()).isEqualTo(books);
      assertThat(window.complaints()).isEmpty();
    }
  }

  private static final List<Integer> WIDTHS = List.of(320, 1280);

  /** The pages of who may give a reason. */
  private static final List<String> OF_PRIVACY = List.of("entry", "customer");

  @Test
  void thePagesAreForEverybodyOnEveryScreen() throws Exception {
    somebody().becomesACustomer(Map.of("message", "A word " + "w".repeat(300)));
    var id = somebody().submits(Map.of("_gotcha", "filled in"));
    var bounced = new Person(host, "bounce+page@simulator.amazonses.com");
    bounced.submits(Map.of());
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    var request = ada.asks("erase");
    host.drain(LIMIT);
    new Tables(host).set(request, Map.of("status", "VERIFIED")); // Without a proof.
    host.drain(LIMIT);
    var waiting = entered(ada.address);
    var paths =
        List.of(
            "entry",
            "customer",
            "/staff/",
            "/staff/new",
            "/staff/customers",
            "/staff/search",
            "/staff/new?state=taken&by=role",
            "mine",
            "/staff/held",
            "/staff/held?reason=spam",
            "/staff/held/" + id,
            "/staff/held/" + waiting,
            "/staff/requests",
            "/staff/none",
            "/staff/deliveries",
            "/staff/operations",
            "/staff/no-mail",
            "asked",
            "books");
    stoppedLane(host);
    try (var window = window()) {
      var signedIn = "";
      for (int i = 0; i < paths.size(); i++) {
        var path = paths.get(i);
        var role = OF_PRIVACY.contains(path) ? "privacy" : "admin";
        if (!role.equals(signedIn)) {
          window.opens("/_local/staff/login?as=" + role);
          signedIn = role;
        }
        switch (path) {
          case "entry", "mine" -> {
            window.opens("/staff/new");
            window.page.click("td a >> nth=0");
          }
          case "customer" -> window.page.click("main p a");
          case "asked" -> {
            window.opens("/staff/no-mail");
            window.page.fill("#email", bounced.address);
            window.page.click("main form >> button");
          }
          case "books" -> {
            window.opens("/staff/operations/books");
            window.page.click("button[name=week]");
          }
          default -> window.opens(path);
        }
        isForEverybody(window, WIDTHS.get(i % WIDTHS.size()));
      }
      assertThat(window.complaints()).isEmpty();
    }
  }

  /** In a build, the rules look at a page on one of the screens only. */
  private static void isForEverybody(Window window, int looked) {
    for (int width : WIDTHS) {
      window.isWide(width);
      window.needsNoSidewaysScrolling();
      if (width == looked || Cases.areAll()) {
        window.looksLike(ColorScheme.LIGHT, ForcedColors.NONE);
        window.isAccessible();
        window.looksLike(ColorScheme.DARK, ForcedColors.NONE);
        window.isAccessibleInTheseColours();
      }
    }
  }

  /** An erasure that waits for a second person, by its number. */
  private String entered(String address) {
    var order =
        Map.of(
            "email", address,
            "deed", "erase",
            "channel", "letter",
            "received", clock.instant().toString().substring(0, 10),
            "check", "document",
            "by", "somebody",
            "role", "privacy");
    return new Backups(host)
        .returns("DeletionFunction", Map.of("ask", order))
        .path("request")
        .asText();
  }

  /** A target that has stopped, and what failed there. */
  static void stoppedLane(LocalHost host) {
    put(host, "lanes", Map.of("target", "zoho", "stopped", "refused-credentials"));
    put(
        host,
        "deliveries",
        Map.of("target", "zoho", "id", "entry#x", "state", "failed", "code", "no-answer"));
  }

  private static void put(LocalHost host, String table, Map<String, String> columns) {
    var item = new HashMap<String, AttributeValue>();
    columns.forEach((name, value) -> item.put(name, AttributeValue.fromS(value)));
    host.operator().dynamoDb().putItem(put -> put.tableName(table).item(item));
  }

  @Words({
    "de, Zustellungen, Angehalten, Fortsetzen, geschieht gerade",
    "zh-Hans, 投递, 已停止, 继续, 正在处理",
    "en, Deliveries, Stopped, Go on, being done"
  })
  void aStoppedTargetIsSeenAndGoesOnInEachLanguageWithoutAScript(
      String language, String page, String stopped, String goOn, String done) throws Exception {
    stoppedLane(host);
    try (var window = window(requireNonNull(IN.get(language)))) {
      window.opens("/_local/staff/login?as=operator");
      window.page.click("nav >> text='" + page + "'");
      assertThat(window.text()).contains("zoho", stopped);
      window.page.click("button:text-is('" + goOn + "')");
      assertThat(window.text()).contains(done);
      assertThat(window.complaints()).isEmpty();
    }
  }

  /** What one can do something with, as far as it is seen, in the order of the page. */
  private static final String STOPS =
      """
      [...document.querySelectorAll(
        'a[href], button, input:not([type=hidden]), select, textarea, summary')]
        .filter(it => it.checkVisibility())
      """;

  /** Writes down which of them gets the focus, and how that is drawn. */
  private static final String WATCH =
      """
      () => {
        window.walked = [];
        document.addEventListener("focusin", ({target}) => walked.push([%s.indexOf(target), %s]));
      }
      """
          .formatted(STOPS, KeyboardTest.OUTLINE);

  /** The page begins anew. */
  private static final String IS_OVER =
      "document.activeElement === document.body || walked.length > %s.length".formatted(STOPS);

  @Test
  void theKeyboardReachesEverythingOnEveryPageInItsOrderAndShowsWhereItIs() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of("message", "By the keyboard"));
    var held = somebody().submits(Map.of("_gotcha", "filled in"));
    host.drain(LIMIT);
    stoppedLane(host);
    try (var window = window()) {
      window.opens("/_local/staff/login?as=admin");
      window.opens("/staff/new");
      window.page.click("td a >> nth=0");
      var entry = window.page.url();
      window.page.click("main p a");
      var customer = window.page.url();
      for (var path :
          List.of(
              "/staff/",
              "/staff/new",
              entry,
              customer,
              "/staff/customers",
              "/staff/search",
              "/staff/held",
              "/staff/held?reason=spam",
              "/staff/held/" + held,
              "/staff/requests",
              "/staff/deliveries",
              "/staff/operations",
              "/staff/operations/books",
              "/staff/no-mail",
              "/staff/none",
              "/staff/signed-out")) {
        window.opens(path);
        var there = ((Number) window.page.evaluate(STOPS + ".length")).intValue();
        assertThat(there).as(path).isPositive();
        assertThat(walked(window, there))
            .as(path)
            .isEqualTo(
                IntStream.range(0, there).mapToObj(it -> List.of(it, "solid true")).toList());
      }
      assertThat(window.complaints()).isEmpty();
    }
  }

  /** The places that the focus comes to; a date is one place, though it has several parts. */
  private static List<?> walked(Window window, int there) {
    window.page.evaluate(WATCH);
    for (int tab = 0; tab < 5 * there; tab++) {
      window.page.keyboard().press("Tab");
      if (tab >= there && (boolean) window.page.evaluate(IS_OVER)) {
        break;
      }
    }
    return (List<?>) window.page.evaluate("there => walked.slice(0, there)", there);
  }

  /** Or a test could pass by what another has left in the browser. */
  @Test
  void whoComesToAWindowThatWasLeftIsSignedInNoLonger() {
    try (var window = window()) {
      window.opens("/_local/staff/login?as=agent");
      assertThat(window.isLeftWithNothing()).isFalse();
    }
    try (var window = window()) {
      window.opens("/forms/contact");
      assertThat(window.isLeftWithNothing()).isTrue();
    }
  }

  @Test
  void anotherSiteNeitherFramesAPageOfStaffNorPressesOnIt() throws Exception {
    somebody().becomesACustomer(Map.of("message", "Not for others"));
    try (var window = window()) {
      window.opens("/_local/staff/login?as=agent");
      window.opens("/staff/new");
      var entry =
          host.uri()
              .resolve(
                  window
                      .page
                      .locator("td a >> nth=0")
                      .getAttribute("href")
                      .replaceFirst("\\?.*", ""));

      window.page.navigate(
          chromium
              .neighbour()
              .shows("/staff-frame", "<iframe src='%s'></iframe>".formatted(entry)));
      assertThat(window.page.frames()).hasSize(2);
      assertThat(window.page.frames().getLast().locator("body").innerText())
          .doesNotContain("Not for others", "Linden");

      window.page.navigate(
          chromium
              .neighbour()
              .shows(
                  "/staff-press",
                  """
                  <form method=post action='%s'><input name=from value=new><input name=to value=done>
                  </form><script>document.forms[0].submit()</script>
                  """
                      .formatted(entry)));
      window.page.waitForURL(entry.toString());
      assertThat(window.text()).contains("Nothing was done").doesNotContain("Not for others");
      window.opens("/staff/new");
      assertThat(window.page.locator("a[href^='%s']".formatted(entry.getPath())).count()).isOne();
    }
  }
}
