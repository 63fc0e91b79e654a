package io.vestibule.core.forms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vestibule.core.forms.Dates.Breach;
import io.vestibule.core.forms.Dates.Day;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatesTest {

  private static final LocalDate TODAY = LocalDate.parse("2027-01-31");

  @ParameterizedTest
  @CsvSource({
    "2027-06-01,       2027-06-01",
    "today,            2027-01-31",
    "today+P90D,       2027-05-01",
    "today+P1M,        2027-02-28",
    "today-P18Y,       2009-01-31",
    "today-P1Y2M3D,    2025-11-27",
  })
  void aDayIsOneOfTheCalendarOrToldFromToday(String text, LocalDate day) {
    assertThat(Day.of(text).on(TODAY)).isEqualTo(day);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Today",
        "tomorrow",
        "today+90D",
        "today+P",
        "today+P1W",
        "today+P-1D",
        "today+P99999D",
        "today+P1Y+P1D",
        "2027-02-29",
        "29.02.2028",
      })
  void whatIsNoDayIsToldWithWhatIsAllowed(String text) {
    assertThatThrownBy(() -> Day.of(text)).hasMessageContaining("today+P90D");
  }

  @Test
  void bothLimitsAreDaysThatAreTaken() {
    var dates = new Dates(Day.of("today"), Day.of("today+P1D"));

    assertThat(dates.breach(TODAY, TODAY)).isEmpty();
    assertThat(dates.breach(TODAY.plusDays(1), TODAY)).isEmpty();
    assertThat(dates.breach(TODAY.minusDays(1), TODAY)).contains(new Breach.Early(TODAY));
    assertThat(dates.breach(TODAY.plusDays(2), TODAY)).contains(new Breach.Late(TODAY.plusDays(1)));
    assertThat(new Dates(null, Day.of("today")).breach(LocalDate.MIN, TODAY)).isEmpty();
  }

  /** The business is in Berlin. */
  @Test
  void todayIsTheDayWhereTheBusinessIs() {
    assertThat(Dates.today(Instant.parse("2026-11-30T22:59:59Z"))).isEqualTo("2026-11-30");
    assertThat(Dates.today(Instant.parse("2026-11-30T23:00:00Z"))).isEqualTo("2026-12-01");
    assertThat(Dates.today(Instant.parse("2026-07-31T22:00:00Z"))).isEqualTo("2026-08-01");
  }
}
