package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A bot asks in the names of strangers until the form's mails of the hour are used up. */
class RequestBudgetTest extends Journey {

  private static final int BUDGET = 8;

  @BeforeAll
  void stopSchedules() {
    host.stopSchedules();
  }

  @Override
  protected Map<String, String> parameters() {
    return Map.of("MailsPerFormAndHour", Integer.toString(BUDGET));
  }

  @Test
  void whoIsACustomerGetsTheirMailAllTheSame() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    var now = clock.instant();
    clock.advance(Duration.between(now, now.truncatedTo(ChronoUnit.HOURS).plusSeconds(3_601)));
    var strangers = new ArrayList<String>();
    for (int i = 0; i < 5 * BUDGET; i++) {
      strangers.add(somebody().asks("erase"));
    }
    host.drain(LIMIT);
    assertThat(statuses(strangers)).contains("HELD budget");

    ada.asks("access");
    ada.asks("access");
    var erasure = ada.asks("erase");
    var link = ada.link();
    var overTheCap = ada.asks("access");
    host.drain(LIMIT);
    assertThat(tables.status(overTheCap)).as("a flood in her name").isEqualTo("HELD capped");
    ada.presses(link);
    host.drain(LIMIT);

    assertThat(tables.status(erasure)).isEqualTo("ERASING");
    assertThat(new Records(host).isKnown(ada.address)).isFalse();
    assertThat(mailsOfTheHour()).isLessThanOrEqualTo(BUDGET);
  }

  private List<String> statuses(List<String> ids) {
    return ids.stream().map(tables::status).toList();
  }

  /** Those that strangers got. */
  private long mailsOfTheHour() throws Exception {
    return host.inbox().mails().stream()
        .filter(mail -> mail.to().stream().noneMatch(to -> to.startsWith("person-1@")))
        .count();
  }
}
