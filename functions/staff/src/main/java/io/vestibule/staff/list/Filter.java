package io.vestibule.staff.list;

import io.vestibule.core.EntryId;
import io.vestibule.staff.entry.Move;
import io.vestibule.staff.entry.Whose;
import io.vestibule.store.people.Entries.Marked;
import io.vestibule.store.people.EntryState;
import io.vestibule.store.people.Span;
import io.vestibule.web.Links;
import io.vestibule.web.Request;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which entries somebody wants to see.
 *
 * @param whose only what is seen to so; empty for all
 * @param tag only what is marked so; empty for all
 * @param form by its name; empty for all
 * @param month where the business is; empty for all
 * @param before only older ones than this
 */
public record Filter(
    EntryState state,
    Optional<Whose> whose,
    Optional<String> tag,
    Optional<String> form,
    Optional<YearMonth> month,
    Optional<EntryId> before) {

  private static final int FIRST_YEAR = 1000;
  private static final int LAST_YEAR = 9998;

  /**
   * Reads it. What it cannot be is as if it were not there.
   *
   * @param sees which forms there are for the person
   * @param tags that there are
   */
  public static Filter of(Request request, Predicate<String> sees, Collection<String> tags) {
    var state = request.query("state").flatMap(EntryState::of).orElse(EntryState.NEW);
    return new Filter(
        state,
        request
            .query("by")
            .flatMap(Whose::of)
            .filter(it -> it != Whose.OTHER && state == EntryState.TAKEN),
        tag(request, tags),
        request.query("form").filter(it -> !it.isEmpty()).filter(sees),
        request.query("month").flatMap(Filter::month),
        before(request));
  }

  /** By which tag a list is filtered. */
  public static Optional<String> tag(Request request, Collection<String> tags) {
    return request.query("tag").filter(tags::contains);
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

  /** The same in another state, whoever sees to it, from its first page on. */
  public Filter in(EntryState other) {
    return new Filter(other, Optional.empty(), tag, form, month, Optional.empty());
  }

  /** What is taken, and seen to so, from its first page on. */
  public Filter takenBy(Whose who) {
    return new Filter(EntryState.TAKEN, Optional.of(who), tag, form, month, Optional.empty());
  }

  /** The same from its first page on. */
  public Filter first() {
    return new Filter(state, whose, tag, form, month, Optional.empty());
  }

  /** As those who move something from here on have seen it. */
  public Move.From from() {
    return new Move.From(state, whose);
  }

  /**
   * Whether it lets an entry through.
   *
   * @param holders who may see to it, if it matters who does
   */
  boolean lets(Marked entry, Collection<String> holders) {
    var standing = entry.standing();
    return standing.state() == state
        && (whose.isEmpty() || standing.takenBy().filter(holders::contains).isPresent())
        && tag.filter(it -> !standing.tags().contains(it)).isEmpty()
        && form.filter(it -> !it.equals(entry.listed().form())).isEmpty();
  }

  /** The next page. */
  public Filter before(EntryId id) {
    return new Filter(state, whose, tag, form, month, Optional.of(id));
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
    whose.ifPresent(it -> query.put("by", it.code()));
    tag.ifPresent(it -> query.put("tag", it));
    form.ifPresent(it -> query.put("form", it));
    month.ifPresent(it -> query.put("month", it.toString()));
    before.ifPresent(it -> query.put("before", it.value()));
    return query;
  }
}
