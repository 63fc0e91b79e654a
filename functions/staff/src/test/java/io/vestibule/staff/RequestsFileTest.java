package io.vestibule.staff;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.RowId;
import io.vestibule.core.Status;
import io.vestibule.store.rows.AskedRequests.Asked;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RequestsFileTest {

  private static final Instant NOW = Instant.parse("2026-11-21T20:14:00Z");

  @Test
  void aFloodThatNobodyConfirmsTakesTheFileFromNobody() {
    var flood = IntStream.range(0, 100).mapToObj(it -> asked(it, false, Status.MAILED));
    var rows = Stream.concat(flood, Stream.of(asked(200, true, Status.HELD)));

    var file = RequestsFile.of(Stream.of(asked(300, true, Status.HELD)), rows, 10).orElseThrow();

    assertThat(file)
        .hasSize(10)
        .contains(asked(200, true, Status.HELD), asked(300, true, Status.HELD));
  }

  @Test
  void withTooManyConfirmedOnesThereIsNone() {
    var many = IntStream.range(0, 11).mapToObj(it -> asked(it, true, Status.DONE));
    assertThat(RequestsFile.of(many, Stream.of(), 10)).isEmpty();
  }

  @Test
  void theRowSaysMoreUntilItWasWrittenDownThatItHasEnded() {
    var open = asked(1, true, Status.VERIFIED);
    var ended = asked(1, true, Status.DONE);
    assertThat(RequestsFile.of(Stream.of(open), Stream.of(ended), 10).orElseThrow())
        .containsExactly(ended);
    assertThat(RequestsFile.of(Stream.of(ended), Stream.of(open), 10).orElseThrow())
        .containsExactly(ended);
  }

  private static Asked asked(int number, boolean isConfirmed, Status status) {
    return new Asked(
        new RowId("r%022d".formatted(number)),
        status,
        Optional.empty(),
        Optional.empty(),
        NOW.minusSeconds(number),
        Optional.of(NOW).filter(_ -> isConfirmed),
        Optional.empty(),
        Optional.of(NOW).filter(_ -> status == Status.DONE),
        Optional.empty());
  }
}
