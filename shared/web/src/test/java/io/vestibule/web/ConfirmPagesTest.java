package io.vestibule.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Asked;
import io.vestibule.core.DataRequest;
import io.vestibule.core.DataRequest.Kind;
import io.vestibule.core.forms.Business;
import io.vestibule.core.forms.FieldError;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.wording.Wording;
import io.vestibule.core.wording.Wordings;
import io.vestibule.web.ConfirmPages.Waiting;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConfirmPagesTest {

  private static final Instant AT = Instant.parse("2026-11-21T19:14:00Z");
  private static final String HOSTILE = "\"><script>'x'</script>";

  private final Wordings wordings = new Wordings();
  private final Wording english = wordings.of("en");
  private final ConfirmPages pages =
      new ConfirmPages(Business.load(), new Languages(wordings), new Forms());

  @Test
  void theButtonPageCannotBeTakenForDone() {
    assertThat(page("contact", Map.of()))
        .contains("<title>Not confirmed yet – Linden Street Studio</title>")
        .contains("<p class=\"status\">Not confirmed yet</p>")
        .contains("<form method=\"post\" action=\"/verify/sId\">")
        .contains("<input type=\"hidden\" name=\"token\" value=\"t0k3n\">")
        .contains("<button type=\"submit\" class=\"big\">Confirm and send</button>");
  }

  @Test
  void thePageSaysWhenAndWhichFieldsAreFilledInTheOrderOfTheForm() {
    assertThat(page("contact", Map.of()))
        .contains(
            "Filled in on Saturday 21 November 2026, 20:14 (Central European Time), in our form.")
        .containsPattern("(?s)<li>E-mail</li>.*<li>Name</li>.*<li>Message</li>")
        .doesNotContain("<li>Phone</li>");
  }

  @Test
  void aConsentIsGivenByOneOfTwoButtonsOfTheSameRank() {
    assertThat(page("contact", Map.of("newsletter", "v1")))
        .contains("<blockquote id=\"text.newsletter\">Yes, send me the newsletter by e-mail.")
        .contains(
            "<button type=\"submit\" class=\"big\" name=\"consent.newsletter\" value=\"v1\""
                + " aria-describedby=\"text.newsletter\">Confirm, and agree</button>")
        .contains("<button type=\"submit\" class=\"big\">Confirm without agreeing</button>")
        .doesNotContain("type=\"checkbox\"");
  }

  @Test
  void aFormIsWordedByItsKind() {
    assertThat(page("newsletter", Map.of()))
        .contains("<strong>You are not signed up yet.</strong>")
        .contains("Linden Street Studio then signs you up for “Newsletter”.")
        .contains(">Confirm and sign up</button>", "nobody is signed up.");
    assertThat(page("feedback", Map.of()))
        .contains("<strong>Your feedback has not been sent yet.</strong>");
    assertThat(page("gone", Map.of()))
        .contains("<strong>Your message has not been sent yet.</strong>", "“gone”");
  }

  @Test
  void aConsentThatTheFormNeedsIsNamedByTheOnlyButton() {
    assertThat(page("newsletter", Map.of("newsletter", "v1")))
        .contains("<blockquote id=\"text.newsletter\">Yes, send me the newsletter by e-mail.")
        .contains("<input type=\"hidden\" name=\"consent.newsletter\" value=\"v1\">")
        .contains(
            "<button type=\"submit\" class=\"big\" aria-describedby=\"text.newsletter\">"
                + "Confirm, and agree to: Marketing, such as newsletters</button>")
        .containsOnlyOnce("class=\"big\"");
  }

  @Test
  void nobodyIsAskedForAConsentWhoseWordingThereIsNot() {
    assertThat(page("contact", Map.of("newsletter", "v7")))
        .doesNotContain("<blockquote", "consent.", "aria-describedby")
        .contains(">Confirm and send</button>");
  }

  @Test
  void aLinkThatWasMailedBeforePagesSaidWhatItAsksOffersTheAddressOnly() {
    var link = new Waiting("contact", Optional.empty(), "sId", "t0k3n");

    assertThat(pages.submission(Requests.get(""), english, link).body())
        .contains(">Confirm and send</button>")
        .doesNotContain("<li>", "consent.", "disowned");
  }

  @Test
  void whoWasNotItCanSaySo() {
    assertThat(page("contact", Map.of()))
        .contains("name=\"answer\" value=\"disowned\">This was not me</button>");
  }

  @Test
  void aPressThatLacksWhatTheFormIsForIsToldSoAboveTheSameButton() {
    var errors = List.of(new FieldError("/consent.newsletter", english.text("confirm.missing")));
    var reply = pages.refused(Requests.get(""), english, newsletter(), errors);

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.body())
        .contains("<title>Error: Not confirmed yet")
        .containsPattern("(?s)<h1>.*<h2 id=\"error-summary\"")
        .contains("<h2 id=\"error-summary\">Nothing was confirmed</h2>")
        .contains("<li>This form is of no use unless you agree to what it is for.")
        .contains("name=\"consent.newsletter\"");
  }

  @Test
  void theButtonPageInAnotherLanguageKeepsItsToken() {
    var request =
        new Request(
            "GET",
            "/verify/sId",
            "/verify/{id}",
            Map.of(),
            Map.of("token", "a&b=c", "lang", "en"),
            Map.of(),
            new byte[0]);

    assertThat(pages.submission(request, english, newsletter()).body())
        .contains("href=\"?lang=zh-Hans&amp;token=a%26b%3Dc\"");
  }

  @ParameterizedTest
  @EnumSource
  void thePageOfADeedLeadsToTheOthersAndSaysWhatWasTyped(Kind kind) {
    var body = request(kind, new DataRequest(Kind.WITHDRAW, Optional.of("marketing")));

    assertThat(body)
        .contains("name=\"deed\" value=\"" + kind.code() + "\"")
        .contains("<strong>Withdraw my consent – Marketing, such as newsletters</strong>");
    assertThat(Pattern.compile("href=\"/requests/rId\\?[^\"]*&amp;deed=").matcher(body).results())
        .hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "en, copies of your data that you asked for here",
    "de, 'Kopien Ihrer Daten, die Sie hier verlangt haben'",
    "zh-Hans, 您在此索取的信息副本",
  })
  void whoErasesIsToldBeforeThePressThatCopiesGoToo(String language, String words) {
    var erase = new DataRequest(Kind.ERASE, Optional.empty());
    var access = new DataRequest(Kind.ACCESS, Optional.empty());

    for (var typed : List.of(erase, access)) {
      assertThat(request(Kind.ERASE, typed, wordings.of(language))).contains(words);
      assertThat(request(Kind.WITHDRAW, typed, wordings.of(language))).doesNotContain(words);
    }
  }

  /** Beside "everything that you entered", one must not think that the button deletes that. */
  @Test
  void whoDisownsARequestIsToldThatTheirDataStay() {
    assertThat(request(Kind.ERASE, new DataRequest(Kind.ERASE, Optional.empty())))
        .contains("this request is deleted at once. Your data stay as they are.")
        .contains("name=\"answer\" value=\"disowned\">This was not me</button>");
  }

  @Test
  void aPressOfARequestThatIsRefusedIsToldWhyAboveTheSameButton() {
    var asked = new DataRequest(Kind.WITHDRAW, Optional.empty());
    var link = new Waiting("privacy", Optional.empty(), "rId", "t");
    var errors = List.of(new FieldError("/purpose", english.text("field.invalid")));
    var reply = pages.refused(Requests.get(""), english, link, asked, errors);

    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.body())
        .containsPattern("(?s)<h1>.*<h2 id=\"error-summary\">Nothing was confirmed</h2>")
        .contains("<li>This value is not accepted here.", ">Withdraw my consent</button>");
  }

  @Test
  void theTypedPurposeIsChosenAlready() {
    assertThat(request(Kind.WITHDRAW, new DataRequest(Kind.WITHDRAW, Optional.of("marketing"))))
        .contains("<option value=\"marketing\" selected>", "<option value=\"all\">");
  }

  @Test
  void aRequestThatWasMailedBeforeThereWasAChoiceCanOnlyBeConfirmed() {
    var link = new Waiting("privacy", Optional.empty(), "rId", "t");
    var deed = new DataRequest(Kind.ERASE, Optional.empty());

    assertThat(pages.request(Requests.get(""), english, link, deed).body())
        .contains(">Erase everything about me</button>")
        .doesNotContain("name=\"deed\"", "deed=", "disowned");
  }

  @Test
  void whateverALinkBringsIsEscapedInEveryLanguage() {
    for (var language : wordings.languages()) {
      var wording = wordings.of(language);
      for (var asked : List.of(Optional.<Asked>empty(), Optional.of(asked(Map.of())))) {
        var link = new Waiting(HOSTILE, asked, HOSTILE, HOSTILE);
        var deed = new DataRequest(Kind.WITHDRAW, Optional.of(HOSTILE));
        assertThat(pages.submission(Requests.get(""), wording, link).body())
            .doesNotContain("<script");
        assertThat(pages.request(Requests.get(""), wording, link, deed).body())
            .doesNotContain("<script");
      }
    }
  }

  private String page(String form, Map<String, String> consents) {
    var link = new Waiting(form, Optional.of(asked(consents)), "sId", "t0k3n");
    return pages.submission(Requests.get(""), english, link).body();
  }

  private static Waiting newsletter() {
    return new Waiting(
        "newsletter", Optional.of(asked(Map.of("newsletter", "v1"))), "sId", "t0k3n");
  }

  private String request(Kind shown, DataRequest typed) {
    return request(shown, typed, english);
  }

  private String request(Kind shown, DataRequest typed, Wording wording) {
    var asked = new Asked(AT, "en", List.of("email", "kind"), new TreeMap<>(), Optional.of(typed));
    var link = new Waiting("privacy", Optional.of(asked), "rId", "t");
    var deed = shown == typed.kind() ? typed : new DataRequest(shown, Optional.empty());
    return pages.request(Requests.get(""), wording, link, deed).body();
  }

  private static Asked asked(Map<String, String> consents) {
    return new Asked(
        AT, "en", List.of("email", "message", "name"), new TreeMap<>(consents), Optional.empty());
  }
}
