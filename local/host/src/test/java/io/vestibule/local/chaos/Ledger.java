package io.vestibule.local.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Json;
import io.vestibule.local.host.LocalHost;
import io.vestibule.local.host.Outcome;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The books as the function does them that keeps them. */
record Ledger(LocalHost host) {

  private static final List<String> STATES = List.of("open", "done", "held", "expired", "erased");

  /** How many of a day's submissions are in which state; states without any are left out. */
  Map<String, Integer> of(LocalDate day) {
    var event = Json.MAPPER.createObjectNode().put("books", day.toString());
    var outcome = host.functions().invoke("ReconcileFunction", event, "test").outcome();
    if (!(outcome instanceof Outcome.Returned(var answer))) {
      throw new AssertionError(outcome);
    }
    var counts = new TreeMap<String, Integer>();
    for (JsonNode book : answer.path("books")) {
      for (String state : STATES) {
        counts.merge(state, book.path(state).asInt(), Integer::sum);
      }
    }
    counts.values().removeIf(count -> count == 0);
    return counts;
  }

  /** How many were accepted from one day to another, both included. */
  int accepted(LocalDate from, LocalDate to) {
    return from.datesUntil(to.plusDays(1))
        .mapToInt(day -> of(day).values().stream().mapToInt(Integer::intValue).sum())
        .sum();
  }
}
