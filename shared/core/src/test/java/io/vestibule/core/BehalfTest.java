package io.vestibule.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Behalf.Channel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a row says of whoever entered it is a word and roles, and nothing else. */
class BehalfTest {

  @Test
  void itIsReadAsItWasWritten() {
    var entered = Behalf.entered(Channel.IN_PERSON, "privacy");
    var confirmed = entered.confirmed("admin");

    assertThat(entered.text()).isEqualTo("in-person privacy");
    assertThat(confirmed.text()).isEqualTo("in-person privacy admin");
    assertThat(Behalf.parse(entered.text())).contains(entered);
    assertThat(Behalf.parse(confirmed.text())).contains(confirmed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "letter",
        "pigeon privacy",
        "letter =HYPERLINK(1)",
        "letter privacy admin more",
        "letter privacy ",
        "letter Ada@example.net"
      })
  void whatNobodyOfOursWritesIsNone(String text) {
    assertThat(Behalf.parse(text)).isEmpty();
  }
}
