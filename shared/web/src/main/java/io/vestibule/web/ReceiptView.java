package io.vestibule.web;

import static java.util.stream.Collectors.joining;

import io.vestibule.core.Passed;
import io.vestibule.core.Receipt;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.targets.Target;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A receipt in words.
 *
 * @param key which words: by what came of the request
 * @param facts the request's number, and when what happened
 * @param erased what went, and from where
 * @param passedOn to whom it was passed on, and what they answered
 * @param remains what is left, and until when
 * @param awaits that others have still to answer, and what follows; empty if none has
 */
public record ReceiptView(
    String key,
    List<Row> facts,
    List<Row> erased,
    List<Row> passedOn,
    List<Row> remains,
    String awaits,
    String law) {

  /** A line of a table: what, and more about it. */
  public record Row(String what, String about) {}

  static ReceiptView of(Receipt receipt, Page page, Forms forms) {
    var names = new FormNames(forms, page.wording().language());
    var law = page.text("receipt.law", Map.of("law", receipt.rule()));
    var complaints =
        Optional.ofNullable(receipt.complaints())
            .map(name -> " " + page.text("receipt.complaints", Map.of("authority", name)));
    return new ReceiptView(
        "receipt." + code(receipt.outcome()),
        facts(receipt, page),
        receipt.erased().stream().map(it -> erased(it, page)).toList(),
        receipt.passedOn().stream().map(it -> passedOn(receipt, it, page, names)).toList(),
        remains(receipt, page),
        receipt.awaitsAnswers() ? page.text("receipt.awaits") : "",
        law + complaints.orElse(""));
  }

  static String code(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static List<Row> facts(Receipt receipt, Page page) {
    var facts = new ArrayList<Row>();
    facts.add(new Row(page.text("receipt.number"), receipt.request()));
    Optional.ofNullable(receipt.erasedAt())
        .ifPresent(at -> facts.add(new Row(page.text("receipt.at"), local(at, page))));
    facts.add(new Row(page.text("receipt.issued"), local(receipt.issuedAt(), page)));
    Optional.ofNullable(receipt.serial()).ifPresent(_ -> facts.add(serial(receipt, page)));
    return List.copyOf(facts);
  }

  private static Row serial(Receipt receipt, Page page) {
    var number = Map.of("number", Integer.toString(receipt.number()));
    var key = receipt.replaces() == null ? "receipt.serial.first" : "receipt.serial.next";
    return new Row(page.text("receipt.serial"), page.text(key, number));
  }

  private static Row erased(Receipt.Erased erased, Page page) {
    return new Row(
        thing(erased, page),
        page.text(
            "receipt.gone", Map.of("where", erased.where(), "time", local(erased.at(), page))));
  }

  private static String thing(Receipt.Erased erased, Page page) {
    var count = erased.count();
    return count == null
        ? page.text("receipt.thing." + code(erased.what()))
        : page.text("receipt.thing.entries", Map.of("count", count.toString()));
  }

  /** It is told, too, that somebody has not heard yet of an erasure, or of a withdrawal. */
  private static Row passedOn(Receipt receipt, Passed passed, Page page, FormNames names) {
    var row = passed(passed, page, names);
    return owed(receipt, passed)
        .map(key -> new Row(row.what(), row.about() + " " + page.text(key)))
        .orElse(row);
  }

  private static Optional<String> owed(Receipt receipt, Passed passed) {
    if (passed.askedAt() != null || passed.answer() != null) {
      return Optional.empty();
    }
    return switch (receipt.outcome()) {
      case ERASED -> passed.since() == null ? Optional.empty() : Optional.of("receipt.passed.owed");
      case WITHDRAWN ->
          passed.awaitsAnswer() ? Optional.of("receipt.passed.unwithdrawn") : Optional.empty();
      case KEPT, NOTHING_HELD -> Optional.empty();
    };
  }

  /** Something that was passed on: to whom, with what, and whether they have heard of the end. */
  static Row passed(Passed passed, Page page, FormNames names) {
    var country = passed.country();
    var recipient =
        passed.recipient().equals(Target.STAFF)
            ? page.text("receipt.passed.staff")
            : passed.recipient();
    var what =
        country == null
            ? recipient
            : page.text(
                "receipt.passed.to",
                Map.of("recipient", recipient, "country", country(country, page)));
    return new Row(what, known(passed, page, names) + answer(passed, page));
  }

  private static String country(String code, Page page) {
    return Locale.of("", code).getDisplayCountry(Locale.forLanguageTag(page.wording().language()));
  }

  private static String known(Passed passed, Page page, FormNames names) {
    var fields = passed.fields().stream().map(names::field).collect(joining(", "));
    return fields.isEmpty()
        ? page.text("receipt.passed.thin")
        : page.text("receipt.passed.fields", Map.of("fields", fields));
  }

  private static String answer(Passed passed, Page page) {
    var answer = passed.answer();
    var answeredAt = passed.answeredAt();
    if (answer != null && answeredAt != null) {
      return " " + page.text("receipt.passed." + answer, Map.of("time", local(answeredAt, page)));
    }
    var askedAt = passed.askedAt();
    return askedAt == null
        ? ""
        : " " + page.text("receipt.passed.asked", Map.of("time", local(askedAt, page)));
  }

  private static List<Row> remains(Receipt receipt, Page page) {
    var left = Objects.requireNonNullElse(receipt.remainsIn(), List.<Receipt.Left>of());
    return Stream.concat(
            receipt.remains().stream().map(it -> remnant(it, page)),
            left.stream().map(it -> left(it, page)))
        .toList();
  }

  /** What a later version leaves has no words here but its own name. */
  private static Row left(Receipt.Left left, Page page) {
    var key = "receipt.left." + left.where();
    var what = page.wording().messages().containsKey(key) ? page.text(key) : left.where();
    return new Row(what, until(left.endsAt(), page).orElse(""));
  }

  private static Optional<String> until(@Nullable Instant end, Page page) {
    return Optional.ofNullable(end)
        .map(it -> page.text("receipt.until", Map.of("time", local(it, page))));
  }

  private static Row remnant(Receipt.Remnant remnant, Page page) {
    var value = Optional.ofNullable(remnant.value());
    return new Row(
        page.text("receipt.rest." + code(remnant.what())),
        value.or(() -> until(remnant.until(), page)).orElse(""));
  }

  /** A time as people at the business say it, with its zone. */
  static String local(Instant time, Page page) {
    return local(time, page, "page.time");
  }

  /** The same by a pattern of its own. */
  static String local(Instant time, Page page, String key) {
    return DateTimeFormatter.ofPattern(
            page.text(key), Locale.forLanguageTag(page.wording().language()))
        .withZone(page.business().timeZone())
        .format(time);
  }
}
