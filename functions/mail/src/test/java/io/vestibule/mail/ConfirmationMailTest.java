package io.vestibule.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Asked;
import io.vestibule.core.Behalf;
import io.vestibule.core.DataRequest;
import io.vestibule.core.RowId;
import io.vestibule.core.forms.Business;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.wording.Wordings;
import io.vestibule.keys.ChangedForms;
import io.vestibule.mail.ConfirmationMail.Rendered;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ConfirmationMailTest {

  private static final String LINK = "https://forms.example.com/verify/sAbC?token=t0k3n&lang=en";

  private static final Asked ASKED =
      new Asked(
          Instant.parse("2026-11-21T19:14:00Z"),
          "en",
          List.of("email", "message", "name"),
          new TreeMap<>(Map.of("newsletter", "v1")),
          Optional.empty());

  private final Business business = Business.load();
  private final Form form = new Forms().find("contact").orElseThrow();

  @Test
  void theTextSaysWhoAsksWhyUntilWhenAndWhatIfItWasNotYou() {
    assertThat(render("en").subject()).isEqualTo("Confirm your message to Linden Street Studio");
    assertThat(render("en").text())
        .isEqualTo(
            """
            Hello,

            Our form “Contact us” was filled in with this address. Linden Street Studio sees nothing of\
             it until you confirm that the address is yours.

            It was filled in on Saturday 21 November 2026, 20:14 (Central European Time), with:\
             E-mail, Name, Message. The number of the message is V-XCW51Z.

            The page asks whether you agree to this; the form alone does not count as consent:
            Yes, send me the newsletter by e-mail. I can unsubscribe at any time.

            Open the confirmation page
            https://forms.example.com/verify/sAbC?token=t0k3n&lang=en

            The link works until Sunday 22 November 2026, 20:14 (Central European Time).

            Not you? Do nothing: what was entered is deleted on Tuesday 24 November 2026.\
             Or say so on the page: then it is deleted at once.

            --\s
            Linden Street Studio, Lindenstraße 12, 10969 Berlin, Germany
            Privacy notice https://www.example.com/privacy
            A single confirmation mail, not a newsletter.
            """);
  }

  @Test
  void theMailIsWholeInChinese() {
    Rendered mail = render("zh-Hans");

    assertThat(mail.subject()).isEqualTo("请确认您提交给林荫街工作室的留言");
    assertThat(mail.text())
        .contains("有人用此邮箱填写了我们的“联系我们”表单。")
        .contains("链接有效期至 2026年11月22日 20:14（中欧时间）。")
        .contains("所填内容将于 2026年11月24日删除。");
    assertThat(mail.html()).contains("<html lang=\"zh-Hans\">", "打开确认页面");
  }

  @Test
  void theMailIsWholeInGerman() {
    Rendered mail = render("de");

    assertThat(mail.subject())
        .isEqualTo("Bitte bestätigen Sie Ihre Nachricht an Studio Lindenstraße");
    assertThat(mail.text())
        .contains("mit dieser Adresse wurde unser Formular „Kontakt“ ausgefüllt.")
        .contains(
            "Der Link gilt bis Sonntag, 22. November 2026, 20:14 Uhr (Mitteleuropäische Zeit)")
        .contains("Was eingetragen wurde, wird am Dienstag, 24. November 2026 gelöscht.");
    assertThat(mail.html()).contains("<html lang=\"de\">", "Bestätigungsseite öffnen");
  }

  @Test
  void theMailOfASignUpAndOfFeedbackIsWordedSo() {
    var newsletter = new Forms().find("newsletter").orElseThrow();
    var feedback = new Forms().find("feedback").orElseThrow();

    assertThat(render(newsletter, ASKED, "en"))
        .satisfies(
            mail -> {
              assertThat(mail.subject())
                  .isEqualTo("Confirm your sign-up with Linden Street Studio");
              assertThat(mail.text())
                  .contains("Nobody is signed up until you confirm")
                  .contains("The number of the sign-up is V-XCW51Z.")
                  .endsWith("What you sign up for comes only when you have confirmed.\n")
                  .doesNotContain("message", "not a newsletter");
            });
    assertThat(render(newsletter, ASKED, "de").subject())
        .isEqualTo("Bitte bestätigen Sie Ihre Anmeldung bei Studio Lindenstraße");
    assertThat(render(newsletter, ASKED, "zh-Hans").subject()).isEqualTo("请确认您在林荫街工作室的订阅");
    assertThat(render(feedback, ASKED, "en").subject())
        .isEqualTo("Confirm your feedback to Linden Street Studio");
  }

  @Test
  void aFormsOwnSubjectIsTheMails() {
    var own =
        ChangedForms.alone(
                it ->
                    it.putObject("texts")
                        .putObject("subject")
                        .put("en", "{number}: <{form}> & {business}"))
            .find("contact")
            .orElseThrow();

    assertThat(render(own, ASKED, "en").subject())
        .isEqualTo("V-XCW51Z: <Contact us> & Linden Street Studio");
    assertThat(render(own, ASKED, "en").html()).doesNotContain("<Contact us>");
    assertThat(render(own, ASKED, "de").subject())
        .startsWith("Bitte bestätigen Sie Ihre Nachricht");
  }

  /** In a mail about an erasure, "it is deleted" could be taken for the data. */
  @Test
  void theMailOfARequestSaysThatTheDataStayWhoeverAsked() {
    var erase = Optional.of(new DataRequest(DataRequest.Kind.ERASE, Optional.empty()));
    var asked = new Asked(ASKED.at(), "en", List.of("email", "kind"), new TreeMap<>(), erase);
    var privacy = new Forms().find(Form.PRIVACY).orElseThrow();

    assertThat(render(privacy, asked, "en").text())
        .contains("Somebody asked in our form that Linden Street Studio erase everything")
        .contains("then the request is deleted at once. Your data stay as they are.")
        .doesNotContain("then it is deleted", "V-");
  }

  /** Its link would erase: it must not say that it is about a copy. */
  @Test
  void onlyOfACopyItSaysHowStaffCameToEnterIt() {
    var privacy = new Forms().find(Form.PRIVACY).orElseThrow();
    for (var kind : DataRequest.Kind.values()) {
      var deed = Optional.of(new DataRequest(kind, Optional.empty()));
      var asked = new Asked(ASKED.at(), "en", List.of("email", "kind"), new TreeMap<>(), deed);
      var mail = render(privacy, asked, Optional.of(Behalf.Channel.LETTER), "en").text();

      assertThat(mail.contains("by letter for a copy"))
          .as(kind.code())
          .isEqualTo(kind == DataRequest.Kind.ACCESS);
    }
  }

  /** What mail programs need to show it in their dark mode, on any width, and not turn it round. */
  @Test
  void theHtmlIsOneColumnOfAtMost600PixelsWithColoursForTheDark() {
    assertThat(render("en").html())
        .contains("max-width:600px")
        .contains("<meta name=\"color-scheme\" content=\"light dark\">")
        .contains("@media (prefers-color-scheme: dark)");
  }

  @Test
  void anUnknownLanguageGetsEnglish() {
    assertThat(render("fr\r\nBcc: x").subject()).isEqualTo(render("en").subject());
  }

  @Test
  void theLinkHasALineOfItsOwn() {
    for (String language : new Wordings().languages()) {
      assertThat(render(language).text().lines()).contains(LINK);
    }
  }

  @Test
  void nothingIsFetchedAndNoLinkIsTracked() {
    for (String language : new Wordings().languages()) {
      String html = render(language).html();

      assertThat(urls(html))
          .containsExactlyInAnyOrder(
              LINK.replace("&", "&amp;"), business.privacyNotice().toString());
      assertThat(html).doesNotContainIgnoringCase("<img", "<link", "<script", "url(", "src=");
      assertThat(Pattern.compile("<a ").matcher(html).results().count())
          .isEqualTo(Pattern.compile("<a [^>]*ses:no-track").matcher(html).results().count());
    }
  }

  @Test
  void theHtmlSaysWhatTheTextSays() {
    Rendered mail = render("en");

    mail.text()
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("--") && !line.contains("https:"))
        .flatMap(line -> Pattern.compile("(?<=[.?]) ").splitAsStream(line))
        .forEach(sentence -> assertThat(mail.html()).contains(sentence));
  }

  private static Set<String> urls(String html) {
    var urls = new TreeSet<String>();
    Pattern.compile("https?://[^\"<\\s]+")
        .matcher(html)
        .results()
        .forEach(found -> urls.add(found.group()));
    return urls;
  }

  private Rendered render(String language) {
    return render(form, ASKED, language);
  }

  private Rendered render(Form filled, Asked asked, String language) {
    return render(filled, asked, Optional.empty(), language);
  }

  private Rendered render(
      Form filled, Asked asked, Optional<Behalf.Channel> channel, String language) {
    return new ConfirmationMail()
        .render(
            new RowId("sAAAAAAAAAAAAAAAAAAAAAA"),
            filled,
            asked,
            channel,
            business,
            language,
            URI.create(LINK),
            Instant.parse("2026-11-22T19:14:00Z"),
            Instant.parse("2026-11-24T19:14:00Z"));
  }
}
