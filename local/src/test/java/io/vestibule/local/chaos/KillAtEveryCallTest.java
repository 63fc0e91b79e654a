package io.vestibule.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.local.chaos.DeathAt.Moment;
import io.vestibule.local.journey.Journey;
import io.vestibule.local.journey.Person;
import io.vestibule.local.journey.Records;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every call of AWS on the way from a form to a customer is, once each, the last one that its
 * function makes: the process dies just before the call takes effect, or just after.
 *
 * <p>The calls are those that an undisturbed run is seen to make, so a new one is covered by being
 * made.
 */
class KillAtEveryCallTest extends Journey {

  /** Then nothing is in a function's memory any more, and every run makes the same calls. */
  private static final Duration CACHES_ARE_OLD = Duration.ofMinutes(6);

  /** Longer than any lease of the dead. */
  private static final Duration LEASE_IS_OVER = Duration.ofSeconds(41);

  private static final Pattern LINK = Pattern.compile("/verify/[^\\s\"<>]+");

  private List<DeathAt> deaths = List.of();

  /** More than a person needs, whose answer got lost and who therefore hands in once more. */
  @Override
  protected Map<String, String> parameters() {
    return Map.of("MailsPerMailboxAndDay", "10");
  }

  @BeforeAll
  void watchWhatIsCalled() throws Exception {
    new Way(host, somebody()).go(); // What a first run alone does, it does now.
    clock.advance(CACHES_ARE_OLD);
    var recorder = new CallRecorder(host.functions().names());
    CallInterceptor.disturb(recorder);
    new Way(host, somebody()).go();
    CallInterceptor.calm();
    deaths = recorder.deaths();
  }

  @AfterEach
  void calm() {
    CallInterceptor.calm();
  }

  List<DeathAt> deaths() {
    return deaths;
  }

  @ParameterizedTest
  @MethodSource("deaths")
  void whoeverDiesNothingIsLostAndNothingHappensTwice(DeathAt death) throws Exception {
    clock.advance(CACHES_ARE_OLD);
    var before = Books.of(tables);
    var ada = somebody();
    var reaper = new Reaper(death, () -> clock.advance(LEASE_IS_OVER));
    CallInterceptor.disturb(reaper);

    new Way(host, ada).go();

    assertThat(reaper.killed()).contains(death.call());
    var after = Books.of(tables);
    assertThat(after.customers() - before.customers()).isEqualTo(1);
    assertThat(after.identities() - before.identities()).isEqualTo(1);
    hasEveryField(ada);
    assertThat(after.since(before)).isEqualTo(statuses(death));
    var links = links(ada);
    assertThat(after.mailsCounted() - before.mailsCounted()).isEqualTo(Set.copyOf(links).size());
    assertThat(links.size() - Set.copyOf(links).size()).isEqualTo(repeatsAMail(death) ? 1 : 0);
  }

  private void hasEveryField(Person person) throws Exception {
    var records = new Records(host);
    assertThat(records.of(person.address).fields())
        .containsOnlyKeys("company", "email", "message", "name", "phone");
    assertThat(records.value(person.address, "name")).isEqualTo("Ada Lovelace");
    assertThat(records.value(person.address, "company")).isEqualTo("Analytical Engines");
    assertThat(records.value(person.address, "phone")).isEqualTo("+49 30 123456");
  }

  /**
   * What was handed in is done. Only intake cannot know, after it died, whether its write took
   * effect; nor can the person, who hands it in again: the first one then waits for its own press.
   */
  private static Map<String, Long> statuses(DeathAt death) {
    return death.call().function().equals("IntakeFunction")
            && death.call().operation().equals("PutItem")
            && death.moment() == Moment.AFTER
        ? Map.of("DONE", 2L, "MAILED", 1L)
        : Map.of("DONE", 2L);
  }

  /**
   * The one case in which a mailbox gets a mail twice, with the same link: the mailer dies after
   * SES has taken the mail and before the row says so.
   */
  private static boolean repeatsAMail(DeathAt death) {
    return switch (death.call().operation()) {
      case "SendEmail" -> death.moment() == Moment.AFTER;
      case "UpdateItem" ->
          death.moment() == Moment.BEFORE && death.call().function().equals("MailerFunction");
      default -> false;
    };
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
