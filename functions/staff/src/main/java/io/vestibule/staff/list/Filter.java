package io.vestibule.staff.list;

import io.vestibule.core.EntryId;
import io.vestibule.store.people.EntryState;
import io.vestibule.store.people.Span;
import io.vestibule.web.Links;
import io.vestibule.web.Request;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which entries somebody wants to see.
 *
 * @param form by its name; empty for all
 * @param month where the business is; empty for all
 * @param before only older ones than this
 */
public record Filter(
    EntryState state, Optional<String> form, Optional<YearMonth> month, Optional<EntryId> before) {

  private static final int FIRST_YEAR = 1000;
  private static final int LAST_YEAR = 9998;

  /**
   * Reads it. What it cannot be is as if it were not there.
   *
   * @param sees which forms there are for the person
   */
  public static Filter of(Request request, Predicate<String> sees) {
    return new Filter(
        request.query("state").flatMap(EntryState::of).orElse(EntryState.NEW),
        request.query("form").filter(it -> !it.isEmpty()).filter(sees),
        request.query("month").flatMap(Filter::month),
        before(request));
  }

  /** Where a page of a list begins: only older ones than this. */
  public static Optional<EntryId> before(Request request) {
    try {
      return request.query("before").map(EntryId::new);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Of a year that an entry's id can have, also where the next month begins. */
  private static Optional<YearMonth> month(String text) {
    try {
      return Optional.of(YearMonth.parse(text))
          .filter(it -> it.getYear() >= FIRST_YEAR && it.getYear() <= LAST_YEAR);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** From when until when. */
  public Span span(ZoneId business) {
    var span =
        month
            .map(it -> new Span(bound(it, business), bound(it.plusMonths(1), business)))
            .orElse(Span.ALL);
    return before.map(span::before).orElse(span);
  }

  private static String bound(YearMonth month, ZoneId business) {
    return EntryId.bound(month.atDay(1).atStartOfDay(business).toInstant());
  }

  /** The same in another state, from its first page on. */
  public Filter in(EntryState other) {
    return new Filter(other, form, month, Optional.empty());
  }

  /** The next page. */
  public Filter before(EntryId id) {
    return new Filter(state, form, month, Optional.of(id));
  }

  /** Where the list is. */
  public String path() {
    return Links.withQuery("/staff/new", query());
  }

  /** As the audit tells it: nothing of it is about a person. */
  public String told() {
    var told = new LinkedHashMap<>(query());
    told.remove("state");
    told.remove("before");
    return told.isEmpty() ? state.code() : state.code() + " " + told;
  }

  private Map<String, String> query() {
    var query = new LinkedHashMap<String, String>();
    query.put("state", state.code());
    form.ifPresent(it -> query.put("form", it));
    month.ifPresent(it -> query.put("month", it.toString()));
    before.ifPresent(it -> query.put("before", it.value()));
    return query;
  }
}
