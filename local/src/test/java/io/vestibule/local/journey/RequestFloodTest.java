package io.vestibule.local.journey;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A bot asks for one address without end: {@code -Dvestibule.requests=10000}, 300 in the build. */
class RequestFloodTest extends Journey {

  private static final int REQUESTS = Integer.getInteger("vestibule.requests", 300);

  @Test
  void aFloodOfRequestsIsThreeMailsAndLeavesTheOwnerTheirRights() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    List<String> ids = new ArrayList<>();
    try (var recording = host.calls().record()) {
      for (int i = 0; i < REQUESTS; i++) {
        ids.add(ada.asks("erase"));
      }
      host.drain(LIMIT.multipliedBy(1 + REQUESTS / 500));

      assertThat(recording.of("MailerFunction"))
          .as("nothing is looked up for what is capped")
          .filteredOn(call -> call.operation().equals("Query"))
          .hasSizeBetween(3, 3 * 2);
    }
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(statuses(ids)).isEqualTo(Map.of("MAILED", 3L, "HELD capped", REQUESTS - 3L));
    assertThat(ada.mails()).hasSize(1 + 3);

    ada.presses(ada.link());
    host.drain(LIMIT.multipliedBy(1 + REQUESTS / 500));

    assertThat(new Records(host).isKnown(ada.address)).isFalse();
    assertThat(statuses(ids)).isEqualTo(Map.of("ERASING", 1L, "ERASED", REQUESTS - 1L));
  }

  private Map<String, Long> statuses(List<String> ids) {
    return ids.stream().collect(groupingBy(tables::status, counting()));
  }
}
