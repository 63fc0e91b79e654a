package io.vestibule.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.local.aws.Cases;
import io.vestibule.local.chaos.DeathAt.Moment;
import io.vestibule.local.journey.Backups;
import io.vestibule.local.journey.Journey;
import io.vestibule.local.journey.Partners;
import io.vestibule.local.journey.Person;
import io.vestibule.local.journey.Records;
import io.vestibule.local.journey.Tables;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An erasure dies just before and just after every one of its calls of AWS; and at that very moment
 * the same person hands something in, or confirms what they had handed in before, which storage
 * then takes up at once.
 *
 * <p>{@link Deaths} says which of them a build takes.
 */
class KillErasureTest extends Journey {

  /** What the person does at the moment of death. */
  enum Meanwhile {
    HANDS_IN,
    CONFIRMS
  }

  /** Who erases, and who tells others of it. */
  private static final Set<String> VICTIMS = Set.of("DeletionFunction", "DeliverFunction");

  private static final Duration CACHES_ARE_OLD = Duration.ofMinutes(6);

  /** So that a sweep has several rows at a time, and dies among them. */
  private static final int OTHERS = 2;

  private static final String CRM = "crm";

  /** Longer than a lane's lease, and than it takes until something is tried again. */
  private static final Duration LANE_IS_FREE = Duration.ofMinutes(10);

  private static final int OF_EACH_FUNCTION = 3;

  private static final List<Meanwhile> MEANWHILE = List.of(Meanwhile.values());

  private final CallRecorder recorder = new CallRecorder();

  @TempDir private static Path folder;

  @Override
  protected Optional<Path> targets() throws IOException {
    Partners.write(folder, CRM, "\"ground\": \"processor\"");
    return Optional.of(folder);
  }

  @Override
  protected Map<String, String> parameters() {
    return Map.of("MailsPerMailboxAndDay", "20", "MailsPerFormAndHour", "100000");
  }

  @BeforeAll
  void recordTheCalls() throws Exception {
    new Erasing().go(Disturbance.NONE); // What a first run alone does, it does now.
    clock.advance(CACHES_ARE_OLD);
    new Erasing().go(recorder);
  }

  @AfterEach
  void calm() {
    CallInterceptor.calm();
  }

  /**
   * Each death, and now this and now that of what the person does at its moment. To die before a
   * read is to die after the call that came before it.
   */
  Stream<Arguments> deaths() {
    var all =
        recorder.deaths().stream()
            .filter(death -> VICTIMS.contains(death.call().function()))
            .filter(death -> death.moment() == Moment.AFTER || !death.call().isRead())
            .toList();
    var deaths = Deaths.ofThisRunWithBothMoments(all, OF_EACH_FUNCTION, KillErasureTest::isSpecial);
    return IntStream.range(0, deaths.size())
        .mapToObj(number -> Arguments.of(deaths.get(number), MEANWHILE.get(number % 2)));
  }

  /** Committed, and not yet in the ledger, by which a restore would know of it. */
  private static boolean isSpecial(DeathAt death) {
    return death.moment() == Moment.AFTER
        && death.call().toString().equals("DeletionFunction TransactWriteItems");
  }

  @ParameterizedTest
  @MethodSource("deaths")
  void whoeverDiesThePersonIsErasedAndWhoComesAfterIsNew(DeathAt death, Meanwhile doing)
      throws Exception {
    clock.advance(CACHES_ARE_OLD);
    var erasing = new Erasing();
    var reaper = new Reaper(death, () -> erasing.meanwhile(doing));

    erasing.go(reaper);

    assertThat(reaper.killed()).as("which of parallel calls has a number is chance").isPresent();
    erasing.isErased();
  }

  @ParameterizedTest
  @EnumSource
  void whatHappensJustBeforeTheErasureIsCommittedIsErasedWithTheRest(Meanwhile doing)
      throws Exception {
    var erasing = new Erasing();

    erasing.go(new At("DeletionFunction TransactWriteItems", () -> erasing.meanwhile(doing)));

    erasing.isErased();
  }

  static List<String> aBackupThatIsTakenWhileTheErasureRunsBringsNobodyBack() {
    return Cases.spread(List.of("TransactWriteItems", "PutObject", "UpdateItem", "Sign"), 2);
  }

  @ParameterizedTest
  @MethodSource
  void aBackupThatIsTakenWhileTheErasureRunsBringsNobodyBack(String operation) throws Exception {
    var backups = new Backups(host);
    var erasing = new Erasing();

    erasing.go(
        new At("DeletionFunction " + operation, () -> backups.returns("BackupFunction", Map.of())));
    backups.returns("RestoreFunction", Map.of("backup", "latest", "into", "live"));

    erasing.isErased();
  }

  /** One person's erasure. */
  private final class Erasing {

    private final Person ada = somebody();
    private final List<String> others = new ArrayList<>();
    private volatile String after = "";
    private String customerId = "";
    private String before = "";
    private URI beforeLink = URI.create("");
    private URI link = URI.create("");
    private String request = "";

    void go(Disturbance disturbance) throws Exception {
      ada.becomesACustomer(Map.of("company", "Before"));
      customerId = new Records(host).customerId(ada.address);
      for (int i = 0; i < OTHERS; i++) {
        others.add(ada.submits(Map.of()));
        others.add(ada.asks("access"));
      }
      host.drain(LIMIT);
      before = ada.submits(Map.of("phone", "+49 30 123456"));
      beforeLink = ada.link();
      request = ada.asks("erase");
      link = ada.link();
      CallInterceptor.disturb(disturbance);
      ada.presses(link);
      host.drain(LIMIT);
      for (int times = 0; times < 3 && !status().equals("DONE"); times++) {
        clock.advance(Duration.ofSeconds(61));
        new Backups(host).invoke("DeliverFunction", Map.of()); // It may die.
        host.drain(LIMIT);
        if (!status().equals("DONE")) {
          new Backups(host).returns("ReconcileFunction", Map.of());
          host.drain(LIMIT);
        }
      }
      CallInterceptor.calm();
    }

    /** On the thread of the function that dies. */
    void meanwhile(Meanwhile doing) {
      try {
        switch (doing) {
          case HANDS_IN -> after = ada.submits(Map.of("phone", "+49 30 654321"));
          case CONFIRMS -> {
            ada.presses(beforeLink);
            for (int times = 0; times < 200 && isBeingStored(); times++) {
              Thread.sleep(10);
            }
          }
        }
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }

    private boolean isBeingStored() {
      return tables.status(before).equals("VERIFIED");
    }

    private String status() {
      return tables.status(request);
    }

    void isErased() throws Exception {
      assertThat(status()).isEqualTo("DONE");
      assertThat(ada.get(link).body()).contains("Your data has been erased", customerId);
      assertThat(of("customers", customerId)).isEmpty();
      assertThat(of("identities", customerId)).isEmpty();
      assertThat(of("entries", customerId)).isEmpty();
      assertThat(of("erasures", customerId)).hasSize(1);
      assertThat(new Backups(host).keys("ledger/" + customerId)).hasSize(1);
      assertThat(tables.status(before)).isIn("ERASED", "DONE");
      assertThat(tables.submission(before)).doesNotContainKeys("sealed", "emailIndex");
      assertThat(others).hasSize(2 * OTHERS);
      for (var other : others) {
        assertThat(tables.status(other)).isEqualTo("ERASED");
        assertThat(tables.submission(other)).doesNotContainKeys("sealed", "emailIndex");
      }
      assertThat(new Records(host).isKnown(ada.address)).isFalse();
      theTargetHeardOfItLast();
      if (!after.isEmpty()) {
        whatCameAfterIsNewAndWhatCameBeforeIsCovered();
      }
    }

    /** Once, if it takes each id once; of every entry that it was told of. */
    private void theTargetHeardOfItLast() throws Exception {
      clock.advance(LANE_IS_FREE);
      new Backups(host).returns("DeliverFunction", Map.of());
      host.drain(LIMIT);
      var all = new Partners(host).once(CRM);
      var customer =
          all.stream()
              .filter(it -> it.at("/data/fields/email").asText().equals(ada.address))
              .map(it -> it.at("/data/customer").asText())
              .findFirst()
              .orElseThrow();
      var about = all.stream().filter(it -> it.at("/data/customer").asText().equals(customer));
      var types = about.map(it -> it.path("type").asText()).toList();
      assertThat(types).endsWith("customer.erased").containsOnlyOnce("customer.erased");
      var numbers = types.size() - 1;
      assertThat(new Partners(host).about(CRM, customer).getLast().at("/data/numbers"))
          .hasSize(numbers);
    }

    private void whatCameAfterIsNewAndWhatCameBeforeIsCovered() throws Exception {
      var row = tables.submission(after);
      var erasedAt = Tables.text(of("erasures", customerId).getFirst(), "erasedAt");
      if (Tables.text(row, "createdAt").compareTo(erasedAt) <= 0) {
        assertThat(tables.status(after)).isEqualTo("ERASED");
        assertThat(row).doesNotContainKeys("sealed", "emailIndex");
        return;
      }
      assertThat(tables.status(after)).isEqualTo("MAILED");
      ada.presses(ada.link(after));
      host.drain(LIMIT);
      assertThat(new Records(host).customerId(ada.address)).isNotEqualTo(customerId);
      assertThat(new Records(host).values(ada.address)).doesNotContainKey("company");
    }

    private List<Map<String, AttributeValue>> of(String table, String number) {
      return tables.items(table).stream()
          .filter(item -> Tables.text(item, "customerId").equals(number))
          .toList();
    }
  }
}
