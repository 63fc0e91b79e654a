package io.vestibule.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Behalf;
import io.vestibule.core.Destination;
import io.vestibule.core.EmailAddress;
import io.vestibule.core.HeldReason;
import io.vestibule.core.Hint;
import io.vestibule.core.Law;
import io.vestibule.core.Submission;
import io.vestibule.core.Timestamp;
import io.vestibule.core.forms.Business;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Forms;
import io.vestibule.keys.ChangedForms;
import io.vestibule.keys.EmailIndex;
import io.vestibule.keys.Installation;
import io.vestibule.keys.LinkTokens;
import io.vestibule.keys.SubmissionOpener;
import io.vestibule.local.aws.MovableClock;
import io.vestibule.mail.TestSes.Trouble;
import io.vestibule.store.Table;
import io.vestibule.store.mail.ConfirmedMails;
import io.vestibule.store.mail.MailBreaker;
import io.vestibule.store.mail.MailLimits;
import io.vestibule.store.mail.MailLimits.Budget;
import io.vestibule.store.mail.MailRefusals;
import io.vestibule.store.mail.MailStops;
import io.vestibule.store.mail.Mailings;
import io.vestibule.store.mail.Suppressions;
import io.vestibule.store.people.ErasedAddresses;
import io.vestibule.store.people.HeldData;
import io.vestibule.store.rows.SubmissionRow;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sesv2.model.BadRequestException;
import software.amazon.awssdk.services.sesv2.model.MessageRejectedException;

/** What comes of a row, each of it, with the mailer's role. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SendConfirmationTest {

  private static final String MAILER = "MailerFunction";

  private static final int MAILS_PER_DOMAIN = 6;
  private static final int MAILS_TO_SIMULATOR = 9;

  private final MovableClock clock = MovableClock.fromNoonTomorrow();
  private Doubts doubts;
  private Installation installation;
  private DynamoDbClient dynamoDb;
  private DynamoDbClient feedback;
  private LinkTokens linkTokens;
  private EmailIndex emailIndex;
  private SubmissionOpener unchanged;
  private SubmissionOpener opener;
  private int people;

  @BeforeAll
  void open() throws IOException {
    clock.stop();
    installation = Installation.open(clock);
    dynamoDb = installation.dynamoDb(MAILER);
    feedback = installation.dynamoDb("MailFeedbackFunction");
    linkTokens = installation.linkTokens(MAILER);
    emailIndex = installation.emailIndex(MAILER);
    unchanged = installation.opener(MAILER);
  }

  @AfterAll
  void close() throws IOException {
    dynamoDb.close();
    feedback.close();
    installation.close();
  }

  /** No form has changed, and SES has refused nothing. */
  @BeforeEach
  void begin() {
    opener = unchanged;
    doubts = new Doubts();
  }

  @Test
  void theLinkIsMailedOnce() {
    var row = submit(somebody());
    int before = mails();

    assertThat(mailer().send(row)).isEqualTo(new Sending.Sent(Budget.FORM));
    assertThat(mails()).isEqualTo(before + 1);
    assertThat(status(row)).isEqualTo("MAILED");
    assertThat(mailer().send(row)).isEqualTo(new Sending.Settled());
    assertThat(mails()).isEqualTo(before + 1);
  }

  @Test
  void aRequestAboutWhichNothingIsHeldIsAnsweredByMailAlone() {
    var row = ask(somebody());

    assertThat(mailer(Destination.DELETION).send(row)).isEqualTo(new Sending.NothingHeld());
    assertThat(status(row)).isEqualTo("DONE");
    assertThat(installation.item(row.id())).doesNotContainKeys("sealed", "tokenHash");
  }

  @Test
  void aRequestOfACustomerGetsItsLink() {
    String customer = customer();
    var row = installation.submit("privacy", Installation.request(customer, "erase"));

    assertThat(mailer(Destination.DELETION).send(row)).isEqualTo(new Sending.Sent(Budget.FORM));
    assertThat(installation.text(row.id(), "kind")).isEqualTo("erase");
  }

  @Test
  void whatAnErasureCoversIsEmptied() {
    String email = somebody();
    var row = submit(email);
    var seal = emailIndex.sealOfErasure(index(email), Timestamp.of(clock.instant()));
    marked(email, Map.of("seal", AttributeValue.fromS(seal)));

    assertThat(mailer().send(row)).isEqualTo(new Sending.Erased());
    assertThat(installation.item(row.id())).doesNotContainKey("sealed");
    assertThat(mailer().send(row)).isEqualTo(new Sending.Settled());
  }

  /** An attack: with PutItem on mail-limits, what somebody hands in used to vanish as ERASED. */
  @Test
  void aMarkerThatNoErasureOfOursHasMadeLetsNothingVanish() {
    String customer = customer();
    var submitted = submit(customer);
    var asked = ask(customer);
    var other =
        installation
            .emailIndex(MAILER)
            .sealOfErasure(index(somebody()), Timestamp.of(clock.instant()));

    for (var forged :
        List.of(Map.<String, AttributeValue>of(), Map.of("seal", AttributeValue.fromS(other)))) {
      marked(customer, forged);
      assertThat(mailer().send(submit(customer))).isEqualTo(new Sending.Held(HeldReason.FORGED));
    }
    assertThat(mailer().send(submitted)).isEqualTo(new Sending.Held(HeldReason.FORGED));
    assertThat(installation.item(submitted.id())).containsKeys("sealed", "emailIndex");
    assertThat(mailer(Destination.DELETION).send(asked))
        .isEqualTo(new Sending.Held(HeldReason.FORGED));
  }

  private void marked(String email, Map<String, AttributeValue> more) {
    var marker = new HashMap<>(more);
    marker.put("key", AttributeValue.fromS("erased#" + index(email)));
    marker.put("erasedAt", now());
    installation.put(Table.MAIL_LIMITS, marker);
  }

  @Test
  void whatSmellsOfAMachineIsHeldWhetherItOpensOrNot() {
    var spam =
        installation.submit(
            "contact", Installation.contact(somebody()), Optional.of(Hint.HONEYPOT));
    var unreadable =
        installation.with(
            installation.submitSealed("contact", new byte[] {1}).id(),
            Map.of("hint", AttributeValue.fromS("hasty")));

    assertThat(mailer().send(spam)).isEqualTo(new Sending.Held(HeldReason.SPAM));
    assertThat(mailer().send(unreadable)).isEqualTo(new Sending.Held(HeldReason.SPAM));
  }

  @Test
  void whatAPersonHasReleasedIsSpamNoMore() {
    var spam =
        installation.submit("contact", Installation.contact(somebody()), Optional.of(Hint.HASTY));
    var released =
        installation.with(
            spam.id(), Map.of("releasedAt", AttributeValue.fromS(Timestamp.of(clock.instant()))));

    assertThat(mailer().send(released)).isEqualTo(new Sending.Sent(Budget.FORM));
  }

  @Test
  void theMailNamesFieldsAsThePageDidOnWhichTheyWereFilledIn() {
    var row = submit(somebody());
    opener = knowing(ChangedForms.published(ChangedForms.renamed("message", "concern")));

    assertThat(mailer().send(row)).isEqualTo(new Sending.Sent(Budget.FORM));
    assertThat(installation.account().inbox().mails().getLast().text()).contains("Message");
  }

  @Test
  void whatWasHeldWhileItsFormWasTightenedIsMailedWhenItIsReleased() {
    var spam =
        installation.submit("contact", Installation.contact(somebody()), Optional.of(Hint.HASTY));
    assertThat(mailer().send(spam)).isEqualTo(new Sending.Held(HeldReason.SPAM));
    opener = knowing(ChangedForms.published(ChangedForms.longest("name", 2)));

    var released =
        installation.with(spam.id(), Map.of("status", text("PENDING"), "releasedAt", now()));

    assertThat(mailer().send(released)).isEqualTo(new Sending.Sent(Budget.FORM));
  }

  @Test
  void whatWasHandedInBeforeItsFormWasClosedIsMailed() {
    var row = submit(somebody());
    opener = knowing(ChangedForms.published(form -> form.put("closed", true)));

    assertThat(mailer().send(row)).isEqualTo(new Sending.Sent(Budget.FORM));
  }

  @Test
  void afterARollBackWhatALaterVersionHasCheckedIsMailed() {
    var row = submit(somebody());
    opener = knowing(ChangedForms.alone(ChangedForms.renamed("email", "mail")));

    assertThat(mailer().send(row)).isEqualTo(new Sending.Sent(Budget.FORM));
  }

  private SubmissionOpener knowing(Forms forms) {
    return installation.opener(MAILER, forms);
  }

  private static AttributeValue text(String text) {
    return AttributeValue.fromS(text);
  }

  @Test
  void whatDoesNotOpenIsHeld() {
    var row = installation.submitSealed("contact", new byte[] {1});

    assertThat(mailer().send(row)).isEqualTo(new Sending.Held(HeldReason.UNREADABLE));
    assertThat(mailer().send(row)).isEqualTo(new Sending.Settled());
  }

  @Test
  void aMailboxThatHasHadItsShareIsHeld() {
    String email = somebody();
    var mailer = mailer(Destination.STORAGE, 1, 800, _ -> Optional.empty());

    assertThat(mailer.send(submit(email))).isEqualTo(new Sending.Sent(Budget.FORM));
    assertThat(mailer.send(submit(email))).isEqualTo(new Sending.Held(HeldReason.CAPPED));
  }

  @Test
  @Tag("slow")
  void aDomainThatHasHadItsShareIsHeldAndAProvidersIsNot() {
    var firm = Stream.generate(() -> mailer().send(submit(somebodyAt("firm.example")))).limit(8);
    var provider = Stream.generate(() -> mailer().send(submit(somebodyAt("gmx.de")))).limit(8);

    assertThat(firm.toList())
        .startsWith(sent(MAILS_PER_DOMAIN))
        .endsWith(new Sending.Held(HeldReason.CAPPED), new Sending.Held(HeldReason.CAPPED));
    assertThat(provider.toList()).containsOnly(new Sending.Sent(Budget.FORM));
    assertThat(mailer().send(submit(somebodyAt("other.example"))))
        .isEqualTo(new Sending.Sent(Budget.FORM));
  }

  /** The canary needs more than a person; more than that nobody gets by its address. */
  @Test
  @Tag("slow")
  void sesSimulatorHasACapOfItsOwnAndIsInThatOfNoDomain() {
    var sendings = Stream.generate(() -> mailer().send(submit(EmailAddress.SIMULATOR)));

    assertThat(sendings.limit(MAILS_TO_SIMULATOR + 1L).toList())
        .startsWith(sent(MAILS_TO_SIMULATOR))
        .endsWith(new Sending.Held(HeldReason.CAPPED));
    assertThat(mailer().send(submit("bounce@simulator.amazonses.com")))
        .isEqualTo(new Sending.Sent(Budget.FORM));
  }

  private static Sending[] sent(int times) {
    return Stream.generate(() -> new Sending.Sent(Budget.FORM))
        .limit(times)
        .toArray(Sending[]::new);
  }

  @Tag("slow")
  @Test
  void whatADomainMayNotHaveIsCountedAgainstNothingElse() {
    clock.advance(Duration.ofHours(1));
    var mailer = mailer(Destination.STORAGE, 5, 8, _ -> Optional.empty());
    for (int i = 0; i < MAILS_PER_DOMAIN; i++) {
      mailer().send(submit(somebodyAt("full.example")));
    }
    clock.advance(Duration.ofHours(1));
    for (int i = 0; i < 30; i++) {
      assertThat(mailer.send(submit(somebodyAt("full.example"))))
          .isEqualTo(new Sending.Held(HeldReason.CAPPED));
    }
    assertThat(mailer.send(submit(somebody()))).isEqualTo(new Sending.Sent(Budget.FORM));
  }

  @Test
  @Tag("slow")
  void whatIsConfirmedGivesTheDomainThreeMailsBack() {
    var address = EmailAddress.parse(somebodyAt("back.example")).orElseThrow();
    var domain = emailIndex.counted(address).domain().orElseThrow();
    for (int i = 0; i < MAILS_PER_DOMAIN; i++) {
      mailer().send(submit(somebodyAt("back.example")));
    }
    assertThat(confirmedMails().giveBack(domain, clock.instant())).isTrue();

    var sendings = Stream.generate(() -> mailer().send(submit(somebodyAt("back.example"))));
    assertThat(sendings.limit(4).toList())
        .startsWith(sent(3))
        .endsWith(new Sending.Held(HeldReason.CAPPED));
  }

  /** An attack: an insider of a large domain saves up mails for somebody else there. */
  @Test
  @Tag("slow")
  void whatIsConfirmedGivesADomainNoMoreThanItHasForADay() {
    var address = EmailAddress.parse(somebodyAt("saves.example")).orElseThrow();
    var domain = emailIndex.counted(address).domain().orElseThrow();
    assertThat(confirmedMails().giveBack(domain, clock.instant())).isFalse();
    mailer().send(submit(somebodyAt("saves.example")));
    assertThat(confirmedMails().giveBack(domain, clock.instant())).isFalse();

    var sendings = Stream.generate(() -> mailer().send(submit(somebodyAt("saves.example"))));
    assertThat(sendings.limit(MAILS_PER_DOMAIN).toList())
        .startsWith(sent(MAILS_PER_DOMAIN - 1))
        .endsWith(new Sending.Held(HeldReason.CAPPED));
  }

  private ConfirmedMails confirmedMails() {
    return new ConfirmedMails(
        installation.dynamoDb("StoreFunction"), installation.name(Table.MAIL_LIMITS));
  }

  @Test
  @Tag("slow")
  void whatAPersonHasReleasedNeedsNoRoomOfItsDomain() {
    for (int i = 0; i < MAILS_PER_DOMAIN; i++) {
      mailer().send(submit(somebodyAt("released.example")));
    }
    var row = submit(somebodyAt("released.example"));
    assertThat(mailer().send(row)).isEqualTo(new Sending.Held(HeldReason.CAPPED));

    var released =
        installation.with(row.id(), Map.of("status", text("PENDING"), "releasedAt", now()));
    assertThat(mailer().send(released)).isEqualTo(new Sending.Sent(Budget.FORM));
  }

  /** Whoever could order that might mail anybody. */
  @Test
  @Tag("slow")
  void whatStaffEnterNeedsRoomOfItsDomainThoughNobodyHasToReleaseIt() {
    var mailer = mailer(Destination.DELETION);
    var sendings = Stream.generate(() -> mailer.send(entered(ask(somebodyAt("letters.example")))));

    assertThat(sendings.limit(8).toList())
        .startsWith(new Sending.NothingHeld())
        .endsWith(new Sending.Held(HeldReason.CAPPED), new Sending.Held(HeldReason.CAPPED));
  }

  private SubmissionRow entered(SubmissionRow row) {
    return installation.with(
        row.id(), Map.of("releasedAt", now(), "behalf", text("letter privacy")));
  }

  /** Whoever seals can say so, too; only deletion writes the column. */
  @Test
  void aMailSaysThatStaffEnteredItOnlyIfTheRowDoes() {
    assertThat(mailOf(cameByLetter())).doesNotContain("by letter");
    assertThat(mailOf(entered(cameByLetter()))).contains("by letter", "a member of our staff");
  }

  private SubmissionRow cameByLetter() {
    var content =
        new Submission(
                Installation.request(customer(), "access"), Map.of(), "en", "", clock.instant())
            .by(new Forms().find(Form.PRIVACY).orElseThrow().sealedVersion())
            .cameBy(Behalf.Channel.LETTER);
    return installation.submitSealed(Form.PRIVACY, content.toJson());
  }

  private String mailOf(SubmissionRow row) {
    assertThat(mailer(Destination.DELETION).send(row)).isEqualTo(new Sending.Sent(Budget.FORM));
    return installation.account().inbox().mails().getLast().text();
  }

  /** They asked before that, and it is entered after it. */
  @Test
  void noErasureCoversWhatStaffEnterAfterIt() {
    String email = customer();
    var row = ask(email);
    clock.advance(Duration.ofSeconds(1));
    var seal = emailIndex.sealOfErasure(index(email), Timestamp.of(clock.instant()));
    marked(email, Map.of("seal", AttributeValue.fromS(seal)));
    clock.advance(Duration.ofSeconds(1));

    assertThat(mailer(Destination.DELETION).send(entered(row)))
        .isEqualTo(new Sending.Sent(Budget.FORM));
  }

  @Test
  @Tag("slow")
  void requestsOfNobodysHaveACapOfTheirDomainToo() {
    var mailer = mailer(Destination.DELETION);
    var sendings = Stream.generate(() -> mailer.send(ask(somebodyAt("asks.example"))));

    assertThat(sendings.limit(8).toList())
        .startsWith(new Sending.NothingHeld())
        .endsWith(new Sending.Held(HeldReason.CAPPED), new Sending.Held(HeldReason.CAPPED));
    assertThat(mailer().send(submit(somebodyAt("asks.example"))))
        .as("which uses up nothing of what forms have")
        .isEqualTo(new Sending.Sent(Budget.FORM));
  }

  @Test
  @Tag("slow")
  void aCustomerMayAskThoughTheirDomainHasHadItsMails() {
    var mailer = mailer(Destination.DELETION);
    for (int i = 0; i <= MAILS_PER_DOMAIN; i++) {
      mailer.send(ask(somebodyAt("right.example")));
    }
    var customer = customer(somebodyAt("right.example"));

    assertThat(mailer.send(ask(customer))).isEqualTo(new Sending.Sent(Budget.FORM));
  }

  /** What is remembered without an end is found by the spelling of before. */
  @Test
  void whoIsSuppressedStaysSoUnderTheSpellingThatTheyComplainedBy() {
    suppress("com.plains@proton.me");

    assertThat(mailer().send(submit("com.plains@proton.me")))
        .isEqualTo(new Sending.Held(HeldReason.SUPPRESSED));
  }

  @Test
  @Tag("slow")
  void strangersAreHeldOnceTheBudgetIsUsedUp() {
    clock.advance(Duration.ofHours(1));
    var mailer = mailer(Destination.STORAGE, 5, 8, _ -> Optional.empty());

    var sendings = Stream.generate(() -> mailer.send(submit(somebody()))).limit(20).toList();

    assertThat(sendings)
        .containsOnly(new Sending.Sent(Budget.FORM), new Sending.Held(HeldReason.BUDGET));
    assertThat(sendings).filteredOn(Sending.Sent.class::isInstance).hasSizeLessThanOrEqualTo(8);
  }

  @Test
  @Tag("slow")
  void whatHasWaitedForAPauseAndIsOverTheBudgetWaitsForAnotherHour() {
    clock.advance(Duration.ofHours(1));
    var mailer = mailer(Destination.STORAGE, 5, 8, _ -> Optional.empty());

    var sendings =
        Stream.generate(() -> submit(somebody()))
            .limit(20)
            .map(
                row -> installation.with(row.id(), Map.of("pausedFor", AttributeValue.fromN("60"))))
            .map(mailer::send)
            .toList();

    assertThat(sendings)
        .containsOnly(new Sending.Sent(Budget.FORM), new Sending.Held(HeldReason.PAUSED));
  }

  @Tag("slow")
  @Test
  void customersHaveABudgetOfTheirOwnForRequestsAndStrangersDoNot() {
    clock.advance(Duration.ofHours(1));
    String customer = customer();
    var mailer = mailer(Destination.DELETION, 100, 8, _ -> Optional.empty());
    Supplier<Sending> ask = () -> mailer.send(ask(customer));

    var sendings = untilUsedUp(ask);

    assertThat(sendings)
        .containsOnly(
            new Sending.Sent(Budget.FORM),
            new Sending.Sent(Budget.CUSTOMERS),
            new Sending.Held(HeldReason.BUDGET));
    assertThat(Stream.generate(() -> mailer.send(ask(somebody()))).limit(9).toList())
        .contains(new Sending.Held(HeldReason.BUDGET))
        .doesNotContain(new Sending.Sent(Budget.CUSTOMERS));
  }

  @Test
  void aSuppressedMailboxIsHeldAndStillMayAsk() {
    String email = customer();
    suppress(email);

    assertThat(mailer().send(submit(email))).isEqualTo(new Sending.Held(HeldReason.SUPPRESSED));
    var request = ask(email);
    assertThat(mailer(Destination.DELETION).send(request)).isEqualTo(new Sending.Sent(Budget.FORM));
  }

  @Test
  void everythingIsHeldWhileAllMailIsStopped() {
    var request = ask(customer());
    var row = submit(somebody());
    open(Map.of("openedAt", now()));
    try {
      assertThat(mailer().send(row)).isEqualTo(new Sending.Held(HeldReason.PAUSED));
      assertThat(mailer(Destination.DELETION).send(request))
          .isEqualTo(new Sending.Held(HeldReason.PAUSED));
    } finally {
      resume();
    }
  }

  @Test
  void aFormThatIsStoppedSendsToCustomersWhoAskAndToNobodyElse() {
    open(stopped("privacy"));
    try {
      assertThat(mailer(Destination.DELETION).send(ask(somebody())))
          .isEqualTo(new Sending.Held(HeldReason.PAUSED));
      assertThat(mailer(Destination.DELETION).send(ask(customer())))
          .isEqualTo(new Sending.Sent(Budget.FORM));
      assertThat(mailer().send(submit(somebody()))).isEqualTo(new Sending.Sent(Budget.FORM));
    } finally {
      resume();
    }
  }

  @Tag("slow")
  @Test
  void aFormThatIsSlowedSendsATenthToStrangersAndAllToCustomersWhoAsk() {
    clock.advance(Duration.ofHours(1));
    open(Map.of("slowedAt", now()));
    try {
      var strangers = mailer(Destination.STORAGE, 5, 160, _ -> Optional.empty());
      var sendings = Stream.generate(() -> strangers.send(submit(somebody()))).limit(24).toList();
      assertThat(sendings)
          .containsOnly(new Sending.Sent(Budget.SLOW), new Sending.Held(HeldReason.PAUSED));
      assertThat(sendings).filteredOn(Sending.Sent.class::isInstance).hasSizeBetween(8, 16);

      var customers = mailer(Destination.DELETION, 5, 160, _ -> Optional.empty());
      assertThat(Stream.generate(() -> customers.send(ask(customer()))).limit(20).toList())
          .containsOnly(new Sending.Sent(Budget.FORM));
    } finally {
      resume();
    }
  }

  @Tag("slow")
  @Test
  void aSlowMailIsCountedAgainstTheBudgetToo() {
    clock.advance(Duration.ofHours(1));
    var mailer = mailer(Destination.STORAGE, 5, 8, _ -> Optional.empty());
    var _ = untilUsedUp(() -> mailer.send(submit(somebody())));
    open(Map.of("slowedAt", now()));
    try {
      var another = mailer(Destination.STORAGE, 5, 8, _ -> Optional.empty());
      assertThat(another.send(submit(somebody()))).isEqualTo(new Sending.Held(HeldReason.BUDGET));
    } finally {
      resume();
    }
  }

  /**
   * What comes of mail after mail until a form has had the eight of its hour, each from a shard by
   * chance, and there were more than two budgets of eight.
   */
  private static List<Sending> untilUsedUp(Supplier<Sending> send) {
    var all = new ArrayList<Sending>();
    while (all.size() <= 16 || Collections.frequency(all, new Sending.Sent(Budget.FORM)) < 8) {
      all.add(send.get());
      assertThat(all).as("it is used up").hasSizeLessThan(300);
    }
    return all;
  }

  @Test
  @Tag("slow")
  void whatAPersonHasReleasedNeedsNoPace() {
    clock.advance(Duration.ofHours(1));
    open(Map.of("slowedAt", now()));
    try {
      var mailer = mailer(Destination.STORAGE, 5, 8, _ -> Optional.empty());
      for (int i = 0; i < 12; i++) {
        var released = installation.with(submit(somebody()).id(), Map.of("releasedAt", now()));
        assertThat(mailer.send(released)).isInstanceOf(Sending.Sent.class);
      }
    } finally {
      resume();
    }
  }

  @Test
  void whatWaitedForAPauseLivesLongerByThat() {
    var row = submit(somebody());
    var paused = installation.with(row.id(), Map.of("pausedFor", AttributeValue.fromN("7200")));
    clock.advance(Duration.ofHours(73));
    try {
      assertThat(mailer().send(paused)).isEqualTo(new Sending.Sent(Budget.FORM));
      assertThat(installation.item(row.id()).get("expiresAt"))
          .isEqualTo(
              AttributeValue.fromN(
                  "" + clock.instant().plus(Duration.ofHours(1)).getEpochSecond()));
    } finally {
      clock.advance(Duration.ofHours(-73));
    }
  }

  @Test
  void whoAsksForAnotherLinkThatMayNotBeMailedKeepsTheOneBefore() {
    String email = somebody();
    var row = submit(email);
    assertThat(mailer().send(row)).isEqualTo(new Sending.Sent(Budget.FORM));
    var asked = asksForAnotherLink(row);
    suppress(email);

    assertThat(mailer().send(asked)).isEqualTo(new Sending.LinkKept(HeldReason.SUPPRESSED));
    assertThat(status(row)).isEqualTo("MAILED");
    assertThat(installation.item(row.id())).containsEntry("linkNo", AttributeValue.fromN("1"));
    assertThat(mailer().send(asked)).isEqualTo(new Sending.Settled());
  }

  @Test
  void whoAsksForMoreLinksThanAMailboxHasMailsKeepsTheOneBefore() {
    var row = submit(somebody());
    var mailer = mailer(Destination.STORAGE, 1, 800, _ -> Optional.empty());
    assertThat(mailer.send(row)).isEqualTo(new Sending.Sent(Budget.FORM));

    assertThat(mailer.send(asksForAnotherLink(row)))
        .isEqualTo(new Sending.LinkKept(HeldReason.CAPPED));
    assertThat(status(row)).isEqualTo("MAILED");
    assertThat(installation.item(row.id())).containsEntry("linkNo", AttributeValue.fromN("1"));
  }

  private SubmissionRow asksForAnotherLink(SubmissionRow row) {
    return installation.with(
        row.id(),
        Map.of("status", AttributeValue.fromS("PENDING"), "linkNo", AttributeValue.fromN("2")));
  }

  @Test
  void whatSesRefusesForGoodIsHeld() {
    var row = submit(somebody());
    var mailer =
        mailer(
            Destination.STORAGE,
            5,
            800,
            _ -> Optional.of(BadRequestException.builder().message("no").build()));

    assertThat(mailer.send(row)).isEqualTo(new Sending.Held(HeldReason.MAIL_FAILED));
    assertThat(status(row)).isEqualTo("HELD");
  }

  @Tag("slow")
  @Test
  void whatCameWithWorkIsMailedOnceTheFormsBudgetIsUsedUpAndByNoMoreThanThat() {
    clock.advance(Duration.ofHours(1));
    var mailer = mailer(Destination.STORAGE, 5, 8, _ -> Optional.empty());
    var sent = untilUsedUp(() -> mailer.send(worked()));

    assertThat(sent)
        .contains(new Sending.Sent(Budget.WORKED))
        .filteredOn(new Sending.Sent(Budget.WORKED)::equals)
        .hasSizeLessThanOrEqualTo(8);
    assertThat(sent).contains(new Sending.Held(HeldReason.BUDGET));
    assertThat(mailer.send(submit(somebody())))
        .as("without work")
        .isEqualTo(new Sending.Held(HeldReason.BUDGET));
  }

  @Test
  void whatCameWithoutTheWorkThatWasAskedForIsHeldUntilAPersonReleasesIt() {
    var hinted =
        installation.submit("contact", Installation.contact(somebody()), Optional.of(Hint.NO_WORK));

    assertThat(mailer().send(hinted)).isEqualTo(new Sending.Held(HeldReason.NO_WORK));
    assertThat(installation.text(hinted.id(), "reason")).isEqualTo("no-work");
  }

  private SubmissionRow worked() {
    var row = submit(somebody());
    return installation.with(row.id(), Map.of("worked", AttributeValue.fromN("1")));
  }

  /** An attack: in the sandbox, one post with another address kept a shard waiting for 22 hours. */
  @Test
  void whoseAddressIsNotVerifiedInTheSandboxIsHeldAtOnce() {
    var ses = installation.account().operator().ses();
    ses.putAccountDetails(it -> it.productionAccessEnabled(false));
    try {
      var row = submit(somebody());

      assertThat(mailer().send(row)).isEqualTo(new Sending.Held(HeldReason.MAIL_FAILED));
      assertThat(installation.text(row.id(), "reason")).isEqualTo("mail-failed");
      var verified = "verified@simulator.amazonses.com";
      assertThat(mailer().send(submit(verified))).isEqualTo(new Sending.Sent(Budget.FORM));
    } finally {
      ses.putAccountDetails(it -> it.productionAccessEnabled(true));
    }
  }

  @Test
  void whatIsRefusedForItsSenderWaitsAsEveryOtherMail() {
    var sender = installation.account().variables(MAILER).get("SENDER_ADDRESS");
    String email = somebody();
    var refused =
        rejected("The following identities failed the check: %s, %s".formatted(sender, email));

    assertThat(mailer(Destination.STORAGE, 5, 800, _ -> Optional.of(refused)).send(submit(email)))
        .isEqualTo(new Sending.TryAgain(Optional.of(refused)));
  }

  @Test
  void whatSesRefusesWhileItTakesOthersIsHeldAfterSomeTries() {
    var refused = rejected("no");
    var row = submit(somebody());
    var troubled = mailer(Destination.STORAGE, 5, 800, _ -> Optional.of(refused));

    for (int i = 1; i < Doubts.TRIES; i++) {
      assertThat(troubled.send(row)).isEqualTo(new Sending.TryAgain(Optional.of(refused)));
    }
    assertThat(troubled.send(row)).isEqualTo(new Sending.Postponed(refused));
    assertThat(status(row)).as("left to the reconciler").isEqualTo("MAILING");
    assertThat(troubled.send(row)).isEqualTo(new Sending.Postponed(refused));
    assertThat(mailer().send(submit(somebody()))).isEqualTo(new Sending.Sent(Budget.FORM));
    assertThat(troubled.send(row)).as("another outage").isEqualTo(new Sending.Postponed(refused));
    assertThat(troubled.send(row)).as("the same").isEqualTo(new Sending.Postponed(refused));
    assertThat(mailer().send(submit(somebody()))).isEqualTo(new Sending.Sent(Budget.FORM));
    assertThat(troubled.send(row)).isEqualTo(new Sending.Held(HeldReason.MAIL_FAILED));
    assertThat(status(row)).isEqualTo("HELD");
  }

  @Test
  @Tag("slow")
  void whileSesRefusesEverythingNothingIsHeldForIt() {
    var refused = rejected("no");
    var troubled = mailer(Destination.STORAGE, 5, 800, _ -> Optional.of(refused));

    for (int people = 0; people < 3; people++) {
      var row = submit(somebody());
      for (int i = 1; i < Doubts.TRIES; i++) {
        troubled.send(row);
      }
      assertThat(troubled.send(row)).isEqualTo(new Sending.Postponed(refused));
      assertThat(status(row)).isEqualTo("MAILING");
    }
  }

  private static MessageRejectedException rejected(String why) {
    return MessageRejectedException.builder()
        .statusCode(400)
        .awsErrorDetails(
            AwsErrorDetails.builder().errorCode("MessageRejected").errorMessage(why).build())
        .build();
  }

  @Test
  void aNewLinkWhoseMailSesRefusesForGoodEndsNoneThatWasMailed() {
    var row = submit(somebody());
    assertThat(mailer().send(row)).isEqualTo(new Sending.Sent(Budget.FORM));
    var mailed = installation.item(row.id());
    var asked = asksForAnotherLink(row);
    var refused = BadRequestException.builder().message("no").build();

    assertThat(mailer(Destination.STORAGE, 5, 800, _ -> Optional.of(refused)).send(asked))
        .isEqualTo(new Sending.LinkKept(HeldReason.MAIL_FAILED));
    var kept = List.of("status", "linkNo", "tokenHash", "links", "open");
    assertThat(installation.item(row.id()))
        .extractingByKeys(kept.toArray(String[]::new))
        .containsExactly(kept.stream().map(mailed::get).toArray(AttributeValue[]::new));
    assertThat(installation.item(row.id())).doesNotContainKeys("reason", "leaseUntil");
  }

  @Test
  void whatSesDoesNotTakeNowComesAgainAndCountsOnce() {
    var row = submit(somebody());
    var trouble = SdkClientException.create("not now");
    var troubled = mailer(Destination.STORAGE, 1, 800, _ -> Optional.of(trouble));

    assertThat(troubled.send(row))
        .isInstanceOfSatisfying(
            Sending.TryAgain.class, again -> assertThat(again.cause()).isPresent());
    assertThat(status(row)).isEqualTo("MAILING");
    assertThat(mailer(Destination.STORAGE, 1, 800, _ -> Optional.empty()).send(row))
        .isEqualTo(new Sending.Sent(Budget.FORM));
  }

  @Test
  void whatAnotherMailerHasComesAgainUntilItsLeaseHasEnded() {
    var row = submit(somebody());
    claimedUntil(row, clock.instant().plusSeconds(40));

    assertThat(mailer().send(row)).isEqualTo(new Sending.TryAgain(Optional.empty()));
    claimedUntil(row, clock.instant());
    assertThat(mailer().send(row)).isEqualTo(new Sending.Sent(Budget.FORM));
  }

  @Test
  void whatHasEndedIsOwedNothing() {
    var row = submit(somebody());
    clock.advance(Duration.ofHours(73));
    try {
      assertThat(mailer().send(row)).isEqualTo(new Sending.Settled());
    } finally {
      clock.advance(Duration.ofHours(-73));
    }
  }

  private SendConfirmation mailer() {
    return mailer(Destination.STORAGE);
  }

  private SendConfirmation mailer(Destination destination) {
    return mailer(destination, 5, 800, _ -> Optional.empty());
  }

  /** What SES answers with instead of taking a mail. */
  private SendConfirmation mailer(
      Destination destination, int mailsPerMailbox, int mailsPerForm, Trouble trouble) {
    String table = installation.name(Table.of(destination));
    String beside = installation.name(Table.MAIL_LIMITS);
    var forms = new Forms();
    var heldData =
        new HeldData(
            dynamoDb,
            installation.name(Table.IDENTITIES),
            List.of(installation.name(Table.SUBMISSIONS), installation.name(Table.REQUESTS)));
    var letters =
        new Letters(
            emailIndex,
            heldData,
            Business.load(),
            URI.create("https://forms.example.com"),
            Law.GDPR,
            15);
    var sender = TestSes.sender(installation.account().variables(MAILER), trouble);
    var mailings =
        new Mailings(
            dynamoDb,
            table,
            new MailLimits(
                beside,
                destination,
                new MailLimits.Most(
                    mailsPerMailbox, MAILS_TO_SIMULATOR, MAILS_PER_DOMAIN, mailsPerForm)));
    var refuseMail = new RefuseMail(new MailRefusals(dynamoDb, table, forms), linkTokens, clock);
    var deliverMail =
        new DeliverMail(
            heldData,
            letters,
            new Delivery(sender, new MailBreaker(dynamoDb, beside), doubts),
            mailings,
            refuseMail,
            clock);
    var budgets = new Budgets(mailings, clock);
    var claimMail =
        new ClaimMail(
            budgets,
            new Paces(new MailStops(dynamoDb, beside), mailings, clock),
            linkTokens,
            mailings,
            refuseMail,
            deliverMail,
            clock);
    return new SendConfirmation(
        opener,
        emailIndex,
        new ErasedAddresses(dynamoDb, beside, Optional.of(emailIndex::sealOfErasure)),
        letters,
        claimMail,
        refuseMail,
        clock);
  }

  private AttributeValue now() {
    return AttributeValue.fromS(Timestamp.of(clock.instant()));
  }

  private Map<String, AttributeValue> stopped(String form) {
    var breaker =
        Map.of(
            "pace", AttributeValue.fromS("STOPPED"),
            "since", now(),
            "version", AttributeValue.fromN("1"));
    return Map.of("forms", AttributeValue.fromM(Map.of(form, AttributeValue.fromM(breaker))));
  }

  private void open(Map<String, AttributeValue> columns) {
    var breaker = new HashMap<>(columns);
    breaker.put("key", AttributeValue.fromS("breaker"));
    breaker.put("version", AttributeValue.fromN("1"));
    installation.put(Table.MAIL_LIMITS, breaker);
  }

  private void resume() {
    var breaker = new MailBreaker(feedback, installation.name(Table.MAIL_LIMITS));
    assertThat(breaker.close(clock.instant())).isTrue();
  }

  private String somebody() {
    return somebodyAt("person%d.example".formatted(people + 1)); // A domain has a cap of its own.
  }

  private String somebodyAt(String domain) {
    people++;
    return "person%d@%s".formatted(people, domain);
  }

  private String customer() {
    return customer(somebody());
  }

  private String customer(String email) {
    installation.put(
        Table.IDENTITIES,
        Map.of(
            "emailIndex", AttributeValue.fromS(index(email)),
            "customerId", AttributeValue.fromS("customer" + people)));
    return email;
  }

  private SubmissionRow submit(String email) {
    return installation.submit("contact", Installation.contact(email));
  }

  private SubmissionRow ask(String email) {
    return installation.submit("privacy", Installation.request(email, "access"));
  }

  private void claimedUntil(SubmissionRow row, Instant leaseUntil) {
    installation.with(
        row.id(),
        Map.of(
            "status", AttributeValue.fromS("MAILING"),
            "leaseUntil", AttributeValue.fromS(Timestamp.of(leaseUntil))));
  }

  private void suppress(String email) {
    new Suppressions(feedback, installation.name(Table.MAIL_LIMITS))
        .add(
            emailIndex.ofMailbox(EmailAddress.parse(email).orElseThrow()),
            "bounce",
            clock.instant());
  }

  private String index(String email) {
    return emailIndex.of(EmailAddress.parse(email).orElseThrow());
  }

  private String status(SubmissionRow row) {
    return installation.text(row.id(), "status");
  }

  private int mails() {
    return installation.account().inbox().mails().size();
  }
}
