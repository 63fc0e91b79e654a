package io.vestibule.core.forms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a form closes by itself. */
class ClosesTest {

  @ParameterizedTest
  @CsvSource({
    "2026-12-31, Europe/Berlin, 2026-12-31T23:00:00Z",
    "2026-12-31, Asia/Shanghai, 2026-12-31T16:00:00Z",
    "2027-03-27, Europe/Berlin, 2027-03-27T23:00:00Z",
    "2027-03-28, Europe/Berlin, 2027-03-28T22:00:00Z", // the day is an hour shorter
    "2026-12-31T18:00:00+01:00, Asia/Shanghai, 2026-12-31T17:00:00Z",
    "2026-12-31T18:00:00Z, Europe/Berlin, 2026-12-31T18:00:00Z",
  })
  void aDayEndsWhereTheBusinessIsAndAMomentIsEverywhereTheSame(
      String text, ZoneId business, Instant at) throws IOException {
    var form = form("contact", "\"closes\": \"" + text + "\",");

    assertThat(form.isClosed(at.minusMillis(1), business)).isFalse();
    assertThat(form.isClosed(at, business)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "soon", "2026-02-30", "2026-12-31T18:00:00", "31.12.2026", "2026-1-1"})
  void whatIsNeitherIsRefusedWithASentence(String text) {
    assertThatThrownBy(() -> form("contact", "\"closes\": \"" + text + "\","))
        .hasMessageContaining("\"closes\" must be a day such as 2026-12-31");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"closed\": true,", "\"closes\": \"2026-12-31\","})
  void nobodyIsKeptFromAskingAboutTheirData(String member) {
    assertThatThrownBy(() -> form("privacy", member))
        .hasMessageContaining("are not for the form privacy");
  }

  @Test
  void aFormIsOpenUnlessItSaysOtherwise() throws IOException {
    assertThat(form("contact", "").isClosed(Instant.MAX, ZoneOffset.UTC)).isFalse();
    assertThat(form("contact", "\"closed\": true,").isClosed(Instant.MIN, ZoneOffset.UTC)).isTrue();
  }

  private static Form form(String name, String member) throws IOException {
    var text = Definitions.text(name).replaceFirst("\"title\"", member + " \"title\"");
    return new Forms().read(name, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}
