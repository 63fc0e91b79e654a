package io.vestibule.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vestibule.core.HeldReason;
import io.vestibule.core.RowId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReconcileRequestTest {

  private static final String ID = "sAAAAAAAAAAAAAAAAAAAAAA";

  @Test
  void eachOrderIsReadAsItIsMeant() {
    assertThat(ReconcileRequest.parse(Map.of())).isEqualTo(new ReconcileRequest.Wake());
    assertThat(ReconcileRequest.parse(Map.of("release", ID)))
        .isEqualTo(new ReconcileRequest.Release(new RowId(ID)));
    assertThat(ReconcileRequest.parse(Map.of("reject", ID)))
        .isEqualTo(new ReconcileRequest.Reject(new RowId(ID)));
    assertThat(ReconcileRequest.parse(Map.of("releaseAll", "paused", "form", "contact")))
        .isEqualTo(new ReconcileRequest.ReleaseAll(HeldReason.PAUSED, "contact"));
    assertThat(ReconcileRequest.parse(Map.of("rejectAll", "spam", "form", "gone")))
        .isEqualTo(new ReconcileRequest.RejectAll(HeldReason.SPAM, "gone"));
    assertThat(ReconcileRequest.parse(Map.of("release", ID + " " + ID, "for", "spam")))
        .isEqualTo(new ReconcileRequest.ReleaseSome(HeldReason.SPAM, List.of(new RowId(ID))));
    assertThat(ReconcileRequest.parse(Map.of("reject", ID, "for", "forged")))
        .isEqualTo(new ReconcileRequest.RejectSome(HeldReason.FORGED, List.of(new RowId(ID))));
    assertThat(ReconcileRequest.parse(Map.of("held", "count")))
        .isEqualTo(new ReconcileRequest.CountHeld());
    assertThat(ReconcileRequest.parse(Map.of("held", "spam")))
        .isEqualTo(new ReconcileRequest.ListHeld(HeldReason.SPAM, Instant.EPOCH));
    assertThat(ReconcileRequest.parse(Map.of("held", "spam", "after", "2026-11-21T20:14:00.000Z")))
        .isEqualTo(
            new ReconcileRequest.ListHeld(HeldReason.SPAM, Instant.parse("2026-11-21T20:14:00Z")));
    assertThat(ReconcileRequest.parse(Map.of("books", "yesterday")))
        .isEqualTo(new ReconcileRequest.BooksOfYesterday());
    assertThat(ReconcileRequest.parse(Map.of("books", "2026-11-21")))
        .isEqualTo(new ReconcileRequest.BooksOf(LocalDate.of(2026, 11, 21)));
  }

  @Test
  void aMistypedDecisionDoesNotPassForAScheduledRunAndIsNotQuoted() {
    List<Map<String, String>> slips =
        List.of(
            Map.of("Release", ID),
            Map.of("release", "ada@example.org"),
            Map.of("release", ID, "reject", ID),
            Map.of("releaseAll", "paused"),
            Map.of("releaseAll", "ada@example.org", "form", "contact"),
            Map.of("form", "contact"),
            Map.of("release", ID + " ada@example.org", "for", "spam"),
            Map.of("release", ID, "for", "ada@example.org"),
            Map.of("release", many(101), "for", "spam"),
            Map.of("held", "ada@example.org"),
            Map.of("held", "spam", "after", "ada@example.org"),
            Map.of("books", "ada@example.org"),
            Map.of("books", "2026-02-30"));
    for (var slip : slips) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> ReconcileRequest.parse(slip))
          .withMessageNotContaining("ada@example.org");
    }
  }

  private static String many(int count) {
    return IntStream.range(0, count).mapToObj("s%022d"::formatted).collect(Collectors.joining(" "));
  }
}
