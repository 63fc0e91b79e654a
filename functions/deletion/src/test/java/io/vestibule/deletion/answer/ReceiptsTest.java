package io.vestibule.deletion.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Law;
import io.vestibule.core.Passed;
import io.vestibule.core.Receipt;
import io.vestibule.core.Receipt.Rest;
import io.vestibule.store.Erasure;
import io.vestibule.store.Table;
import io.vestibule.store.people.Leftover;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReceiptsTest {

  private static final Instant NOW = Instant.parse("2026-11-18T09:00:00Z");

  private final Receipts receipts =
      new Receipts(Rights.under(Law.GDPR), Optional.empty(), Duration.ofDays(7));

  @Test
  void theReceiptOfACustomerNamesEveryTableThatKeepsSomething() {
    var receipt = receipt(Optional.of("c1"), List.of());
    var rests = receipt.remains().stream().map(Receipt.Remnant::what).toList();
    var places = left(receipt).stream().map(Receipt.Left::where).toList();

    for (var table : Table.values()) {
      var leftover = Leftover.in(table);
      assertThat(rests).as(table.label()).containsAll(leftover.rests());
      assertThat(places.contains(table.label()))
          .as(table.label())
          .isEqualTo(leftover.stay().isPresent());
    }
    assertThat(places).contains(Leftover.STREAMS);
  }

  @Test
  void whoWasNoCustomerHasNoNumberAnywhere() {
    var receipt = receipt(Optional.empty(), List.of());

    assertThat(receipt.remains())
        .map(Receipt.Remnant::what)
        .containsExactly(Rest.MARKER, Rest.SUPPRESSION, Rest.UNHANDLED);
    assertThat(left(receipt))
        .map(Receipt.Left::where)
        .containsExactly("submissions", "requests", "audit", "mail-limits", Leftover.STREAMS);
  }

  @Test
  void theRequestStaysLongerWhileAnswersAreAwaited() {
    var awaited = new Passed("crm", "DE", List.of("name"), NOW, NOW, null, null, null).awaited();

    assertThat(end(receipt(Optional.of("c1"), List.of()), "requests"))
        .isEqualTo(NOW.plus(Duration.ofDays(30)));
    assertThat(end(receipt(Optional.of("c1"), List.of(awaited)), "requests"))
        .isEqualTo(NOW.plus(Duration.ofDays(365)));
    assertThat(end(receipt(Optional.of("c1"), List.of(awaited)), "deliveries")).isNull();
  }

  @Test
  void withTheLastAnswerWhatWasKeptForAnswersGetsItsEndAndAllElseKeepsTheOneThatItHad() {
    var asked = new Passed("crm", "DE", List.of("name"), NOW, NOW, null, null, null).awaited();
    var before = receipt(Optional.of("c1"), List.of(asked));
    var later = NOW.plus(Duration.ofDays(350));

    assertThat(Receipts.left(before, List.of(asked), later)).isEqualTo(before.remainsIn());
    var left = Receipts.left(before, List.of(), later);
    var last = before.renewed(new byte[] {1}, List.of(), left, later);
    assertThat(end(last, "requests")).isEqualTo(later.plus(Duration.ofDays(30)));
    assertThat(end(last, "deliveries")).isAfter(later);
    assertThat(end(last, "submissions")).isEqualTo(end(before, "submissions"));
    assertThat(left(last)).hasSameSizeAs(left(before));
  }

  private Receipt receipt(Optional<String> customer, List<Passed> passedOn) {
    return receipts.erased(
        "r1", new Erasure("hash", customer, NOW, "r1"), Optional.empty(), passedOn, NOW);
  }

  private static List<Receipt.Left> left(Receipt receipt) {
    return Objects.requireNonNull(receipt.remainsIn());
  }

  private static @Nullable Instant end(Receipt receipt, String where) {
    return left(receipt).stream()
        .filter(it -> it.where().equals(where))
        .findFirst()
        .orElseThrow()
        .endsAt();
  }

  @Test
  void aKeyCanBeRecoveredForAsLongAsItsTable() {
    assertThat(Receipts.keyRecoverable(7, false)).isEqualTo(Duration.ofDays(7));
  }

  /** Which are made, taken to the other Region and deleted some hours late each. */
  @Test
  void copiesOfAKeyLastTwoDaysLonger() {
    assertThat(Receipts.keyRecoverable(7, true)).isEqualTo(Duration.ofDays(9));
  }
}
