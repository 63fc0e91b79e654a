package io.vestibule.staff.operations;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.staff.orders.Orders;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** What became of all that came in: ReconcileFunction counts it, form by form. It names nobody. */
public final class DayBooks {

  /** What is asked for the seven days that have ended last. */
  public static final String WEEK = "week";

  private final Orders reconcile;

  public DayBooks(Orders reconcile) {
    this.reconcile = reconcile;
  }

  /**
   * A form's book.
   *
   * @param day the first one (UTC)
   * @param expired what nobody confirmed in time
   */
  public record Book(
      String form,
      String day,
      int accepted,
      int open,
      int done,
      int held,
      int expired,
      int erased) {}

  /**
   * The books of a day, or of the {@link #WEEK}. Each reads both tables once.
   *
   * @throws Orders.Failed nobody can tell now
   */
  public List<Book> of(String when) throws Orders.Failed {
    var answer = reconcile.give(Map.of("books", when));
    return StreamSupport.stream(answer.path("books").spliterator(), false)
        .map(DayBooks::book)
        .toList();
  }

  private static Book book(JsonNode book) {
    return new Book(
        book.path("form").asText(),
        book.path("day").asText(),
        book.path("accepted").asInt(),
        book.path("open").asInt(),
        book.path("done").asInt(),
        book.path("held").asInt(),
        book.path("expired").asInt(),
        book.path("erased").asInt());
  }
}
