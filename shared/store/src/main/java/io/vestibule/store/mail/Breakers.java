package io.vestibule.store.mail;

import static io.vestibule.store.Attributes.number;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The breakers that have opened: that of the account, and those of forms. */
public record Breakers(Optional<Breaker> account, Map<String, Breaker> forms) {

  /** What the breakers read of their row. */
  static final String COLUMNS = "#openedAt, #slowedAt, #countsFrom, #forms";

  /** While mails go out as they should. */
  public static final Breakers NONE = new Breakers(Optional.empty(), Map.of());

  /**
   * Of a row that none of ours wrote: what was stopped, it does not tell, so everything is, until a
   * person resumes it. Else whoever can write the row could let out what SES would stop the account
   * for, or have every mailer and reconciler fail.
   */
  public static final Breakers UNREADABLE =
      NONE.withAccount(new Breaker(Pace.STOPPED, Instant.parse("9999-01-01T00:00:00Z"), 0));

  /** The pace for whoever uses a form: its own, or that of the account if that is slower. */
  public Pace of(String form, Instant now) {
    return Stream.of(ofAccount(now), ofForm(form, now)).max(Comparator.naturalOrder()).get();
  }

  /**
   * The pace for customers who ask about their data. Their addresses are known to be good, and a
   * right must not hang on what strangers enter: only the account's danger stops them.
   */
  public Pace ofCustomers(Instant now) {
    return ofAccount(now) == Pace.STOPPED ? Pace.STOPPED : Pace.FULL;
  }

  /** Whether any mail goes out more slowly than it would. */
  boolean areOpen(Instant now) {
    return ofAccount(now) != Pace.FULL
        || forms.keySet().stream().anyMatch(form -> ofForm(form, now) != Pace.FULL);
  }

  Pace ofAccount(Instant now) {
    return pace(account, now);
  }

  Pace ofForm(String form, Instant now) {
    return pace(form(form), now);
  }

  Optional<Breaker> form(String form) {
    return Optional.ofNullable(forms.get(form));
  }

  private static Pace pace(Optional<Breaker> breaker, Instant now) {
    return breaker.map(it -> it.at(now)).orElse(Pace.FULL);
  }

  Breakers withAccount(Breaker breaker) {
    return new Breakers(Optional.of(breaker), forms);
  }

  Breakers withForm(String form, Breaker breaker) {
    var all = new TreeMap<>(forms);
    all.put(form, breaker);
    return new Breakers(account, Map.copyOf(all));
  }

  /** {@link #UNREADABLE} if none of ours wrote the row. */
  static Breakers read(Map<String, AttributeValue> row) {
    try {
      return parse(row);
    } catch (NoSuchElementException | IllegalArgumentException | DateTimeException e) {
      return UNREADABLE;
    }
  }

  /**
   * A row that has only {@code openedAt} is one of the version that had no other breaker.
   *
   * @throws NoSuchElementException or another of {@link #read} if none of ours wrote it
   */
  private static Breakers parse(Map<String, AttributeValue> row) {
    require(row, AttributeValue.Type.S, "openedAt", "slowedAt");
    require(row, AttributeValue.Type.M, "forms");
    long version = count(row, "countsFrom");
    var account =
        time(row, "openedAt")
            .map(since -> new Breaker(Pace.STOPPED, since, version))
            .or(() -> time(row, "slowedAt").map(at -> new Breaker(Pace.SLOW, at, version)));
    var forms = new HashMap<String, Breaker>();
    if (row.containsKey("forms")) {
      row.get("forms").m().forEach((form, breaker) -> forms.put(form, breaker(breaker.m())));
    }
    return new Breakers(account, Map.copyOf(forms));
  }

  /**
   * Whether columns are of a type, if they are there.
   *
   * @throws IllegalArgumentException if one is of another
   */
  static void require(
      Map<String, AttributeValue> row, AttributeValue.Type type, String... columns) {
    for (var column : columns) {
      if (row.containsKey(column) && row.get(column).type() != type) {
        throw new IllegalArgumentException(column + " is of another type");
      }
    }
  }

  private static Breaker breaker(Map<String, AttributeValue> map) {
    return new Breaker(
        text(map, "pace").map(Pace::valueOf).orElseThrow(),
        time(map, "since").orElseThrow(),
        count(map, "version"));
  }

  /** The columns that there are to be, of {@link #COLUMNS}. */
  Map<String, AttributeValue> columns() {
    var columns = new HashMap<String, AttributeValue>();
    account.ifPresent(
        it -> {
          columns.put(it.pace() == Pace.STOPPED ? "openedAt" : "slowedAt", time(it.since()));
          columns.put("countsFrom", number(it.version()));
        });
    var all = new HashMap<String, AttributeValue>();
    forms.forEach((form, breaker) -> all.put(form, map(breaker)));
    columns.put("forms", AttributeValue.fromM(all));
    return columns;
  }

  private static AttributeValue map(Breaker breaker) {
    return AttributeValue.fromM(
        Map.of(
            "pace", text(breaker.pace().name()),
            "since", time(breaker.since()),
            "version", number(breaker.version())));
  }

  static long count(Map<String, AttributeValue> row, String column) {
    return row.containsKey(column) ? Long.parseLong(row.get(column).n()) : 0;
  }
}
