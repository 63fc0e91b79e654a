package io.vestibule.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.DataCopy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A copy of somebody's data in words.
 *
 * <p>Whatever somebody typed stands in quotation marks of a kind that no spreadsheet takes for its
 * own: pasted into one, no cell begins with what it would carry out.
 *
 * @param facts the request's number, and when what happened
 * @param history what was done with the data
 */
public record CopyView(
    List<Entry> facts,
    List<Entry> values,
    List<Entry> consents,
    List<Entry> withdrawals,
    List<Entry> waiting,
    List<Entry> history,
    String tags,
    String hold) {

  /**
   * A line of a table.
   *
   * @param value what was typed, in quotation marks; or what happened
   * @param about where it comes from, and when
   */
  public record Entry(String name, String value, String about) {}

  static CopyView of(DataCopy copy, Page page) {
    return new CopyView(
        facts(copy, page),
        copy.values().stream().map(it -> value(it, page)).toList(),
        copy.consents().stream().map(it -> consent(it, page)).toList(),
        copy.withdrawals().stream()
            .map(
                it ->
                    new Entry(
                        it.purpose().isEmpty() ? page.text("copy.all-purposes") : it.purpose(),
                        "",
                        time(it.at(), page)))
            .toList(),
        copy.waiting().stream().map(it -> new Entry(it.id(), "", time(it.at(), page))).toList(),
        copy.history().stream().map(CopyView::deed).toList(),
        String.join(", ", copy.tags()),
        Optional.ofNullable(copy.hold()).map(hold -> quoted(hold.ground())).orElse(""));
  }

  private static List<Entry> facts(DataCopy copy, Page page) {
    var made =
        List.of(
            new Entry(page.text("receipt.number"), copy.request(), ""),
            new Entry(page.text("copy.made"), time(copy.madeAt(), page), ""));
    var since = copy.since();
    var confirmed = copy.confirmedAt();
    return since == null || confirmed == null
        ? made
        : List.of(
            made.getFirst(),
            made.getLast(),
            new Entry(page.text("copy.since"), time(since, page), ""),
            new Entry(page.text("copy.confirmed"), time(confirmed, page), ""));
  }

  private static Entry value(DataCopy.Value value, Page page) {
    return new Entry(
        value.field(),
        quoted(text(value.value())),
        from(value.form(), value.at(), page)
            + (value.source().isEmpty() ? "" : " " + quoted(value.source())));
  }

  private static Entry consent(DataCopy.Consent consent, Page page) {
    var state = page.text(consent.stands() ? "copy.stands" : "copy.withdrawn");
    return new Entry(
        consent.purpose().isEmpty() ? consent.name() : consent.purpose(),
        quoted(consent.text().isEmpty() ? consent.wording() : consent.text()),
        state + " " + from(consent.form(), consent.at(), page));
  }

  private static Entry deed(DataCopy.Deed deed) {
    return new Entry(deed.at(), deed.what(), deed.by());
  }

  private static String from(String form, Instant at, Page page) {
    return page.text("copy.from", Map.of("form", form, "time", time(at, page)));
  }

  private static String time(Instant at, Page page) {
    return ReceiptView.local(at, page);
  }

  private static String text(JsonNode value) {
    return value.isTextual() ? value.textValue() : value.toString();
  }

  static String quoted(String text) {
    return "“" + text + "”";
  }
}
