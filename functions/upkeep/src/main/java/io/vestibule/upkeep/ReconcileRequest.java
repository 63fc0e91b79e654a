package io.vestibule.upkeep;

import io.vestibule.core.HeldReason;
import io.vestibule.core.RowId;
import io.vestibule.core.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What the reconciler is asked for, by a schedule or a person. */
sealed interface ReconcileRequest {

  /** Of what is decided about by its ids. */
  int MOST_AT_ONCE = 100;

  /** <code>{}</code>: wake what has been open for too long. */
  record Wake() implements ReconcileRequest {}

  /** <code>{"release": "&lt;id&gt;"}</code>: free what is held. */
  record Release(RowId id) implements ReconcileRequest {}

  /** <code>{"reject": "&lt;id&gt;"}</code>: end what is held. */
  record Reject(RowId id) implements ReconcileRequest {}

  /** <code>{"releaseAll": "&lt;reason&gt;", "form": "&lt;form&gt;"}</code>: free all of those. */
  record ReleaseAll(HeldReason reason, String form) implements ReconcileRequest {}

  /** <code>{"rejectAll": "&lt;reason&gt;", "form": "&lt;form&gt;"}</code>: end all of those. */
  record RejectAll(HeldReason reason, String form) implements ReconcileRequest {}

  /**
   * <code>{"release": "&lt;id&gt; &lt;id&gt; …", "for": "&lt;reason&gt;"}</code>: free these, as
   * long as they are held for that.
   */
  record ReleaseSome(HeldReason reason, List<RowId> ids) implements ReconcileRequest {}

  /**
   * <code>{"reject": "&lt;id&gt; &lt;id&gt; …", "for": "&lt;reason&gt;"}</code>: end these, as long
   * as they are held for that.
   */
  record RejectSome(HeldReason reason, List<RowId> ids) implements ReconcileRequest {}

  /** <code>{"held": "count"}</code>: tell how many are held, by form and reason. */
  record CountHeld() implements ReconcileRequest {}

  /**
   * <code>{"held": "&lt;reason&gt;", "after": "2026-11-21T20:14:00.000Z"}</code>: tell which are
   * held for it, the oldest first.
   *
   * @param after only those that came in later; the epoch if all are meant
   */
  record ListHeld(HeldReason reason, Instant after) implements ReconcileRequest {}

  /** <code>{"books": "yesterday"}</code>: do the books of the day that has ended, and publish. */
  record BooksOfYesterday() implements ReconcileRequest {}

  /**
   * <code>{"books": "week"}</code>: do the books of the seven days (UTC) that have ended last, as
   * one, and only tell.
   */
  record BooksOfWeek() implements ReconcileRequest {}

  /** <code>{"books": "2026-11-21"}</code>: do the books of a day (UTC), and only tell. */
  record BooksOf(LocalDate day) implements ReconcileRequest {}

  /**
   * Reads an event.
   *
   * @throws IllegalArgumentException if it says anything else: a mistyped decision must not pass
   *     for a scheduled run
   */
  static ReconcileRequest parse(Map<String, String> event) {
    return switch (String.join(" ", new TreeSet<>(event.keySet()))) {
      case "" -> new Wake();
      case "release" -> new Release(id(event, "release"));
      case "reject" -> new Reject(id(event, "reject"));
      case "form releaseAll" -> new ReleaseAll(reason(event, "releaseAll"), text(event, "form"));
      case "form rejectAll" -> new RejectAll(reason(event, "rejectAll"), text(event, "form"));
      case "for release" -> new ReleaseSome(reason(event, "for"), ids(event, "release"));
      case "for reject" -> new RejectSome(reason(event, "for"), ids(event, "reject"));
      case "held" ->
          text(event, "held").equals("count")
              ? new CountHeld()
              : new ListHeld(reason(event, "held"), Instant.EPOCH);
      case "after held" -> new ListHeld(reason(event, "held"), time(event, "after"));
      case "books" -> books(text(event, "books"));
      default ->
          throw new IllegalArgumentException(
              """
              The event is none of {}, {"release":"<id>"}, {"reject":"<id>"}, \
              {"releaseAll":"<reason>","form":"<form>"}, {"rejectAll":"<reason>","form":"<form>"}, \
              {"release":"<id> <id>","for":"<reason>"}, {"reject":"<id> <id>","for":"<reason>"}, \
              {"held":"count"}, {"held":"<reason>"}, {"held":"<reason>","after":"<time>"}, \
              {"books":"yesterday"}, {"books":"week"} and {"books":"<yyyy-mm-dd>"}""");
    };
  }

  private static ReconcileRequest books(String of) {
    return switch (of) {
      case "yesterday" -> new BooksOfYesterday();
      case "week" -> new BooksOfWeek();
      default -> new BooksOf(day(of));
    };
  }

  private static String text(Map<String, String> event, String name) {
    return event.getOrDefault(name, "");
  }

  private static RowId id(Map<String, String> event, String name) {
    return id(text(event, name));
  }

  private static RowId id(String text) {
    return RowId.parse(text)
        .orElseThrow(() -> new IllegalArgumentException("That is not the id of a submission"));
  }

  private static List<RowId> ids(Map<String, String> event, String name) {
    var ids =
        Arrays.stream(text(event, name).split(" ", -1))
            .map(ReconcileRequest::id)
            .distinct()
            .toList();
    if (ids.size() > MOST_AT_ONCE) {
      throw new IllegalArgumentException("So many are not decided about at once");
    }
    return ids;
  }

  private static Instant time(Map<String, String> event, String name) {
    try {
      return Timestamp.parse(text(event, name));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("That is not a time, such as 2026-11-21T20:14:00.000Z", e);
    }
  }

  private static HeldReason reason(Map<String, String> event, String name) {
    return HeldReason.of(text(event, name))
        .orElseThrow(() -> new IllegalArgumentException("Nothing is held for such a reason"));
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("That is not a day, such as 2026-11-21", e);
    }
  }
}
