package io.vestibule.local.journey;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Json;
import io.vestibule.local.aws.Cases;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A bot fills the form in with the address of somebody who knows nothing of it. */
class StrangersMailboxTest extends Journey {

  /** Enough to be over every cap; all cases are a hundred. */
  private static final int POSTS = Cases.areAll() ? 100 : 20;

  @Override
  protected Map<String, String> parameters() {
    return Map.of("MailProviderDomains", "school.example,university.example");
  }

  @Test
  void manyPostsForOneMailboxAreThreeMailsAndNothingIsLost() throws Exception {
    Set<String> addresses = new HashSet<>();
    Set<String> accepted = new HashSet<>();
    for (int i = 0; i < POSTS; i++) {
      var bot = new Person(host, spelling(i) + "@gmail.com");
      addresses.add(bot.address);
      accepted.add(bot.submits(Map.of("message", "Number " + i)));
    }
    host.drain(LIMIT);

    assertThat(addresses).as("spellings of one mailbox").hasSizeGreaterThan(POSTS / 2);
    assertThat(accepted).hasSize(POSTS);
    assertThat(mailsTo("@gmail.com")).isEqualTo(3);
    assertThat(accepted.stream().collect(groupingBy(id -> tables.status(id), counting())))
        .isEqualTo(Map.of("MAILED", 3L, "HELD capped", POSTS - 3L));
  }

  @Test
  void spellingsThatAProviderIgnoresAreThreeMails() throws Exception {
    for (int i : Cases.spread(IntStream.range(0, 30).boxed().toList(), 7)) {
      var name = new StringBuilder("adalovelace");
      name.insert(1 + i % 10, List.of(".", "-", "_").get(i / 10));
      new Person(host, name + "@proton.me").submits(Map.of());
    }

    assertThat(mailsTo("@proton.me")).isEqualTo(3);
  }

  @Test
  void twelvePostsOverTheThreeDomainsOfOneProviderAreThreeMails() throws Exception {
    for (int i = 0; i < 12; i++) {
      var domain = List.of("icloud.com", "me.com", "mac.com").get(i % 3);
      new Person(host, "ada.lovelace@" + domain).submits(Map.of());
    }

    assertThat(mailsTo("ada.lovelace@")).isEqualTo(3);
  }

  @Test
  void namesOfOneDomainAreTwentyMailsAndTheRestIsMailedWhenTheDayTurns() throws Exception {
    for (int i = 0; i < 22; i++) {
      new Person(host, "name%d@catches-all.example".formatted(i)).submits(Map.of());
    }
    assertThat(mailsTo("@catches-all.example")).isEqualTo(20);

    clock.advance(Duration.ofDays(1));
    host.functions().invoke("ReconcileFunction", Json.MAPPER.createObjectNode(), "test");
    assertThat(mailsTo("@catches-all.example")).isEqualTo(22);
  }

  @Test
  void aDomainThatTheOwnerNamesAsAProvidersHasNoCapAndItsMailboxesHave() throws Exception {
    for (int i = 0; i < 21; i++) {
      new Person(host, "student%d@university.example".formatted(i)).submits(Map.of());
    }
    for (int i = 0; i < 4; i++) {
      new Person(host, "student@university.example").submits(Map.of("message", "Number " + i));
    }

    assertThat(mailsTo("@university.example")).isEqualTo(21 + 3);
  }

  @Test
  void aCompanyWhosePeopleConfirmIsNotKeptWaiting() throws Exception {
    for (int i = 0; i < 15; i++) {
      new Person(host, "asks%d@company.example".formatted(i)).submits(Map.of());
    }
    for (int i = 0; i < 6; i++) {
      new Person(host, "confirms%d@company.example".formatted(i)).becomesACustomer(Map.of());
    }

    assertThat(mailsTo("@company.example")).isEqualTo(21);
  }

  private long mailsTo(String address) throws Exception {
    host.drain(LIMIT);
    return host.inbox().mails().stream()
        .filter(mail -> mail.to().toString().contains(address))
        .count();
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
