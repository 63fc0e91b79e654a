package io.vestibule.mail;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.vestibule.core.DataRequest;
import io.vestibule.core.forms.Business;
import io.vestibule.core.wording.Wordings;
import java.util.Map;

/**
 * Words the mail that tells the owner of a mailbox that somebody asked about it, and that nothing
 * is held. Only the owner learns that: the page that was filled in says the same in both cases.
 */
public final class NothingHeldMail {

  private final Wordings wordings = new Wordings();
  private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);

  /** What the mail says, piece by piece, as its template reads it. */
  public record Content(
      String language,
      String business,
      String subject,
      String hello,
      String text,
      String postalAddress,
      String privacy,
      String privacyNotice) {

    String asText() {
      return """
      %s

      %s

      --\s
      %s
      %s %s
      """
          .formatted(hello, text, postalAddress, privacy, privacyNotice);
    }
  }

  /** Renders the mail, in one of our languages (BCP 47). */
  ConfirmationMail.Rendered render(DataRequest.Kind kind, Business business, String language) {
    var wording = wordings.of(language);
    var names = Map.of("business", business.name().in(wording.language()));
    var content =
        new Content(
            wording.language(),
            business.name().in(wording.language()),
            wording.text("mail.none.subject", names),
            wording.text("mail.hello"),
            wording.text("mail.none." + kind.code(), names),
            business.postalAddress().in(wording.language()),
            wording.text("page.privacy"),
            business.privacyNotice().toString());
    var html = new StringOutput();
    templates.render("mail/nothing-held.jte", content, html);
    return new ConfirmationMail.Rendered(content.subject(), content.asText(), html.toString());
  }
}
