package io.vestibule.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.local.chaos.DeathAt.Moment;
import io.vestibule.local.journey.Backups;
import io.vestibule.local.journey.Partners;
import io.vestibule.local.journey.Person;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Every call of AWS on the way from a form to a customer is, once each, the last one that its
 * function makes: the process dies just before the call takes effect, or just after.
 *
 * <p>The calls are those that an undisturbed run is seen to make, so a new one is covered by being
 * made.
 *
 * <p>{@link Deaths} says which of them a build takes.
 */
class KillAtEveryCallTest extends DisturbedWay {

  /** Longer than any lease of the dead. */
  private static final Duration LEASE_IS_OVER = Duration.ofSeconds(41);

  private static final String CRM = "crm";

  /** Longer than a lane's, and than it takes until something is tried again. */
  private static final Duration LANE_IS_FREE = Duration.ofMinutes(10);

  private static final int OF_EACH_FUNCTION = 2;

  private static final Map<String, Long> ALL_DONE = Map.of("DONE", 2L, "ERASED", 1L);

  @TempDir private static Path folder;

  @Override
  protected Optional<Path> targets() throws IOException {
    Partners.write(folder, CRM, "\"ground\": \"processor\"");
    return Optional.of(folder);
  }

  List<DeathAt> deaths() {
    return Deaths.ofThisRun(recorder.deaths(), OF_EACH_FUNCTION, KillAtEveryCallTest::isSpecial);
  }

  private static boolean isSpecial(DeathAt death) {
    return !statuses(death).equals(ALL_DONE) || repeatsAMail(death) || leavesADelivery(death);
  }

  /** The row does not say that the partner is being told, or that they have been. */
  private static boolean leavesADelivery(DeathAt death) {
    return death.moment() == Moment.BEFORE
        && death.call().function().equals("DeliverFunction")
        && isUpdateOf("deliveries", death.call());
  }

  @ParameterizedTest
  @MethodSource("deaths")
  void whoeverDiesNothingIsLostAndNothingHappensTwice(DeathAt death) throws Exception {
    var reaper = new Reaper(death, () -> clock.advance(LEASE_IS_OVER));

    var ada = isGone(reaper, statuses(death), repeatsAMail(death) ? 1 : 0);

    assertThat(reaper.killed()).map(Call::toString).contains(death.call().toString());
    theTargetHasBothEntriesOnce(ada);
  }

  /** What the dead began is gone on with; who takes each id once has each entry once. */
  private void theTargetHasBothEntriesOnce(Person person) throws Exception {
    clock.advance(LANE_IS_FREE);
    new Backups(host).returns("DeliverFunction", Map.of());
    host.drain(LIMIT);
    var numbers =
        new Partners(host)
            .once(CRM).stream()
                .filter(it -> it.at("/data/fields/email").asText().equals(person.address))
                .map(it -> it.at("/data/number").asText())
                .toList();
    assertThat(numbers).hasSize(2).doesNotHaveDuplicates();
  }

  /**
   * What was handed in is done. Only intake cannot know, after it died, whether its write took
   * effect; nor can the person, who hands it in again: the first one then waits for its own press.
   */
  private static Map<String, Long> statuses(DeathAt death) {
    return death.call().function().equals("IntakeFunction")
            && death.call().operation().equals("PutItem")
            && death.moment() == Moment.AFTER
        ? Map.of("DONE", 2L, "ERASED", 1L, "MAILED", 1L)
        : ALL_DONE;
  }

  /**
   * The one case in which a mailbox gets a mail twice, with the same link: the mailer dies after
   * SES has taken the mail and before the row says so.
   */
  private static boolean repeatsAMail(DeathAt death) {
    return switch (death.call().operation()) {
      case "SendEmail" -> death.moment() == Moment.AFTER;
      case "UpdateItem" -> death.moment() == Moment.BEFORE && isTheMark(death.call());
      default -> false;
    };
  }

  /** The mailer updates a row to say that it is mailed, and then the count of all mails. */
  private static boolean isTheMark(Call call) {
    return call.function().equals("MailerFunction") && isUpdateOf("submissions", call);
  }

  private static boolean isUpdateOf(String table, Call call) {
    return call.request() instanceof UpdateItemRequest update && update.tableName().equals(table);
  }
}
