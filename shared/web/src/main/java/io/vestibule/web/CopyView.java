package io.vestibule.web;

import io.vestibule.core.DataCopy;
import io.vestibule.core.forms.Forms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A copy of somebody's data in words.
 *
 * <p>Whatever somebody typed stands in quotation marks of a kind that no spreadsheet takes for its
 * own: pasted into one, no cell begins with what it would carry out.
 *
 * @param facts the request's number, and when what happened
 * @param uses the forms that were used, and when last
 * @param handed what was handed in, each time by itself
 * @param passedOn to whom it was passed on, and what they answered
 * @param history what was done with the data
 * @param looks who of the business looked at it
 * @param notes what they have written down
 */
public record CopyView(
    List<Entry> facts,
    List<Entry> values,
    List<Entry> consents,
    List<Entry> withdrawals,
    List<Entry> uses,
    List<Handed> handed,
    boolean moreHanded,
    List<Entry> waiting,
    boolean moreWaiting,
    List<ReceiptView.Row> passedOn,
    List<Entry> history,
    List<Entry> looks,
    boolean moreLooks,
    List<Entry> notes,
    boolean moreNotes,
    String tags,
    String hold) {

  /**
   * A line of a table.
   *
   * @param value what was typed, in quotation marks; or what happened
   * @param about where it comes from, and when
   */
  public record Entry(String name, String value, String about) {}

  /**
   * What was handed in at one time.
   *
   * @param caption of which form, which number, and when; or that it is all that was stored before
   */
  public record Handed(String caption, List<Entry> values) {}

  static CopyView of(DataCopy copy, Page page, Forms forms) {
    var names = new FormNames(forms, page.wording().language());
    return new CopyView(
        facts(copy, page),
        copy.values().stream().flatMap(it -> values(it, page, names)).toList(),
        copy.consents().stream().map(it -> consent(it, page, names)).toList(),
        copy.withdrawals().stream()
            .map(
                it ->
                    new Entry(
                        it.purpose().isEmpty()
                            ? page.text("copy.all-purposes")
                            : names.purpose(it.purpose()),
                        "",
                        time(it.at(), page)))
            .toList(),
        copy.uses().entrySet().stream()
            .map(it -> new Entry(names.form(it.getKey()), "", time(it.getValue(), page)))
            .toList(),
        copy.entries().stream().map(it -> handed(it, page, names)).toList(),
        copy.moreEntries(),
        copy.waiting().stream().map(it -> new Entry(it.id(), "", time(it.at(), page))).toList(),
        copy.moreWaiting(),
        copy.passedOn().stream().map(it -> ReceiptView.passed(it, page, names)).toList(),
        copy.history().stream().map(it -> deed(it, page)).toList(),
        copy.looks().stream().map(it -> look(it, page)).toList(),
        copy.moreLooks(),
        copy.notes().stream().map(it -> note(it, page)).toList(),
        copy.moreNotes(),
        String.join(", ", copy.tags()),
        Optional.ofNullable(copy.hold()).map(hold -> quoted(hold.ground())).orElse(""));
  }

  private static List<Entry> facts(DataCopy copy, Page page) {
    var facts = new ArrayList<Entry>();
    facts.add(new Entry(page.text("receipt.number"), copy.request(), ""));
    fact("copy.made", copy.madeAt(), page).ifPresent(facts::add);
    fact("copy.since", copy.since(), page).ifPresent(facts::add);
    fact("copy.confirmed", copy.confirmedAt(), page).ifPresent(facts::add);
    Optional.ofNullable(copy.address())
        .ifPresent(it -> facts.add(new Entry(page.text("copy.address"), it, "")));
    return List.copyOf(facts);
  }

  private static Optional<Entry> fact(String name, @Nullable Instant at, Page page) {
    return Optional.ofNullable(at).map(it -> new Entry(page.text(name), time(it, page), ""));
  }

  private static Stream<Entry> values(DataCopy.Value value, Page page, FormNames names) {
    var field = names.field(value.form(), value.field());
    var newest =
        value(
            field,
            names.value(value.form(), value.field(), value.value()),
            names.form(value.form()),
            value.at(),
            value.source(),
            page);
    var former = page.text("copy.former", Map.of("field", field));
    return Stream.concat(
        Stream.of(newest),
        value.before().reversed().stream()
            .map(
                it ->
                    value(
                        former,
                        names.value(it.form(), value.field(), it.value()),
                        names.form(it.form()),
                        it.at(),
                        it.source(),
                        page)));
  }

  private static Entry value(
      String name, String value, String form, Instant at, String source, Page page) {
    return new Entry(
        name, quoted(value), from(form, at, page) + (source.isEmpty() ? "" : " " + quoted(source)));
  }

  private static Handed handed(DataCopy.Entry entry, Page page, FormNames names) {
    var caption =
        page.text(
            entry.synthetic() ? "copy.entry.synthetic" : "copy.entry",
            Map.of(
                "form", names.form(entry.form()),
                "number", entry.number(),
                "time", time(entry.at(), page)));
    var values =
        entry.fields().properties().stream()
            .map(
                it ->
                    new Entry(
                        names.field(entry.form(), it.getKey()),
                        quoted(names.value(entry.form(), it.getKey(), it.getValue())),
                        ""));
    var gone =
        entry.hanging().keySet().stream()
            .filter(field -> !entry.fields().has(field))
            .map(
                field ->
                    new Entry(names.field(entry.form(), field), page.text("copy.not-kept"), ""));
    var signal =
        entry.optsOut()
            ? Stream.of(new Entry(page.text("copy.gpc"), page.text("copy.gpc.said"), ""))
            : Stream.<Entry>of();
    return new Handed(
        caption, Stream.of(values, gone, signal, marked(entry, page)).flatMap(it -> it).toList());
  }

  /** What has no text was written there by somebody else. */
  private static Stream<Entry> marked(DataCopy.Entry entry, Page page) {
    var messages = page.wording().messages();
    var tags =
        entry.tags().stream()
            .map("staff.tag."::concat)
            .filter(messages::containsKey)
            .map(page::text)
            .collect(Collectors.joining(", "));
    return tags.isEmpty()
        ? Stream.of()
        : Stream.of(new Entry(page.text("copy.entry.tags"), tags, ""));
  }

  private static Entry consent(DataCopy.Consent consent, Page page, FormNames names) {
    var state = page.text(consent.stands() ? "copy.stands" : "copy.withdrawn");
    return new Entry(
        consent.purpose().isEmpty() ? consent.name() : names.purpose(consent.purpose()),
        quoted(consent.text().isEmpty() ? consent.wording() : consent.text()),
        state + " " + from(names.form(consent.form()), consent.at(), page));
  }

  private static Entry deed(DataCopy.Deed deed, Page page) {
    return new Entry(time(deed.at(), page), page.text("copy.deed." + deed.what().code()), "");
  }

  /** A reason may be none any more: then its own word says it. */
  private static Entry look(DataCopy.Look look, Page page) {
    var messages = page.wording().messages();
    var reason =
        look.reason().equals("work")
            ? page.text("copy.look.work")
            : messages.getOrDefault("staff.reason." + look.reason(), look.reason());
    var who = look.who() == null ? look.role() : look.who() + " · " + look.role();
    return new Entry(time(look.at(), page), who, reason);
  }

  private static Entry note(DataCopy.Note note, Page page) {
    var on = note.on();
    var about =
        on == null || !note.kind().equals("phone")
            ? ""
            : page.text("copy.note.phone", Map.of("date", page.day(on))) + " ";
    var who = note.who() == null ? note.role() : note.who() + " · " + note.role();
    return new Entry(time(note.at(), page), quoted(note.text()), about + who);
  }

  private static String from(String form, Instant at, Page page) {
    return page.text("copy.from", Map.of("form", form, "time", time(at, page)));
  }

  private static String time(Instant at, Page page) {
    return ReceiptView.local(at, page);
  }

  static String quoted(String text) {
    return "“" + text + "”";
  }
}
