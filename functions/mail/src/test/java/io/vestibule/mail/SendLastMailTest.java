package io.vestibule.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vestibule.core.EmailAddress;
import io.vestibule.core.Notice;
import io.vestibule.core.Notice.Deed;
import io.vestibule.core.RowId;
import io.vestibule.core.Timestamp;
import io.vestibule.core.forms.Business;
import io.vestibule.keys.Installation;
import io.vestibule.keys.Notices;
import io.vestibule.local.aws.MovableClock;
import io.vestibule.local.ses.Mail;
import io.vestibule.mail.LastSending.Forged;
import io.vestibule.mail.LastSending.Later;
import io.vestibule.mail.LastSending.Settled;
import io.vestibule.mail.LastSending.Told;
import io.vestibule.mail.LastSending.Untold;
import io.vestibule.mail.LastSending.Why;
import io.vestibule.mail.TestSes.Trouble;
import io.vestibule.store.AwsClients;
import io.vestibule.store.Table;
import io.vestibule.store.mail.LastMails;
import io.vestibule.store.mail.MailBreaker;
import io.vestibule.store.mail.MailStops;
import io.vestibule.store.mail.Suppressions;
import io.vestibule.store.rows.UntoldRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sesv2.model.BadRequestException;

/** Who is told that what they asked for is done, with the mailer's role. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SendLastMailTest {

  private static final String MAILER = "MailerFunction";
  private static final String TOKEN = "t".repeat(43);
  private static final int CAP = 3;

  private final MovableClock clock = MovableClock.fromNoonTomorrow();
  private Installation installation;
  private DynamoDbClient dynamoDb;
  private int people;

  @BeforeAll
  void open() throws IOException {
    clock.stop();
    installation = Installation.open(clock);
    dynamoDb = installation.dynamoDb(MAILER);
  }

  @AfterAll
  void close() throws IOException {
    dynamoDb.close();
    installation.close();
  }

  @ParameterizedTest
  @EnumSource(Deed.class)
  void whoseRequestIsDoneIsToldOnceAndThenTheirAddressGoes(Deed deed) {
    var email = somebody();
    var done = done(email, deed);
    int before = mails();

    assertThat(mailer().send(done)).isEqualTo(new Told());
    assertThat(mailer().send(done)).as("delivered again").isEqualTo(new Settled());

    assertThat(mails()).isEqualTo(before + 1);
    assertThat(newest().to()).containsExactly(email);
    assertThat(installation.item(done.id())).doesNotContainKeys("notify", "open", "leaseUntil");
  }

  @Test
  void whoIsErasedReadsWhereTheReceiptIsAndUntilWhenAndThatNoMoreMailComes() {
    var done = done(somebody(), Deed.ERASED);

    assertThat(mailer().send(done)).isEqualTo(new Told());

    var link = "https://forms.example.com/requests/%s?token=%s".formatted(done.id(), TOKEN);
    assertThat(newest().subject()).contains("has erased your data");
    assertThat(newest().text())
        .contains(link, "The page works until", "This is our last mail to you");
    assertThat(newest().html()).contains(link, "This is our last mail to you");
  }

  @Test
  void whoGotACopyIsToldWithoutALink() {
    assertThat(mailer().send(done(somebody(), Deed.COPIED))).isEqualTo(new Told());

    assertThat(newest().text()).contains("The copy is there until").doesNotContain("/requests/");
    assertThat(newest().html()).doesNotContain("/requests/", "Open the receipt");
    assertThat(newest().text()).doesNotContain("last mail");
  }

  /** An attack: with PutItem on requests, strangers are to be told that they are erased. */
  @Test
  void whatNobodyOfOursHasSealedIsMailedToNobody() throws Exception {
    var real = done(somebody(), Deed.ERASED);
    var another = done(somebody(), Deed.ERASED);
    var moved = put(another.id(), real.notice(), clock.instant());
    var changed = real.notice().clone();
    changed[changed.length - 1] ^= 1;
    int before = mails();

    assertThat(mailer().send(moved)).isEqualTo(new Forged());
    assertThat(mailer().send(put(real.id(), changed, clock.instant()))).isEqualTo(new Forged());
    assertThat(mailer().send(put(real.id(), new byte[5], clock.instant()))).isEqualTo(new Forged());

    assertThat(mails()).isEqualTo(before);
    assertThat(installation.item(real.id())).doesNotContainKeys("notify", "open");
  }

  @Test
  void aRowThatIsPutBackBringsItsAddresseeNoMoreThanTheDaysMails() {
    var done = done(somebody(), Deed.WITHDRAWN);
    int before = mails();
    for (int i = 0; i < CAP; i++) {
      put(done.id(), done.notice(), clock.instant());
      assertThat(mailer().send(done)).isEqualTo(new Told());
    }

    put(done.id(), done.notice(), clock.instant());

    assertThat(mailer().send(done)).isEqualTo(new Untold(Why.CAPPED));
    assertThat(mails()).isEqualTo(before + CAP);
    assertThat(installation.item(done.id())).doesNotContainKey("notify");
  }

  @Test
  void afterADayNobodyIsToldAndTheAddressGoes() {
    var done = done(somebody(), Deed.ERASED);
    int before = mails();
    clock.advance(Duration.ofDays(1));
    try {
      assertThat(mailer().send(done)).isEqualTo(new Untold(Why.LATE));
    } finally {
      clock.advance(Duration.ofDays(-1));
    }
    assertThat(mails()).isEqualTo(before);
    assertThat(installation.item(done.id())).doesNotContainKeys("notify", "open");
  }

  @Test
  void whoseMailBouncedOrWhoComplainedIsNotTold() {
    var email = somebody();
    var done = done(email, Deed.KEPT);
    new Suppressions(
            installation.dynamoDb("MailFeedbackFunction"), installation.name(Table.MAIL_LIMITS))
        .add(mailbox(email), "complaint", clock.instant());

    assertThat(mailer().send(done)).isEqualTo(new Untold(Why.SUPPRESSED));
    assertThat(installation.item(done.id())).doesNotContainKey("notify");
  }

  @Test
  void whileAllMailIsStoppedTheAddressWaitsAndIsMailedAfterIt() {
    var done = done(somebody(), Deed.COPIED);
    stopAllMail();

    assertThat(mailer().send(done)).isEqualTo(new Later());
    assertThat(installation.item(done.id())).containsKeys("notify", "open");

    new MailBreaker(
            installation.dynamoDb("MailFeedbackFunction"), installation.name(Table.MAIL_LIMITS))
        .close(clock.instant());
    assertThat(mailer().send(done)).isEqualTo(new Told());
  }

  @Test
  void whatSesDoesNotTakeNowIsTriedAgainAndCountsOnce() {
    var done = done(somebody(), Deed.ERASED);
    var troubled = mailer(1, Optional.of(SdkClientException.create("not now")));

    assertThat(troubled.send(done)).isEqualTo(new Later());
    assertThat(troubled.send(done)).isEqualTo(new Later());
    assertThat(mailer(1, Optional.empty()).send(done)).isEqualTo(new Told());
  }

  @Test
  void whatSesRefusesForGoodIsNotTried() {
    var done = done(somebody(), Deed.ERASED);
    var refused = BadRequestException.builder().message("no").build();

    assertThat(mailer(CAP, Optional.of(refused)).send(done)).isEqualTo(new Untold(Why.REFUSED));
    assertThat(installation.item(done.id())).doesNotContainKey("notify");
  }

  /** Its mailer may have died after SES had the mail: then there is a second one. */
  @Test
  void whatAnotherMailerHasIsLeftToItUntilItsLeaseHasEnded() {
    var done = done(somebody(), Deed.ERASED);
    leased(done, clock.instant().plusSeconds(40));
    assertThat(mailer().send(done)).isEqualTo(new Settled());

    leased(done, clock.instant());
    assertThat(mailer().send(done)).isEqualTo(new Told());
  }

  @ParameterizedTest
  @MethodSource("deaths")
  void whereverAMailerDiesTheNextOneTellsAndAtMostOneMailIsRepeated(Death death) {
    var done = done(somebody(), Deed.ERASED);
    int before = mails();

    assertThatThrownBy(() -> mailer(CAP, death).send(done)).isInstanceOf(Killed.class);
    boolean isOut = mails() > before;
    clock.advance(Duration.ofMinutes(16));
    try {
      assertThat(mailer().send(done)).isIn(new Told(), new Settled());
    } finally {
      clock.advance(Duration.ofMinutes(-16));
    }

    assertThat(mails()).isBetween(before + 1, before + 2);
    assertThat(mails() == before + 2).as("repeated").isEqualTo(isOut && death.isBeforeTheEnd());
    assertThat(installation.item(done.id())).doesNotContainKeys("notify", "open", "leaseUntil");
  }

  /**
   * What opens the keys has its calls before these: what is against a mail, the claim, the count,
   * SES, the end, and the count for the breakers.
   */
  static Stream<Death> deaths() {
    return IntStream.rangeClosed(1, 6)
        .boxed()
        .flatMap(call -> Stream.of(new Death(call, true), new Death(call, false)));
  }

  record Death(int call, boolean before) {

    /** The end is the fifth. */
    boolean isBeforeTheEnd() {
      return call < 5 || (call == 5 && before);
    }
  }

  private static final class Killed extends Error {}

  /** A mailer whose calls are counted together, and that dies at one of them. */
  private SendLastMail mailer(int cap, Death death) {
    var killer =
        new ExecutionInterceptor() {

          private int calls;

          @Override
          public void beforeExecution(Context.BeforeExecution call, ExecutionAttributes all) {
            calls++;
            if (calls == death.call() && death.before()) {
              throw new Killed();
            }
          }

          @Override
          public void afterExecution(Context.AfterExecution call, ExecutionAttributes all) {
            if (calls == death.call() && !death.before()) {
              throw new Killed();
            }
          }
        };
    var env = installation.env(MAILER);
    return mailer(
        cap,
        AwsClients.configure(DynamoDbClient.builder(), env)
            .overrideConfiguration(override -> override.addExecutionInterceptor(killer))
            .build(),
        killer);
  }

  @Test
  void whatALaterVersionTellsOfIsNotToldAndTheAddressGoes() {
    var later = new Notice("", "en", Deed.ERASED, clock.instant(), clock.instant(), null);
    var done = done(later);

    assertThat(mailer().send(done)).isEqualTo(new Untold(Why.UNKNOWN));
    assertThat(installation.item(done.id())).doesNotContainKey("notify");
  }

  private UntoldRequest done(String email, Deed deed) {
    @Nullable String token = deed == Deed.COPIED ? null : TOKEN;
    var until = clock.instant().plus(Duration.ofDays(30));
    return done(new Notice(email, "en", deed, clock.instant(), until, token));
  }

  private UntoldRequest done(Notice notice) {
    var row = installation.submit("privacy", Installation.request(somebody(), "erase"));
    var sealed = deletion().seal(row.id(), row.sealed().sealingKey(), notice);
    return put(row.id(), sealed, notice.doneAt());
  }

  private Notices deletion() {
    return installation
        .opener("DeletionFunction")
        .notices(installation.emailIndex("DeletionFunction"));
  }

  private UntoldRequest put(RowId id, byte[] notice, Instant doneAt) {
    installation.with(
        id,
        Map.of(
            "status", AttributeValue.fromS("DONE"),
            "open", AttributeValue.fromS("DONE#0"),
            "doneAt", AttributeValue.fromS(Timestamp.of(doneAt)),
            "notify", AttributeValue.fromB(SdkBytes.fromByteArray(notice))));
    return UntoldRequest.read(installation.item(id)).orElseThrow();
  }

  private void leased(UntoldRequest done, Instant until) {
    installation.with(done.id(), Map.of("leaseUntil", AttributeValue.fromS(Timestamp.of(until))));
  }

  private SendLastMail mailer() {
    return mailer(CAP, Optional.empty());
  }

  private SendLastMail mailer(int cap, Optional<SdkException> trouble) {
    return mailer(cap, dynamoDb, (Trouble) _ -> trouble);
  }

  private SendLastMail mailer(int cap, DynamoDbClient dynamoDb, ExecutionInterceptor ofSes) {
    var beside = installation.name(Table.MAIL_LIMITS);
    var sender = TestSes.sender(installation.account().variables(MAILER), ofSes);
    var index = installation.emailIndex(MAILER);
    return new SendLastMail(
        installation.opener(MAILER).notices(index),
        index,
        new MailStops(dynamoDb, beside),
        new LastMails(dynamoDb, installation.name(Table.REQUESTS), beside, cap),
        new LastLetters(Business.load(), URI.create("https://forms.example.com")),
        new Delivery(sender, new MailBreaker(dynamoDb, beside), new Doubts()),
        clock);
  }

  private void stopAllMail() {
    var breaker = new HashMap<String, AttributeValue>();
    breaker.put("key", AttributeValue.fromS("breaker"));
    breaker.put("version", AttributeValue.fromN("1"));
    breaker.put("openedAt", AttributeValue.fromS(Timestamp.of(clock.instant())));
    installation.put(Table.MAIL_LIMITS, breaker);
  }

  private String mailbox(String email) {
    return installation.emailIndex(MAILER).ofMailbox(EmailAddress.parse(email).orElseThrow());
  }

  private String somebody() {
    people++;
    return "person%d@example.net".formatted(people);
  }

  private int mails() {
    return installation.account().inbox().mails().size();
  }

  private Mail newest() {
    return installation.account().inbox().mails().getLast();
  }
}
