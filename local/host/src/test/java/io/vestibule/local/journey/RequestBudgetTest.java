package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A bot asks in the names of strangers until the form's mails of the hour are used up. */
class RequestBudgetTest extends Journey {

  /** Three for each counter: the mails of one mailbox fit in one. */
  private static final int BUDGET = 24;

  private static final int MAILS_A_DAY = 3;

  @Override
  protected Map<String, String> parameters() {
    return Map.of("MailsPerFormAndHour", Integer.toString(BUDGET));
  }

  @Test
  void whoIsACustomerGetsTheirMailAllTheSame() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    anotherHour();
    int before = host.inbox().mails().size();
    var strangers = new ArrayList<String>();
    for (int i = 0; i < 2 * BUDGET; i++) {
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
    assertThat(host.inbox().mails().size() - before - MAILS_A_DAY).isLessThanOrEqualTo(BUDGET);
  }

  /** Somebody has the addresses of customers, and posts no others. */
  @Test
  void ofCustomersAsManyAgainAreMailedAndTheAlarmRings() throws Exception {
    var customers = new ArrayList<Person>();
    for (int i = 0; i <= 2 * BUDGET / MAILS_A_DAY; i++) {
      anotherHour();
      customers.add(somebody());
      customers.getLast().becomesACustomer(Map.of());
    }
    anotherHour();
    int before = host.inbox().mails().size();
    long rung = timesOverBudget();
    var requests = new ArrayList<String>();
    for (var customer : customers) {
      for (int i = 0; i < MAILS_A_DAY; i++) {
        requests.add(customer.asks("erase"));
      }
    }
    host.drain(LIMIT);

    int mailed = host.inbox().mails().size() - before;
    assertThat(mailed).isGreaterThan(BUDGET).isLessThanOrEqualTo(2 * BUDGET);
    assertThat(statuses(requests))
        .contains("MAILED", "HELD budget")
        .containsOnly("MAILED", "HELD budget");
    assertThat(timesOverBudget() - rung).isGreaterThanOrEqualTo(requests.size() - BUDGET);
  }

  private void anotherHour() {
    var now = clock.instant();
    clock.advance(Duration.between(now, now.truncatedTo(ChronoUnit.HOURS).plusSeconds(3_601)));
  }

  private long timesOverBudget() {
    return host.logs().getOrDefault("MailerFunction", List.of()).stream()
        .filter(line -> line.contains("\"MailOverBudget\""))
        .count();
  }

  private List<String> statuses(List<String> ids) {
    return ids.stream().map(tables::status).toList();
  }
}
