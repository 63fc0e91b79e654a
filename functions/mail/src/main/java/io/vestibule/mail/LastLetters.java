package io.vestibule.mail;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.vestibule.core.Notice;
import io.vestibule.core.RowId;
import io.vestibule.core.forms.Business;
import io.vestibule.core.forms.Form;
import io.vestibule.core.wording.Wording;
import io.vestibule.core.wording.Wordings;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Words the last mail about a request: what was done, and where that can be read, for how long. */
public final class LastLetters {

  private final Wordings wordings = new Wordings();
  private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);
  private final Business business;
  private final URI publicUrl;

  LastLetters(Business business, URI publicUrl) {
    this.business = business;
    this.publicUrl = publicUrl;
  }

  /**
   * What the mail says, piece by piece, as its template reads it.
   *
   * @param link to the receipt; absent for a copy
   */
  public record Content(
      String language,
      String business,
      String accent,
      String subject,
      String hello,
      String text,
      String open,
      @Nullable String link,
      String copy,
      String until,
      String last,
      String postalAddress,
      String privacy,
      String privacyNotice) {

    String asText() {
      return """
      %s

      %s

      %s%s

      %s

      --\s
      %s
      %s %s
      """
          .formatted(hello, text, page(), until, last, postalAddress, privacy, privacyNotice);
    }

    private String page() {
      return link == null ? "" : "%s\n%s\n\n".formatted(open, link);
    }
  }

  ConfirmationMail.Rendered of(RowId request, Notice notice) {
    var wording = wordings.of(notice.language());
    var content = content(request, notice, wording);
    var html = new StringOutput();
    templates.render("mail/last.jte", content, html);
    return new ConfirmationMail.Rendered(content.subject(), content.asText(), html.toString());
  }

  private Content content(RowId request, Notice notice, Wording wording) {
    var language = wording.language();
    var name = business.name().in(language);
    var names = Map.of("business", name);
    var own = "mail.done." + notice.deed().name().toLowerCase(Locale.ROOT).replace('_', '-');
    var until =
        Map.of("time", ConfirmationMail.local(notice.until(), "mail.time", wording, business));
    return new Content(
        language,
        name,
        business.accent(),
        wording.text(own + ".subject", names),
        wording.text("mail.hello"),
        wording.text(own + ".text", names),
        wording.text("mail.done.open"),
        link(request, notice, language),
        wording.text("mail.copy"),
        wording.text(notice.token() == null ? "mail.done.copied.until" : "mail.done.until", until),
        wording.text(
            notice.deed() == Notice.Deed.ERASED ? "mail.done.last" : "mail.done.once", names),
        business.postalAddress().in(language),
        wording.text("page.privacy"),
        business.privacyNotice().toString());
  }

  private @Nullable String link(RowId request, Notice notice, String language) {
    return notice.token() == null
        ? null
        : Letter.link(publicUrl, request, notice.token(), language, Form.PRIVACY).toString();
  }
}
