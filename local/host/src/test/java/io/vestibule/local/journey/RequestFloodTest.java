package io.vestibule.local.journey;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.local.aws.Cases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A bot asks for one address without end: {@code -Dvestibule.requests=10000}, 60 in the build. */
class RequestFloodTest extends Journey {

  private static final int REQUESTS = Integer.getInteger("vestibule.requests", 60);

  /** Longer than what nobody confirms is kept; a build sees that the second day is as the first. */
  private static final int DAYS = Cases.areAll() ? 8 : 2;

  /** On a busy machine; each is some eight calls of AWS until it is emptied. */
  private static final Duration FLOOD_LIMIT = LIMIT.multipliedBy(1 + REQUESTS / 100);

  @BeforeEach
  void begin() throws Exception {
    host.drain(LIMIT);
    tables.clear("requests");
    host.drain(LIMIT);
  }

  @Test
  void aFloodOfRequestsIsThreeMailsAndLeavesTheOwnerTheirRights() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    List<String> ids = new ArrayList<>();
    try (var recording = host.calls().record()) {
      for (int i = 0; i < REQUESTS; i++) {
        ids.add(ada.asks("erase"));
      }
      host.drain(FLOOD_LIMIT);

      assertThat(recording.of("MailerFunction"))
          .as("nothing is looked up for what is capped")
          .filteredOn(
              call ->
                  call.accesses().stream()
                      .anyMatch(it -> it.resourceArn().endsWith("/index/byEmail")))
          .hasSizeBetween(3, 3 * 2);
    }
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(statuses()).isEqualTo(Map.of("MAILED", 3L, "HELD capped", REQUESTS - 3L));
    assertThat(ada.mails()).hasSize(1 + 3);

    ada.presses(ada.link());
    host.drain(FLOOD_LIMIT);

    assertThat(new Records(host).isKnown(ada.address)).isFalse();
    assertThat(statuses()).containsEntry("ERASED", REQUESTS - 1L);

    clock.advance(Duration.ofSeconds(61));
    new Backups(host).returns("ReconcileFunction", Map.of());
    host.drain(FLOOD_LIMIT);

    assertThat(statuses()).isEqualTo(Map.of("DONE", 1L, "ERASED", REQUESTS - 1L));
  }

  /** Nobody is mailed for weeks because somebody else posted a hundred times in their name. */
  @Test
  void ofWhatIsOverTheCapTheNewestIsMailedWhenTheDayTurnsAndNoOther() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    for (int i = 0; i < 3 + 4; i++) {
      ada.asks("access");
    }
    host.drain(LIMIT);

    for (int day = 0; day < DAYS; day++) {
      clock.advance(Duration.ofDays(1));
      new Backups(host).returns("ReconcileFunction", Map.of());
      host.drain(LIMIT);
    }

    assertThat(ada.mails()).as("the newest, whose link serves any right").hasSize(1 + 3 + 1);
    assertThat(new Records(host).isKnown(ada.address)).isTrue();
  }

  /** Nothing is held under those, so no mail for them has a link. */
  @Test
  void requestsForOtherSpellingsOfAnAddressLeaveACustomerTheirOwn() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    for (int i = 0; i < 4; i++) {
      var _ = new Person(host, ada.address.replace("@", "+" + i + "@")).asks("erase");
    }
    host.drain(LIMIT);
    var own = ada.asks("erase");
    host.drain(LIMIT);

    assertThat(tables.status(own)).isEqualTo("MAILED");
    assertThat(statuses()).containsEntry("HELD capped", 1L).containsEntry("DONE", 3L);
  }

  /** Else one post a day, of any stranger, keeps all from being mailed, and the alarm from it. */
  @Test
  void aRequestIsPassedOverForOneThatWasMailedAndNeverForOneThatWaits() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    for (int i = 0; i < 3; i++) {
      ada.asks("access");
    }
    host.drain(LIMIT);
    var own = ada.asks("access");
    clock.advance(Duration.ofHours(2));
    var strangers = ada.asks("access");
    host.drain(LIMIT);
    new Backups(host).returns("ReconcileFunction", Map.of());

    assertThat(tables.row("requests", own)).containsKey("dueAt").doesNotContainKey("touchedAt");

    clock.advance(Duration.ofDays(1));
    new Backups(host).returns("ReconcileFunction", Map.of());
    host.drain(LIMIT);
    new Backups(host).returns("ReconcileFunction", Map.of());
    host.drain(LIMIT);

    assertThat(tables.status(strangers)).isEqualTo("MAILED");
    assertThat(tables.row("requests", own)).containsKeys("dueAt", "touchedAt");
    assertThat(unmailed()).as("the newest serves it").isZero();

    ada.presses(ada.link(), Map.of("answer", "disowned"));
    host.drain(LIMIT);
    new Backups(host).returns("ReconcileFunction", Map.of());
    host.drain(LIMIT);

    assertThat(tables.status(strangers)).isEqualTo("ERASED disowned");
    assertThat(tables.status(own)).as("its owner waits for it").isEqualTo("MAILED");
  }

  private int unmailed() {
    var report = new Backups(host).returns("DeadlineFunction", Map.of());
    return report.path("requests").path("unmailed").asInt();
  }

  /** Nobody has woken it for longer than what nobody confirms is kept. */
  @Test
  void theNewestRequestOfACustomerWaitsUntilItIsDueAndItsLinkLivesADay() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    for (int i = 0; i < 4; i++) {
      ada.asks("withdraw");
      clock.advance(Duration.ofSeconds(1));
    }
    var newest = ada.asks("access");
    host.drain(LIMIT);
    clock.advance(Duration.ofDays(9));
    new Backups(host).returns("ReconcileFunction", Map.of());
    host.drain(LIMIT);

    assertThat(tables.status(newest)).isEqualTo("MAILED");
    assertThat(ada.mails()).hasSize(1 + 3 + 1);
    clock.advance(Duration.ofHours(23));
    ada.presses(ada.link(), Map.of("deed", "erase"));
    host.drain(LIMIT);
    assertThat(new Records(host).isKnown(ada.address)).isFalse();
  }

  private Map<String, Long> statuses() {
    return tables.items("requests").stream()
        .collect(
            groupingBy(
                row -> (Tables.text(row, "status") + " " + Tables.text(row, "reason")).strip(),
                counting()));
  }
}
