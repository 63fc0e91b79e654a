package io.vestibule.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowIdTest {

  @Test
  void anIdReadsBackFromItsText() {
    var id = RowId.random(Destination.STORAGE, new SecureRandom());

    assertThat(RowId.parse(id.toString())).contains(id);
    assertThat(id.value()).startsWith("s").hasSize(23);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "s",
        "confirmed",
        "xAAAAAAAAAAAAAAAAAAAAAA",
        "sAAAAAAAAAAAAAAAAAAAAA/",
        "sAAAAAAAAAAAAAAAAAAAAAAA",
        "sAAAAAAAAAAAAAAAAAAAAAA\n"
      })
  void whatCannotBeAnIdIsNone(String text) {
    assertThat(RowId.parse(text)).isEmpty();
  }
}
