package io.vestibule.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FingerprintsTest {

  private final Fingerprints known =
      new Fingerprints(LongStream.of(Fingerprints.of(Stream.of("a", "b"))));

  @Test
  void aNumberThatIsThereIsMetOnce() {
    assertThat(known.waitsFor("a")).isTrue();
    assertThat(known.meet("a")).isTrue();
    assertThat(known.waitsFor("a")).isFalse();
  }

  @Test
  void aNumberThatIsNotThereIsNeitherMetNorWaitedFor() {
    assertThat(known.meet("c")).isFalse();
    assertThat(known.waitsFor("c")).isFalse();
  }

  @Test
  void allAreMetWhenEachWas() {
    known.meet("a");
    assertThat(known.isAllMet()).isFalse();
    known.meet("b");
    assertThat(known.isAllMet()).isTrue();
  }
}
