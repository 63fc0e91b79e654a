package io.vestibule.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.local.aws.Cases;
import io.vestibule.local.journey.Journey;
import io.vestibule.local.journey.Person;
import io.vestibule.local.journey.Records;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/**
 * The way from a form to a customer, gone once undisturbed, to see which calls of AWS it takes, and
 * then with disturbances.
 */
abstract class DisturbedWay extends Journey {

  /** Then nothing is in a function's memory any more, and every run makes the same calls. */
  private static final Duration CACHES_ARE_OLD = Duration.ofMinutes(6);

  private static final Pattern LINK = Pattern.compile("/verify/[^\\s\"<>]+");

  final CallRecorder recorder = new CallRecorder();

  /** More than a person needs, whose answer got lost and who therefore hands in once more. */
  @Override
  protected Map<String, String> parameters() {
    return Map.of("MailsPerMailboxAndDay", "10");
  }

  @BeforeAll
  void recordTheCalls() throws Exception {
    new Way(host, somebody()).go(); // What a first run alone does, it does now.
    clock.advance(CACHES_ARE_OLD);
    CallInterceptor.disturb(recorder);
    new Way(host, somebody()).go();
    CallInterceptor.calm();
  }

  /**
   * The first call that each function makes of each service; in a build, of that service alone to
   * which the function comes last. Each service is among those, too.
   */
  final List<Call> services() {
    var all = recorder.services();
    var some = Cases.ofEach(all.reversed(), Call::function);
    assertThat(some.stream().map(Call::service))
        .containsAll(all.stream().map(Call::service).toList());
    return some;
  }

  @AfterEach
  void calm() {
    CallInterceptor.calm();
  }

  /**
   * Sends somebody new that way: at its end there is one customer with everything handed in, and
   * each link was counted once against the mailbox.
   *
   * @param statuses how many of the submissions must be in which status
   * @param repeatedMails how many mails the mailbox gets beyond one for each link
   * @return who it was
   */
  final Person isGone(Disturbance disturbance, Map<String, Long> statuses, int repeatedMails)
      throws Exception {
    clock.advance(CACHES_ARE_OLD);
    var before = Books.of(tables);
    var begin = today();
    var ada = somebody();
    CallInterceptor.disturb(disturbance);

    new Way(host, ada).go();

    var after = Books.of(tables);
    assertThat(after.customers() - before.customers()).isEqualTo(1);
    assertThat(after.identities() - before.identities()).isEqualTo(1);
    assertThat(after.entries() - before.entries())
        .as("one for each submission that was stored")
        .isEqualTo(statuses.getOrDefault("DONE", 0L).intValue());
    hasEveryField(ada);
    assertThat(after.since(before)).isEqualTo(statuses);
    assertThat(new Ledger(host).accepted(begin, today()))
        .as("in the function's books")
        .isEqualTo(after.createdSince(begin));
    var links = links(ada);
    var different = Set.copyOf(links).size();
    assertThat(after.mailsCounted() - before.mailsCounted()).isEqualTo(different);
    assertThat(links.size() - different).as("repeated mails").isEqualTo(repeatedMails);
    return ada;
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  private void hasEveryField(Person person) throws Exception {
    assertThat(new Records(host).values(person.address))
        .containsOnlyKeys("company", "email", "message", "name", "phone")
        .containsEntry("name", "Ada Lovelace")
        .containsEntry("company", "Analytical Engines")
        .containsEntry("phone", "+49 30 123456");
    assertThat(new Records(host).of(person.address).consents()).as("given once").hasSize(1);
  }

  /** The link of each mail, those of repeated mails too. */
  private static List<String> links(Person person) throws Exception {
    var links = new ArrayList<String>();
    for (var mail : person.mails()) {
      var link = LINK.matcher(mail.text());
      assertThat(link.find()).isTrue();
      links.add(link.group());
    }
    return links;
  }
}
