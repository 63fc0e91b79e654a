package io.vestibule.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.DataRequest;
import io.vestibule.core.Destination;
import io.vestibule.core.Json;
import io.vestibule.core.RowId;
import io.vestibule.core.Sha256;
import io.vestibule.core.forms.Business;
import io.vestibule.core.forms.Checked;
import io.vestibule.core.forms.Entry;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.forms.Told;
import io.vestibule.core.wording.Wording;
import io.vestibule.core.wording.Wordings;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PagesTest {

  private static final RowId ID = new RowId("sAAAAAAAAAAAAAAAAAAAAAA");

  /** Breaks out of text, of attributes and of scripts; and means something to template engines. */
  private static final String CANARY = "\"'><script>alert(1)</script>${7*7}{{7*7}}@raw</textarea>";

  private final Wordings wordings = new Wordings();
  private final Wording english = wordings.of("en");
  private final Form form = new Forms().find("contact").orElseThrow();
  private final Pages pages = new Pages(Business.load(), new Languages(wordings));

  @Test
  void everyPageInEveryLanguageIsSmallSelfContainedAndSaysItsLanguage() {
    for (String language : wordings.languages()) {
      for (Reply page : every(wordings.of(language), "ada@example.com")) {
        assertThat(page.body().getBytes(UTF_8)).hasSizeLessThan(30 * 1024);
        assertThat(page.body())
            .startsWith("<!doctype html>")
            .contains("<html lang=\"" + language + "\">")
            .doesNotContainIgnoringCase("<script", "<link", "src=\"http", "@import", "url(")
            .containsOnlyOnce("<img src=\"data:image/svg+xml;base64,");
        assertThat(page.headers()).containsEntry("Content-Language", language);
      }
    }
  }

  @Test
  void everyPageForbidsScriptsFramesCachesReferrersAndStrangeForms() {
    for (Reply page : every(english, "ada@example.com")) {
      assertThat(page.headers())
          .containsEntry("Content-Type", "text/html; charset=utf-8")
          .containsEntry("Cache-Control", "no-store")
          .containsEntry("Referrer-Policy", "no-referrer")
          .containsEntry("X-Content-Type-Options", "nosniff");
      assertThat(page.headers().get("Content-Security-Policy"))
          .startsWith("default-src 'none'; style-src 'sha256-")
          .contains("; base-uri 'none'; frame-ancestors 'none'; form-action 'self'");
    }
  }

  @Test
  void thePolicyAllowsExactlyTheStyleThatThePageCarries() {
    String body = pages.resent(english).body();
    String style = body.substring(body.indexOf("<style>") + 7, body.indexOf("</style>"));
    String hash = Base64.getEncoder().encodeToString(Sha256.of(style.getBytes(UTF_8)));

    assertThat(pages.resent(english).headers().get("Content-Security-Policy"))
        .contains("style-src 'sha256-" + hash + "';");
  }

  @Test
  void aFormMayLeadToTheOriginsOfItsNextPages() {
    assertThat(
            pages
                .form(Requests.get(""), english, form, FormState.of(Entry.empty(), Instant.EPOCH))
                .headers())
        .hasEntrySatisfying(
            "Content-Security-Policy",
            policy -> assertThat(policy).endsWith("form-action 'self' https://www.example.com"));
    assertThat(pages.resent(english).headers().get("Content-Security-Policy"))
        .endsWith("form-action 'self'");
  }

  @Test
  void whatAStrangerTypedIsEscapedOnEveryPage() {
    for (Reply page : every(english, CANARY)) {
      assertThat(page.body())
          .doesNotContain("<script", "\"'>", "49{{", "49@raw")
          .satisfies(
              body -> assertThat(count(body, "</textarea>")).isEqualTo(count(body, "<textarea")));
    }
  }

  @Test
  void theFormIsLabelledAndSaysWhatIsRequired() {
    String body =
        pages
            .form(Requests.get(""), english, form, FormState.of(Entry.empty(), Instant.EPOCH))
            .body();

    assertThat(body)
        .contains("<title>Contact us – Linden Street Studio</title>")
        .contains("<label for=\"email\">E-mail <span class=\"hint\">(required)</span></label>")
        .contains(
            "<input id=\"email\" name=\"email\" type=\"text\" inputmode=\"email\""
                + " autocapitalize=\"none\" spellcheck=\"false\" autocomplete=\"email\" value=\"\""
                + " required>",
            "<input id=\"name\" name=\"name\" type=\"text\" autocomplete=\"name\" value=\"\" required>")
        .contains("<label for=\"phone\">Phone <span class=\"hint\">(optional)</span></label>")
        .contains("<textarea id=\"message\" name=\"message\"")
        .contains("name=\"consent.newsletter\" value=\"v1\"")
        .contains(form.words("newsletter", "v1").orElseThrow().in("en"))
        .contains("<form method=\"post\" action=\"/forms/contact\" novalidate>")
        .contains("href=\"?lang=zh-Hans\" lang=\"zh-Hans\"")
        .doesNotContain(" aria-invalid=\"", " checked", " autofocus>");
  }

  @Test
  void theFormWithErrorsListsThemFirstLinksToTheFieldsAndKeepsWhatWasTyped() {
    Reply reply =
        rejected(
            "{'email':'ada','name':'Ada','consent.newsletter':'v1','x':'y','_next':'https://www.example.com/thanks'}");

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.body())
        .contains("<title>Error: Contact us – Linden Street Studio</title>")
        .contains("tabindex=\"-1\" autofocus")
        .contains("<a href=\"#email\">E-mail: Please enter one e-mail address")
        .contains("<a href=\"#message\">Message: Please fill this in.</a>")
        .contains("<li>x: This form has no such field.</li>")
        .contains("<p class=\"error\" id=\"email-error\">Please enter one e-mail address")
        .contains("value=\"ada\" required aria-invalid=\"true\" aria-describedby=\"email-error\"")
        .contains("value=\"Ada\" required>")
        .contains("value=\"v1\" checked")
        .contains("name=\"_next\" value=\"https://www.example.com/thanks\"");
  }

  @Test
  void anAddressToGoOnToIsKeptOnlyIfTheFormListsIt() {
    assertThat(rejected("{'_next':'https://evil.example/'}").body())
        .doesNotContain("evil", "_next");
  }

  @Test
  void anOutageGivesThePersonTheFormBackWithWhatTheyTyped() {
    Reply reply =
        pages.formAgain(
            Requests.get(""),
            english,
            form,
            FormState.of(entry("{'message':'A long text'}"), Instant.EPOCH),
            Problem.of(Problem.Type.UNAVAILABLE));

    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.body()).contains("Please try again in a moment", "A long text</textarea>");
  }

  @Test
  void charactersThatCannotBeSentBackAreShownAsReplaced() {
    assertThat(rejected("{'name':'a\\u0000b\\ud800c'}").body())
        .contains("value=\"a\ufffdb\ufffdc\"");
  }

  @Test
  void problemsArePagesForPeopleAndDocumentsForPrograms() throws Exception {
    Request person = Requests.get("/forms/{form}");
    Request program = Requests.with(person, "accept", "application/json");

    for (var type : Problem.Type.values()) {
      Reply page = pages.problem(person, english, Problem.of(type));
      Reply document = pages.problem(program, english, Problem.of(type));

      assertThat(page.status()).isEqualTo(type.status());
      assertThat(page.body()).contains("<title>Error: ");
      assertThat(document.status()).isEqualTo(type.status());
      assertThat(document.headers())
          .containsEntry("Content-Type", "application/problem+json")
          .containsEntry("Cache-Control", "no-store");
      var json = Json.MAPPER.readTree(document.body());
      assertThat(json.get("type").asText()).matches("urn:vestibule:problem:[a-z-]+");
      assertThat(json.get("status").asInt()).isEqualTo(type.status());
      assertThat(json.get("title").asText()).isNotBlank();
      assertThat(json.get("detail").asText()).isNotBlank();
      assertThat(json.has("errors")).isFalse();
    }
  }

  @Test
  void anInvalidEntryIsOneDocumentWithEveryError() throws Exception {
    Checked.Rejected rejected =
        (Checked.Rejected) form.check(entry("{'email':'ada'}"), english, Instant.EPOCH);
    Reply reply = new Problem(Problem.Type.INVALID, rejected.errors()).toJson(english);

    assertThat(reply.status()).isEqualTo(422);
    var errors = Json.MAPPER.readTree(reply.body()).get("errors");
    assertThat(errors).hasSize(3);
    assertThat(errors.get(0).toString())
        .isEqualTo(
            "{\"pointer\":\"/email\",\"detail\":\"%s\"}".formatted(english.text("field.email")));
  }

  @Test
  void theAnswerToAHeadIsThatToAGetWithoutItsContent() {
    Request get = Requests.get("");
    var head = new Request("HEAD", "", "", Map.of(), Map.of(), Map.of(), new byte[0]);
    Reply reply = pages.form(get, english, form, FormState.of(Entry.empty(), Instant.EPOCH));

    assertThat(reply.to(head).path("body").textValue()).isEmpty();
    assertThat(reply.to(head).path("headers")).isEqualTo(reply.to(get).path("headers"));
    assertThat(reply.to(head).path("statusCode").intValue()).isEqualTo(200);
  }

  @Test
  void aDomainIsShownAsPeopleWriteItWhateverTheBrowserMadeOfIt() {
    assertThat(
            pages.thanks(english, form, ID, entry("{'email':'wei@xn--fsqu00a.xn--fiqs8s'}")).body())
        .contains("<bdi class=\"address\">wei@例子.中国</bdi>");
  }

  @Test
  void theThanksPageCarriesWhatWasEnteredSoThatTheAddressCanBeChangedButNotItsMark() {
    var entered =
        entry(
            "{'email':'ada@gmial.com','message':'a\\nb','consent.newsletter':'v1','_nonce':'n','_altcha':'x'}");
    String body = pages.thanks(english, form, ID, entered).body();

    assertThat(body)
        .contains("<form method=\"post\" action=\"/forms/contact?lang=en\"")
        .contains("<input type=\"hidden\" name=\"email\" value=\"ada@gmial.com\">")
        .contains("<input type=\"hidden\" name=\"message\" value=\"a\nb\">")
        .contains("<input type=\"hidden\" name=\"consent.newsletter\" value=\"v1\">")
        .contains("name=\"_change\" value=\"1\" class=\"link\">Change it</button>")
        .contains("action=\"/verify/sAAAAAAAAAAAAAAAAAAAAAA/resend\"")
        .doesNotContain("_nonce", "_altcha");
  }

  @Test
  void thanksTellTheNumberOfAMessageAndARequestHasNone() {
    var entry = entry("{'email':'ada@example.net'}");
    var privacy = new Forms().find(Form.PRIVACY).orElseThrow();
    var request = new RowId("rAAAAAAAAAAAAAAAAAAAAAA");

    assertThat(pages.thanks(english, form, ID, entry).body()).contains("V-XCW51Z");
    assertThat(pages.thanks(english, privacy, request, entry).body()).doesNotContain("V-");
  }

  @Test
  void aFormIsWordedByItsKindOnEveryPage() {
    var newsletter = new Forms().find("newsletter").orElseThrow();
    var feedback = new Forms().find("feedback").orElseThrow();
    var entry = entry("{'email':'ada@example.net'}");
    var told = new Pages(Business.load(), new Languages(wordings), new Told(true));
    var chinese = wordings.of("zh-Hans");

    assertThat(shown(newsletter, english)).contains(">Sign up</button>", "You are signed up when");
    assertThat(shown(newsletter, wordings.of("de"))).contains(">Anmelden</button>");
    assertThat(shown(newsletter, chinese)).contains(">订阅</button>");
    assertThat(shown(feedback, english)).contains(">Send feedback</button>", "gets your feedback");
    assertThat(pages.thanks(english, newsletter, ID, entry).body())
        .contains("Only then are you signed up.", "The number of your sign-up is V-XCW51Z.");
    assertThat(pages.thanksMessage(english, newsletter, ID, entry))
        .isEqualTo(
            "Almost done: a mail is on its way to ada@example.net. Open it and confirm. Only then"
                + " are you signed up. Nothing after two minutes? Look in your spam folder for a"
                + " mail from Linden Street Studio.");
    assertThat(pages.thanksMessage(chinese, feedback, ID, entry))
        .isEqualTo(
            "还差一步：邮件正发往 ada@example.net。请打开邮件并确认，林荫街工作室才会收到您的反馈。"
                + "两分钟后仍未收到？请在垃圾邮件中查找来自 Linden Street Studio 的邮件。");
    assertThat(told.confirmed(Requests.get(""), english, newsletter).body())
        .contains("Linden Street Studio has signed you up for “Newsletter”.");
    assertThat(told.alreadyConfirmed(Requests.get(""), english, feedback).body())
        .contains("Linden Street Studio has your feedback.");
  }

  @Test
  void whatAFormSaysInItsOwnWordsIsEscapedAndSaysTheNumber() throws IOException {
    var own = Own.words("contact", "<b>{form}</b> & {business}: {number}");
    var entry = entry("{'email':'ada@example.net'}");

    assertThat(pages.thanks(english, own, ID, entry).body())
        .contains("&lt;b&gt;Contact us&lt;/b&gt; &amp; Linden Street Studio: V-XCW51Z")
        .doesNotContain("<b>", "Open it and confirm");
    assertThat(pages.thanksMessage(english, own, ID, entry))
        .contains("<b>Contact us</b> & Linden Street Studio: V-XCW51Z Nothing after");
    assertThat(shown(own, english))
        .contains(">Off &lt;i&gt;it goes</button>")
        .doesNotContain("<i>");
    assertThat(shown(own, wordings.of("de"))).contains(">Senden</button>");
  }

  private String shown(Form form, Wording wording) {
    return pages
        .form(Requests.get(""), wording, form, FormState.of(Entry.empty(), Instant.EPOCH))
        .body();
  }

  @Test
  void whatTheFormHasToSayAfterwardsIsSaidOnceConfirmed() {
    var told = new Pages(Business.load(), new Languages(wordings), new Told(true));

    assertThat(told.confirmed(Requests.get(""), english, form).body())
        .contains("now has what you entered")
        .contains("<p class=\"lead\">We answer within two working days.</p>");
    assertThat(told.alreadyConfirmed(Requests.get(""), english, form).body())
        .contains("has what you entered", "We answer within two working days.");
  }

  @Test
  void whereNobodyIsToldNoPageSaysThatSomebodyHasItOrAnswers() {
    for (var page :
        List.of(
            pages.confirmed(Requests.get(""), english, form),
            pages.alreadyConfirmed(Requests.get(""), english, form))) {
      assertThat(page.body())
          .contains("kept for Linden Street Studio")
          .doesNotContain("has what you entered", "two working days");
    }
  }

  @Test
  void aConsentThatTheFormNeedsIsCalledRequired() {
    Form newsletter = new Forms().find("newsletter").orElseThrow();

    assertThat(
            pages
                .form(
                    Requests.get(""),
                    english,
                    newsletter,
                    FormState.of(Entry.empty(), Instant.EPOCH))
                .body())
        .contains("value=\"v1\" required>")
        .contains("unsubscribe at any time. <span class=\"hint\">(required)</span>");
  }

  /** Every page, with a text of a stranger's wherever one can get in. */
  private List<Reply> every(Wording wording, String typed) {
    Request get = Requests.get("/forms/{form}");
    var posted = Json.MAPPER.createObjectNode();
    form.fields().keySet().forEach(name -> posted.put(name, typed));
    posted.put("x" + typed, typed).put("_next", typed).put("consent." + typed, typed);
    posted.put("email", typed).putObject("phone");
    var entry = Entry.of(posted);
    var errors = ((Checked.Rejected) form.check(entry, wording, Instant.EPOCH)).errors();
    var all =
        new ArrayList<>(
            List.of(
                pages.form(get, wording, form, FormState.of(Entry.empty(), Instant.EPOCH)),
                pages.formAgain(
                    get,
                    wording,
                    form,
                    FormState.of(entry, Instant.EPOCH),
                    new Problem(Problem.Type.INVALID, errors)),
                pages.thanks(wording, form, ID, entry),
                pages.confirmed(get, wording, form),
                pages.alreadyConfirmed(get, wording, form),
                pages.dead(wording, "/forms/contact"),
                pages.ended(wording, Destination.STORAGE, typed, "/forms/contact"),
                pages.disowned(get, wording),
                pages.resent(wording)));
    for (var kind : DataRequest.Kind.values()) {
      all.add(pages.working(get, wording, kind));
    }
    for (var type : Problem.Type.values()) {
      all.add(pages.problem(get, wording, Problem.of(type)));
    }
    return all;
  }

  private Reply rejected(String posted) {
    var entry = entry(posted);
    var errors = ((Checked.Rejected) form.check(entry, english, Instant.EPOCH)).errors();
    return pages.formAgain(
        Requests.get(""),
        english,
        form,
        FormState.of(entry, Instant.EPOCH),
        new Problem(Problem.Type.INVALID, errors));
  }

  private static Entry entry(String json) {
    try {
      return Entry.of((ObjectNode) Json.MAPPER.readTree(json.replace('\'', '"')));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static long count(String text, String part) {
    return Pattern.compile(part, Pattern.LITERAL).matcher(text).results().count();
  }
}
