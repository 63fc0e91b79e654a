package io.vestibule.upkeep;

import io.vestibule.core.HeldReason;
import io.vestibule.core.RowId;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeSet;

/** What the reconciler is asked for, by a schedule or a person. */
sealed interface ReconcileRequest {

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

  /** <code>{"books": "yesterday"}</code>: do the books of the day that has ended, and publish. */
  record BooksOfYesterday() implements ReconcileRequest {}

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
      case "books" ->
          text(event, "books").equals("yesterday")
              ? new BooksOfYesterday()
              : new BooksOf(day(text(event, "books")));
      default ->
          throw new IllegalArgumentException(
              """
              The event is none of {}, {"release":"<id>"}, {"reject":"<id>"}, \
              {"releaseAll":"<reason>","form":"<form>"}, {"rejectAll":"<reason>","form":"<form>"}, \
              {"books":"yesterday"} and {"books":"<yyyy-mm-dd>"}""");
    };
  }

  private static String text(Map<String, String> event, String name) {
    return event.getOrDefault(name, "");
  }

  private static RowId id(Map<String, String> event, String name) {
    return RowId.parse(text(event, name))
        .orElseThrow(() -> new IllegalArgumentException("That is not the id of a submission"));
  }

  private static HeldReason reason(Map<String, String> event, String name) {
    return Arrays.stream(HeldReason.values())
        .filter(reason -> reason.code().equals(text(event, name)))
        .findFirst()
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
