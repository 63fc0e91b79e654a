package io.vestibule.delivery.kind;

import static java.util.stream.Collectors.joining;

import io.vestibule.core.DataRequest;
import io.vestibule.core.forms.Business;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.wording.Wording;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Words the mails to staff, in plain text. What a stranger wrote is in the body only, after our
 * labels; lines of a text that has several are marked, so that none can pass for ours.
 */
final class StaffWords {

  private static final String MARK = "> ";

  private final Wording wording;
  private final Business business;
  private final Forms forms;

  StaffWords(Wording wording, Business business, Forms forms) {
    this.wording = wording;
    this.business = business;
    this.forms = forms;
  }

  /** A mail, ready to be sent. */
  record Letter(String subject, String text) {}

  /** One message or several that came in. */
  Letter arrived(List<Message> messages) {
    var only = messages.getFirst();
    String subject =
        messages.size() == 1
            ? wording.text(
                "staff-mail.subject", Map.of("form", only.title(), "number", only.number()))
            : wording.text(
                "staff-mail.digest.subject", Map.of("count", Integer.toString(messages.size())));
    String replying = messages.size() == 1 && only.replyTo().isPresent() ? reply() : "";
    return new Letter(
        subject,
        messages.stream().map(this::arrived).collect(joining("\n"))
            + replying
            + "\n-- \n"
            + wording.text("staff-mail.stranger")
            + "\n");
  }

  private String arrived(Message message) {
    return """
    %s · %s
    %s

    %s
    """
        .formatted(
            message.title(),
            message.number(),
            wording.text(
                "staff-mail.received", Map.of("time", local("mail.time", message.receivedAt()))),
            message.fields().isEmpty() ? wording.text("staff-mail.thin") : values(message));
  }

  private String values(Message message) {
    return Stream.concat(
            message.fields().stream().map(this::value),
            message.withheld().stream()
                .map(label -> wording.text("staff-mail.withheld", Map.of("label", label))))
        .collect(joining("\n"));
  }

  private String reply() {
    return "\n" + wording.text("staff-mail.reply") + "\n";
  }

  private String value(Field field) {
    var lines = said(field).lines().toList();
    return lines.size() < 2
        ? field.label() + ": " + String.join("", lines)
        : lines.stream().map(line -> MARK + line).collect(joining("\n", field.label() + ":\n", ""));
  }

  /** As people read it: no character that moves others about, and only our own line breaks. */
  private String said(Field field) {
    if (field.value().isBoolean()) {
      return wording.text(field.value().booleanValue() ? "staff-mail.yes" : "staff-mail.no");
    }
    return field
        .text()
        .replaceAll("\\R", "\n")
        .replaceAll("[\\p{Cntrl}\\u202a-\\u202e\\u2066-\\u2069&&[^\n]]", " ");
  }

  /** Somebody is erased. */
  Letter erased(List<String> numbers, Instant at) {
    return new Letter(
        subject("staff-mail.erase.subject", numbers),
        wording.text("staff-mail.erase", Map.of("date", local("mail.date", at))) + list(numbers));
  }

  /** Somebody withdrew a consent. */
  Letter withdrawn(List<String> numbers, String purpose, Instant at) {
    String what = purpose.isEmpty() ? DataRequest.ALL_PURPOSES : purpose;
    return new Letter(
        subject("staff-mail.withdraw.subject", numbers),
        wording.text(
                "staff-mail.withdraw",
                Map.of(
                    "date", local("mail.date", at),
                    "purpose", forms.purpose(what, wording.language())))
            + list(numbers));
  }

  private String subject(String key, List<String> numbers) {
    return numbers.size() == 1
        ? wording.text(key, Map.of("number", numbers.getFirst()))
        : wording.text(key + "s", Map.of("count", Integer.toString(numbers.size())));
  }

  private static String list(List<String> numbers) {
    return numbers.stream().collect(joining("\n", "\n\n", "\n"));
  }

  private String local(String pattern, Instant time) {
    return DateTimeFormatter.ofPattern(
            wording.text(pattern), Locale.forLanguageTag(wording.language()))
        .withZone(business.timeZone())
        .format(time);
  }
}
