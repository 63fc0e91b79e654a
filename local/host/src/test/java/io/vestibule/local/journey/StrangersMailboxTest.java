package io.vestibule.local.journey;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A bot fills the form in with the address of somebody who knows nothing of it. */
class StrangersMailboxTest extends Journey {

  @Test
  void aHundredPostsForOneMailboxAreThreeMailsAndNothingIsLost() throws Exception {
    Set<String> addresses = new HashSet<>();
    Set<String> accepted = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      var bot = new Person(host, spelling(i) + "@gmail.com");
      addresses.add(bot.address);
      accepted.add(bot.submits(Map.of("message", "Number " + i)));
    }
    host.drain(LIMIT);

    assertThat(addresses).as("spellings of one mailbox").hasSizeGreaterThan(50);
    assertThat(accepted).hasSize(100);
    assertThat(host.inbox().mails()).hasSize(3);
    assertThat(accepted.stream().collect(groupingBy(id -> tables.status(id), counting())))
        .isEqualTo(Map.of("MAILED", 3L, "HELD capped", 97L));
  }

  /** With dots and tags: v.ictim, vi.ctim+1, victim+2 … */
  private static String spelling(int number) {
    var name = new StringBuilder("victim");
    int dot = number % 6;
    if (dot > 0) {
      name.insert(dot, '.');
    }
    return number % 3 == 0 ? name.toString() : name + "+" + number;
  }
}
