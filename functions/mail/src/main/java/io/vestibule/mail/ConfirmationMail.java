package io.vestibule.mail;

import static java.util.stream.Collectors.joining;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.vestibule.core.Asked;
import io.vestibule.core.Behalf.Channel;
import io.vestibule.core.DataRequest;
import io.vestibule.core.EntryNumber;
import io.vestibule.core.RowId;
import io.vestibule.core.forms.Business;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.FormWords;
import io.vestibule.core.forms.FormWords.Part;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.forms.Question;
import io.vestibule.core.wording.Wording;
import io.vestibule.core.wording.Wordings;
import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Words the mail that asks the owner of a mailbox to confirm a submission, or a request.
 *
 * <p>It takes nothing that a visitor typed, so nothing of it can be in the mail: anybody may enter
 * anybody's address, and with a text of their own they could send whatever they like in the
 * business's name.
 */
public final class ConfirmationMail {

  private final Wordings wordings = new Wordings();
  private final Forms forms = new Forms();
  private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);

  /** The mail, ready to be sent: the text says all that the HTML does. */
  public record Rendered(String subject, String text, String html) {}

  /** What the mail says, piece by piece, as its template reads it. */
  public record Content(
      String language,
      String business,
      String accent,
      String subject,
      String hello,
      String why,
      String filled,
      String consent,
      List<String> consents,
      String open,
      String link,
      String copy,
      String until,
      String notYou,
      String nothing,
      String disown,
      String postalAddress,
      String privacy,
      String privacyNotice,
      String once) {

    /** The text part: lines are left to the reader's mail program, the link has one to itself. */
    String asText() {
      return """
      %s

      %s

      %s

      %s%s
      %s

      %s

      %s %s %s

      --\s
      %s
      %s %s
      %s
      """
          .formatted(
              hello,
              why,
              filled,
              agreements(),
              open,
              link,
              until,
              notYou,
              nothing,
              disown,
              postalAddress,
              privacy,
              privacyNotice,
              once);
    }

    private String agreements() {
      return consents.isEmpty()
          ? ""
          : consents.stream().map(it -> it + "\n").collect(joining("", consent + "\n", "\n"));
    }
  }

  /**
   * Renders the mail.
   *
   * @param id whose number a submission is told by
   * @param asked what the page will ask: in ids, which become our words here
   * @param channel how it came, if a member of staff has entered it
   * @param language of the page on which the form was filled in (BCP 47)
   * @param link to the page with the button
   * @param linkExpiresAt when the link stops working
   * @param deletedAt when what was entered is deleted unless it is confirmed
   */
  public Rendered render(
      RowId id,
      Form form,
      Asked asked,
      Optional<Channel> channel,
      Business business,
      String language,
      URI link,
      Instant linkExpiresAt,
      Instant deletedAt) {
    var wording = wordings.of(language);
    var content =
        content(id, form, asked, channel, business, wording, link, linkExpiresAt, deletedAt);
    var html = new StringOutput();
    templates.render("mail/confirmation.jte", content, html);
    return new Rendered(content.subject(), content.asText(), html.toString());
  }

  private Content content(
      RowId id,
      Form form,
      Asked asked,
      Optional<Channel> channel,
      Business business,
      Wording wording,
      URI link,
      Instant linkExpiresAt,
      Instant deletedAt) {
    var kind = asked.deed().map(DataRequest::kind);
    var question = Question.of(asked, form, forms, wording);
    String language = wording.language();
    String name = business.name().in(language);
    var words = new Words(form, wording, kind, names(id, form, name, language));
    return new Content(
        language,
        name,
        business.accent(),
        words.text(Part.SUBJECT),
        wording.text("mail.hello"),
        channel
            .filter(_ -> kind.equals(Optional.of(DataRequest.Kind.ACCESS)))
            .map(words::entered)
            .orElseGet(() -> words.text(Part.WHY)),
        asked
            .deed()
            .map(deed -> rights(deed, wording))
            .orElseGet(() -> filled(words, asked, question, business)),
        wording.text("mail.consent"),
        question.consents().stream().map(Question.Consent::text).toList(),
        wording.text(kind.map(it -> "mail.%s.open".formatted(it.code())).orElse("mail.open")),
        link.toString(),
        wording.text("mail.copy"),
        wording.text(
            "mail.until", Map.of("time", local(linkExpiresAt, "mail.time", wording, business))),
        wording.text("mail.not-you"),
        wording.text(
            kind.isPresent() ? "mail.request.nothing" : "mail.nothing",
            Map.of("date", local(deletedAt, "mail.date", wording, business))),
        wording.text(kind.isPresent() ? "mail.request.disown" : "mail.disown"),
        business.postalAddress().in(language),
        wording.text("page.privacy"),
        business.privacyNotice().toString(),
        kind.isPresent() ? wording.text("mail.once") : words.text(Part.ONCE));
  }

  private static Map<String, String> names(RowId id, Form form, String business, String language) {
    var names = new HashMap<String, String>();
    names.put("business", business);
    names.put("form", form.title().in(language));
    EntryNumber.told(id).ifPresent(number -> names.put("number", number.value()));
    return names;
  }

  private static String filled(Words words, Asked asked, Question question, Business business) {
    var wording = words.wording();
    var values = new HashMap<>(words.names());
    values.put("time", local(asked.at(), "mail.time", wording, business));
    values.put("fields", String.join(wording.text("mail.and"), question.fields()));
    return FormWords.of(words.form(), wording).text(Part.FILLED, values);
  }

  /** Any link serves every right, so that nobody uses up another's by asking for the wrong one. */
  private String rights(DataRequest deed, Wording wording) {
    var purpose =
        forms.purpose(deed.purpose().orElse(DataRequest.ALL_PURPOSES), wording.language());
    var rights = wording.text("mail.request.rights");
    return deed.kind() == DataRequest.Kind.WITHDRAW
        ? wording.text("mail.request.purpose", Map.of("purpose", purpose)) + " " + rights
        : rights;
  }

  /**
   * What a mail says in words of the form, or of what is asked for.
   *
   * @param kind of a request
   * @param names what they may name
   */
  private record Words(
      Form form, Wording wording, Optional<DataRequest.Kind> kind, Map<String, String> names) {

    /** Of what staff enter, a copy alone is worded so. */
    String entered(Channel channel) {
      return wording.text("mail.entered." + channel.code(), names);
    }

    String text(Part part) {
      return kind.map(it -> wording.text("mail.%s.%s".formatted(it.code(), part.code()), names))
          .orElseGet(() -> FormWords.of(form, wording).text(part, names));
    }
  }

  /** A time as people at the business say it, with its zone: "in 24 hours" is wrong once read. */
  static String local(Instant time, String pattern, Wording wording, Business business) {
    return DateTimeFormatter.ofPattern(
            wording.text(pattern), Locale.forLanguageTag(wording.language()))
        .withZone(business.timeZone())
        .format(time);
  }
}
