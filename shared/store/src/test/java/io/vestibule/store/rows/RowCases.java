package io.vestibule.store.rows;

import static io.vestibule.core.Destination.DELETION;
import static io.vestibule.core.Destination.STORAGE;
import static io.vestibule.core.Status.DONE;
import static io.vestibule.core.Status.ERASED;
import static io.vestibule.core.Status.ERASING;
import static io.vestibule.core.Status.EXPIRED;
import static io.vestibule.core.Status.HELD;
import static io.vestibule.core.Status.MAILED;
import static io.vestibule.core.Status.MAILING;
import static io.vestibule.core.Status.PENDING;
import static io.vestibule.core.Status.VERIFIED;
import static io.vestibule.store.Attributes.bytes;
import static io.vestibule.store.Attributes.number;
import static io.vestibule.store.Attributes.seconds;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;
import static io.vestibule.store.rows.RowCase.NOW;

import io.vestibule.core.Choice;
import io.vestibule.core.DataRequest;
import io.vestibule.core.Destination;
import io.vestibule.core.HeldReason;
import io.vestibule.core.LinkToken;
import io.vestibule.core.Status;
import io.vestibule.core.forms.Forms;
import io.vestibule.store.Erasure;
import io.vestibule.store.RowChange;
import io.vestibule.store.RowChange.Effect;
import io.vestibule.store.mail.Counted;
import io.vestibule.store.mail.LastMails;
import io.vestibule.store.mail.MailLimits;
import io.vestibule.store.mail.MailRefusals;
import io.vestibule.store.mail.Mailings;
import io.vestibule.store.rows.AnsweredRequests.SignedReceipt;
import io.vestibule.store.rows.ConfirmedRequests.Pressed;
import io.vestibule.store.rows.RowCase.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Every method of a store that changes a row, and what its guards are for. */
final class RowCases {

  private static final Forms FORMS = new Forms();
  private static final LinkToken TOKEN = LinkToken.of(new byte[32]);
  private static final String ASKED = "at=2026-11-16T09:00:00.000Z;deed=withdraw.marketing";
  private static final DataRequest ERASE =
      new DataRequest(DataRequest.Kind.ERASE, Optional.empty());
  private static final byte[] PROOF = {7};
  private static final AttributeValue OTHER = bytes(new byte[] {9});
  private static final AttributeValue ONE = number(1);
  private static final byte[] AWAITS = {3};
  private static final SignedReceipt RECEIPT = new SignedReceipt(new byte[] {1}, new byte[] {2});
  private static final AttributeValue PAST = time(NOW.minusSeconds(1));
  private static final AttributeValue LATER = time(NOW.plusSeconds(1));
  private static final String NEWER_LINK = "another link was asked for since";
  private static final String ANOTHER_ERASED = "its sender has corrected the address since";

  private RowCases() {}

  static Stream<RowCase> all() {
    return Stream.of(
            mailer(),
            refusals(),
            link(),
            confirmed(),
            requests(),
            answers(),
            lastMail(),
            erasure(),
            reconcile())
        .flatMap(List::stream);
  }

  private static List<RowCase> mailer() {
    return List.of(
        RowCase.of(Transitions.CLAIM, STORAGE, PENDING, RowCases::claim)
            .guardedBy("number", NEWER_LINK, "linkNo", number(3))
            .guardedByOtherStates(),
        RowCase.of(Transitions.CLAIM, DELETION, PENDING, RowCases::claim).guardedByOtherStates(),
        RowCase.of(Transitions.TAKE_OVER, STORAGE, MAILING, RowCases::claim)
            .with("leaseUntil", time(NOW))
            .guardedBy("number", NEWER_LINK, "linkNo", number(3))
            .guardedBy("lease", "another mailer is at it", "leaseUntil", LATER)
            .guardedByOtherStates(),
        ofMailing(Transitions.MARK_MAILED, it -> mailings(it).mailed(it.row(), NOW)),
        ofMailing(Transitions.GIVE_BACK, it -> mailings(it).release(it.row(), NOW)),
        ofMailing(Transitions.ANSWER_NOTHING_HELD, it -> mailings(it).answered(it.row(), NOW)));
  }

  private static RowCase ofMailing(Transition transition, RowCase.Deed deed) {
    return RowCase.of(transition, DELETION, MAILING, deed)
        .with("leaseUntil", LATER)
        .with("tokenHash", OTHER)
        .with("emailIndex", text("ada"))
        .guardedBy("number", NEWER_LINK, "linkNo", number(3))
        .guardedByOtherStates();
  }

  private static List<RowCase> refusals() {
    return List.of(
        unclaimed(Transitions.RESTORE_LINK_AT_LIMIT, it -> restore(it, HeldReason.CAPPED)),
        unclaimed(Transitions.RESTORE_LINK, it -> restore(it, HeldReason.PAUSED))
            .guardedBy("state", "another mailer is at it", "status", text(MAILING.name())),
        ofMailing(
            Transitions.RESTORE_LINK_OF_REFUSED_MAIL,
            it ->
                refusals(it)
                    .restoreClaimed(
                        it.row(), new byte[32], List.of(new LiveLink(1, NOW, new byte[32])))),
        unclaimed(Transitions.HOLD_AT_LIMIT, it -> hold(it, HeldReason.BUDGET))
            .guardedBy("releasedAt", "a person released it", "releasedAt", PAST),
        unclaimed(Transitions.HOLD_UNMAILED, it -> hold(it, HeldReason.SPAM))
            .guardedBy("state", "another mailer is at it", "status", text(MAILING.name()))
            .guardedBy("releasedAt", "a person released it", "releasedAt", PAST),
        unclaimed(Transitions.HOLD_UNMAILED, it -> hold(it, HeldReason.PAUSED))
            .with("releasedAt", PAST)
            .guardedBy("releasedAt", "a person released it again", "releasedAt", time(NOW)),
        ofMailing(
            Transitions.HOLD_REFUSED_MAIL,
            it -> refusals(it).holdClaimed(it.row(), HeldReason.MAIL_FAILED, NOW)),
        unclaimed(Transitions.END_UNMAILED, it -> refusals(it).erase(it.row(), NOW))
            .with("tokenHash", OTHER)
            .with("emailIndex", text("ada"))
            .guardedBy("state", "another mailer is at it", "status", text(MAILING.name())));
  }

  private static RowCase unclaimed(Transition transition, RowCase.Deed deed) {
    return RowCase.of(transition, STORAGE, PENDING, deed)
        .with("leaseUntil", LATER)
        .guardedBy("number", NEWER_LINK, "linkNo", number(3))
        .guardedByOtherStates();
  }

  private static List<RowCase> link() {
    return List.of(
        pressed(STORAGE, Optional.empty(), Choice.Confirmed.address()),
        pressed(STORAGE, Optional.of(ASKED), new Choice.Disowned()),
        pressed(DELETION, Optional.of(ASKED), new Choice.Deed(ERASE)),
        pressedLive(STORAGE, PENDING),
        pressedLive(DELETION, MAILED),
        RowCase.of(
                Transitions.ASK_FOR_NEW_LINK,
                STORAGE,
                MAILED,
                it ->
                    new Submissions(it.dynamoDb(), it.table())
                        .requestNewLink(it.id(), askedFor(), NOW))
            .with("tokenHash", OTHER)
            .guardedBy("number", NEWER_LINK, "linkNo", number(3))
            .guardedBy("alive", "its time is over", "expiresAt", seconds(NOW))
            .guardedByOtherStates());
  }

  private static Submissions.Link askedFor() {
    return new Submissions.Link(
        "contact",
        MAILED,
        Optional.empty(),
        2,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        List.of());
  }

  private static RowCase pressed(Destination table, Optional<String> asked, Choice choice) {
    var link =
        new Submissions.Link(
            "contact",
            MAILED,
            Optional.empty(),
            2,
            Optional.empty(),
            Optional.empty(),
            asked,
            Optional.empty(),
            false,
            List.of());
    return RowCase.of(
            Transitions.PRESS,
            table,
            MAILED,
            it ->
                new Submissions(it.dynamoDb(), it.table()).press(it.id(), link, TOKEN, choice, NOW))
        .with("tokenHash", bytes(TOKEN.hash()))
        .with("linkExpiresAt", LATER)
        .guardedBy("link", "another link is mailed", "tokenHash", OTHER)
        .guardedBy("number", NEWER_LINK, "linkNo", number(3))
        .guardedBy("alive", "its time is over", "linkExpiresAt", time(NOW))
        .guardedByOtherStates();
  }

  private static RowCase pressedLive(Destination table, Status state) {
    var live = new LiveLink(1, NOW, TOKEN.hash());
    var choice = new Choice.Deed(ERASE);
    var link =
        new Submissions.Link(
            "contact",
            state,
            Optional.empty(),
            1,
            Optional.empty(),
            Optional.empty(),
            Optional.of(ASKED),
            Optional.empty(),
            false,
            List.of(live));
    return RowCase.of(
            Transitions.PRESS_LIVE,
            table,
            state,
            it ->
                new Submissions(it.dynamoDb(), it.table()).press(it.id(), link, TOKEN, choice, NOW))
        .with("links", LiveLink.column(List.of(live)))
        .guardedBy(
            "link",
            "it lives no more",
            "links",
            LiveLink.column(List.of(new LiveLink(2, NOW, TOKEN.hash()))))
        .guardedByOtherStates();
  }

  private static List<RowCase> confirmed() {
    return List.of(
        proven(
            Transitions.STORE_SUBMISSION,
            STORAGE,
            VERIFIED,
            it -> transact(it, verified(it).done(it.row(), PROOF, NOW))),
        proven(
            Transitions.END_COVERED,
            STORAGE,
            VERIFIED,
            it -> verified(it).erased(it.row(), PROOF, NOW)),
        proven(
            Transitions.END_DISOWNED,
            STORAGE,
            VERIFIED,
            it -> verified(it).disowned(it.row(), PROOF, NOW)),
        proven(
            Transitions.END_DISOWNED,
            DELETION,
            VERIFIED,
            it -> verified(it).disowned(it.row(), PROOF, NOW)),
        proven(
            Transitions.HOLD_CONFIRMED,
            STORAGE,
            VERIFIED,
            it -> verified(it).holdConfirmed(it.row(), PROOF, HeldReason.TOO_LARGE)),
        proven(
            Transitions.HOLD_CONFIRMED,
            DELETION,
            ERASING,
            it -> verified(it).holdConfirmed(it.row(), PROOF, HeldReason.UNREADABLE)),
        proven(
            Transitions.HOLD_FORGED,
            STORAGE,
            VERIFIED,
            it -> verified(it).holdForged(it.row(), NOW)),
        RowCase.of(
                Transitions.HOLD_FORGED,
                DELETION,
                ERASING,
                it -> verified(it).holdForged(it.row(), NOW))
            .guardedBy("proof", "it was pressed since", "proof", OTHER)
            .guardedByAnyOtherState(),
        quarantined(STORAGE, PENDING),
        quarantined(STORAGE, VERIFIED),
        quarantined(DELETION, ERASING));
  }

  private static RowCase quarantined(Destination destination, Status state) {
    return RowCase.of(
            Transitions.QUARANTINE,
            destination,
            state,
            it ->
                new Quarantine(it.dynamoDb(), it.table(), FORMS)
                    .hold(it.item(), Set.of(state), HeldReason.FORGED, NOW))
        .guardedByAnyOtherState();
  }

  private static RowCase proven(
      Transition transition, Destination destination, Status status, RowCase.Deed deed) {
    return RowCase.of(transition, destination, status, deed)
        .with("proof", bytes(PROOF))
        .with("tokenHash", OTHER)
        .with("emailIndex", text("ada"))
        .with("leaseUntil", PAST)
        .guardedBy("proof", "another proof has come since", "proof", OTHER)
        .guardedByAnyOtherState();
  }

  private static List<RowCase> requests() {
    var erasedBefore = new Erasure("ada", Optional.of("1"), NOW, "r");
    var unknown = new Erasure("ada", Optional.empty(), NOW, "r");
    return List.of(
        ofRequest(
            Transitions.BEGIN_ERASURE,
            VERIFIED,
            (it, pressed) -> it.erasing(pressed, erasedBefore)),
        ofRequest(
            Transitions.BEGIN_ERASURE, VERIFIED, (it, pressed) -> it.erasing(pressed, unknown)),
        ofRequest(Transitions.SWEEP_ON, ERASING, ConfirmedRequests::sweptInPart),
        ofRequest(Transitions.ANSWER_BY_RECEIPT, ERASING, RowCases::receipt)
            .with("answers", ONE)
            .guardedBy("answers", "one more has answered since", "answers", number(2)),
        ofRequest(Transitions.ANSWER_BY_RECEIPT, VERIFIED, RowCases::receiptOfUncounted)
            .guardedBy("answers", "somebody has answered since", "answers", ONE),
        ofRequest(
            Transitions.ANSWER_BY_COPY,
            VERIFIED,
            (it, pressed) -> it.disclosed(pressed, PROOF, NOW)));
  }

  private static RowChange receipt(ConfirmedRequests requests, Pressed pressed) {
    var counted = new Pressed(pressed.row(), pressed.proof(), Optional.of(ONE));
    var answer = new ConfirmedRequests.Answer(RECEIPT, PROOF, Optional.of(AWAITS));
    return requests.answered(counted, answer, NOW);
  }

  private static RowChange receiptOfUncounted(ConfirmedRequests requests, Pressed pressed) {
    var answer = new ConfirmedRequests.Answer(RECEIPT, PROOF, Optional.empty());
    return requests.answered(pressed, answer, NOW);
  }

  private static List<RowCase> answers() {
    return List.of(
        RowCase.of(Transitions.COUNT_ANSWER, DELETION, ERASING, RowCases::count),
        RowCase.of(Transitions.COUNT_ANSWER, DELETION, DONE, RowCases::count).with("answers", ONE),
        awaiting(
            Transitions.RENEW_RECEIPT,
            it -> confirmed(it).renewed(awaiting(it), RECEIPT, new byte[] {4})),
        awaiting(
            Transitions.RENEW_LAST_RECEIPT,
            it -> confirmed(it).renewedLast(awaiting(it), RECEIPT, NOW)));
  }

  private static void count(Subject it) {
    new AwaitedAnswers(it.dynamoDb(), it.table()).count(it.id().value());
  }

  private static RowCase awaiting(Transition transition, Function<Subject, RowChange> change) {
    return RowCase.of(transition, DELETION, DONE, it -> confirmed(it).apply(change.apply(it)))
        .with("awaits", bytes(AWAITS))
        .with("answers", ONE)
        .guardedBy("awaits", "a newer receipt was made since", "awaits", OTHER)
        .guardedByOtherStates();
  }

  private static ConfirmedRequests confirmed(Subject it) {
    return new ConfirmedRequests(it.dynamoDb(), it.table());
  }

  private static AwaitingRequest awaiting(Subject it) {
    return AwaitingRequest.read(it.item()).orElseThrow();
  }

  private static RowCase ofRequest(
      Transition transition,
      Status status,
      BiFunction<ConfirmedRequests, Pressed, RowChange> change) {
    return proven(
        transition,
        DELETION,
        status,
        it -> {
          var requests = confirmed(it);
          requests.apply(change.apply(requests, new Pressed(it.row(), PROOF, Optional.empty())));
        });
  }

  private static List<RowCase> lastMail() {
    return List.of(
        untold(
                Transitions.CLAIM_LAST_MAIL,
                it -> lastMails(it).claim(untold(it), NOW, NOW.plusSeconds(40)))
            .guardedBy("notify", "it was told since, and copied anew", "notify", OTHER)
            .guardedBy("lease", "another mailer is at it", "leaseUntil", LATER)
            .guardedByOtherStates(),
        untold(Transitions.GIVE_LAST_MAIL_BACK, it -> lastMails(it).giveBack(untold(it), NOW))
            .guardedBy("notify", "it was told since", "notify")
            .guardedByOtherStates(),
        untold(Transitions.END_LAST_MAIL, it -> lastMails(it).end(untold(it)))
            .guardedBy("notify", "it is another", "notify", OTHER)
            .guardedByOtherStates(),
        untold(Transitions.WAKE_LAST_MAIL, it -> open(it).wakeLastMail(it.open(), NOW))
            .with("leaseUntil", PAST)
            .guardedBy("leaseUntil", "a mailer has claimed it since", "leaseUntil", LATER)
            .guardedBy("untold", "it was told since", "notify")
            .guardedByOtherStates(),
        untold(Transitions.FORGET_LAST_MAIL, it -> open(it).forgetLastMail(it.open()))
            .guardedBy("untold", "it was told since", "notify")
            .guardedByOtherStates());
  }

  private static RowCase untold(Transition transition, RowCase.Deed deed) {
    return RowCase.of(transition, DELETION, DONE, deed)
        .with("notify", bytes(PROOF))
        .with("doneAt", PAST);
  }

  private static UntoldRequest untold(Subject it) {
    return new UntoldRequest(it.id(), "key", PROOF);
  }

  private static LastMails lastMails(Subject it) {
    return new LastMails(it.dynamoDb(), it.table(), RowTables.MAILS, 3);
  }

  private static List<RowCase> erasure() {
    return List.of(
        erased(
            Transitions.ERASE_SUBMISSION,
            STORAGE,
            it -> RowsByEmail.ofSubmissions(it.dynamoDb(), it.table()).erase(it.id(), "ada", NOW)),
        erased(
                Transitions.ERASE_REQUEST,
                DELETION,
                it -> RowsByEmail.ofRequests(it.dynamoDb(), it.table()).erase(it.id(), "ada", NOW))
            .with("notify", bytes(PROOF))
            .guardedByOtherStates(ERASED, EXPIRED), // These have no address.
        erased(
                Transitions.ERASE_UNCONFIRMED_REQUEST,
                DELETION,
                it ->
                    RowsByEmail.ofRequests(it.dynamoDb(), it.table())
                        .eraseUnconfirmed(it.id(), "ada", NOW))
            .guardedBy("undone", "it was answered by a copy", "doneAt", PAST)
            .guardedBy("unconfirmed", "it was pressed, and held", "proof", OTHER)
            .guardedByOtherStates(DONE, ERASED, EXPIRED));
  }

  private static RowCase erased(Transition transition, Destination destination, RowCase.Deed deed) {
    return RowCase.of(transition, destination, HELD, deed)
        .with("emailIndex", text("ada"))
        .with("tokenHash", OTHER)
        .with("reason", text("spam"))
        .with("heldAt", PAST)
        .guardedBy("address", ANOTHER_ERASED, "emailIndex", text("grace"));
  }

  private static List<RowCase> reconcile() {
    return List.of(
        asRead(Transitions.TOUCH, PENDING, "touchedAt", it -> open(it).touch(it.open(), 1, NOW)),
        asFirstRead(
            Transitions.TOUCH, VERIFIED, "touchedAt", it -> open(it).touch(it.open(), 1, NOW)),
        asRead(
            Transitions.MAIL_AGAIN,
            MAILING,
            "leaseUntil",
            it -> open(it).mailAgain(it.open(), 1, NOW)),
        asFirstRead(
            Transitions.MAIL_AGAIN,
            MAILING,
            "leaseUntil",
            it -> open(it).mailAgain(it.open(), 1, NOW)),
        passedOver().with("heldAt", PAST),
        passedOver(),
        waitsAgain(),
        asRead(Transitions.MAIL_HELD, HELD, "heldAt", RowCases::mailHeld),
        asFirstRead(Transitions.MAIL_HELD, HELD, "heldAt", RowCases::mailHeld),
        held(Transitions.RELEASE_CONFIRMED, it -> heldRows(it).backToVerified(it.id(), NOW))
            .with("proof", OTHER)
            .guardedBy("confirmed", "nobody pressed it", "proof")
            .guardedBy("unforged", "its proof is wrong", "reason", text("forged"))
            .guardedBy(
                "unforged", "a second person is to confirm it", "reason", text("second-person"))
            .guardedByOtherStates(),
        confirmedBySecond(),
        held(Transitions.RELEASE_UNCONFIRMED, it -> heldRows(it).backToPending(it.id(), NOW))
            .guardedBy("unconfirmed", "it was pressed", "proof", OTHER)
            .guardedByOtherStates(),
        held(Transitions.REJECT, it -> heldRows(it).reject(it.id(), NOW))
            .with("tokenHash", OTHER)
            .with("proof", OTHER)
            .with("emailIndex", text("ada"))
            .guardedBy("reasoned", "nobody of ours held it", "reason")
            .guardedByOtherStates(),
        heldForSpam(Transitions.RELEASE_CONFIRMED, HeldSubmissions::backToVerified)
            .with("proof", OTHER),
        heldForSpam(Transitions.RELEASE_UNCONFIRMED, HeldSubmissions::backToPending),
        heldForSpam(Transitions.REJECT, HeldSubmissions::reject));
  }

  private static RowCase confirmedBySecond() {
    return RowCase.of(Transitions.CONFIRM_ENTERED, DELETION, HELD, RowCases::confirmEntered)
        .with("reason", text("second-person"))
        .with("behalf", text("letter privacy"))
        .with("proof", OTHER)
        .guardedBy("second", "it is held for something else", "reason", text("forged"))
        .guardedBy("entered", "somebody else has entered it", "proof", bytes(PROOF))
        .guardedByOtherStates();
  }

  private static void confirmEntered(Subject it) {
    var requests = new EnteredRequests(it.dynamoDb(), it.table());
    var decided = new NewEntered.Decided(ERASE, NOW, "ada", ASKED, TOKEN, PROOF);
    var waiting = requests.waiting(it.id()).orElseThrow();
    requests.confirm(waiting, waiting.behalf().confirmed("admin"), decided, NOW, RowTables.told());
  }

  private static RowCase passedOver() {
    return RowCase.of(
            Transitions.PASS_OVER, DELETION, HELD, it -> open(it).passOver(it.open(), NOW))
        .guardedBy("heldAt", "it was held again since", "heldAt", time(NOW))
        .guardedByAnyOtherState();
  }

  private static RowCase waitsAgain() {
    return RowCase.of(
            Transitions.WAIT_AGAIN,
            DELETION,
            HELD,
            it -> RowsByEmail.ofRequests(it.dynamoDb(), it.table()).waitAgain(it.id(), "ada"))
        .with("emailIndex", text("ada"))
        .with("reason", text("capped"))
        .with("touchedAt", time(NOW))
        .guardedBy("address", "it is another's", "emailIndex", text("grace"))
        .guardedBy("capped", "it is held for something else", "reason", text("suppressed"))
        .guardedByOtherStates();
  }

  private static RowCase asRead(
      Transition transition, Status status, String column, RowCase.Deed deed) {
    return RowCase.of(transition, STORAGE, status, deed)
        .with(column, PAST)
        .guardedBy(column, "another was faster", column, time(NOW))
        .guardedBy(column, "another was faster", column)
        .guardedByAnyOtherState();
  }

  private static RowCase asFirstRead(
      Transition transition, Status status, String column, RowCase.Deed deed) {
    return RowCase.of(transition, STORAGE, status, deed)
        .guardedBy(column, "another was faster", column, PAST)
        .guardedByAnyOtherState();
  }

  private static RowCase held(Transition transition, RowCase.Deed deed) {
    return RowCase.of(transition, STORAGE, HELD, deed)
        .with("reason", text("spam"))
        .with("heldAt", PAST);
  }

  private interface Decision {

    Effect about(HeldSubmissions held, io.vestibule.core.RowId id, Instant now);
  }

  private static RowCase heldForSpam(Transition transition, Decision decision) {
    return held(
            transition, it -> decision.about(heldRows(it).heldFor(HeldReason.SPAM), it.id(), NOW))
        .guardedBy("reason", "it is held for something else", "reason", text("capped"));
  }

  private static void mailHeld(Subject it) {
    open(it).mailHeld(it.open(), NOW.plusSeconds(60), Duration.ofHours(4), NOW);
  }

  private static OpenSubmissions open(Subject it) {
    return new OpenSubmissions(it.dynamoDb(), it.table());
  }

  private static HeldSubmissions heldRows(Subject it) {
    return new HeldSubmissions(it.dynamoDb(), it.table());
  }

  private static VerifiedSubmissions verified(Subject it) {
    return new VerifiedSubmissions(it.dynamoDb(), it.table(), FORMS);
  }

  private static void transact(
      Subject it, software.amazon.awssdk.services.dynamodb.model.TransactWriteItem write) {
    it.dynamoDb().transactWriteItems(all -> all.transactItems(write));
  }

  private static Mailings mailings(Subject it) {
    var limits =
        new MailLimits(
            RowTables.MAILS,
            it.id().destination(),
            new MailLimits.Most(1_000, 1_000, 1_000, 8_000));
    return new Mailings(it.dynamoDb(), it.table(), limits);
  }

  private static void claim(Subject it) {
    var terms =
        it.id()
            .destination()
            .choose(
                Optional.<Mailings.Terms>empty(),
                Optional.of(new Mailings.Terms(DataRequest.Kind.ERASE, NOW)));
    var later = NOW.plusSeconds(40);
    mailings(it)
        .claim(
            new Mailings.Mailing(
                it.row(),
                "ada",
                new Counted("mailbox", Optional.of("domain")),
                MailLimits.Cap.MAILBOX,
                TOKEN.hash(),
                later,
                later,
                later,
                MailLimits.Budget.FORM,
                ASKED,
                List.of(new LiveLink(2, later, TOKEN.hash())),
                terms),
            NOW);
  }

  private static MailRefusals refusals(Subject it) {
    return new MailRefusals(it.dynamoDb(), it.table(), FORMS);
  }

  private static void restore(Subject it, HeldReason reason) {
    refusals(it).restore(it.row(), reason, TOKEN.hash(), NOW);
  }

  private static Optional<Instant> dueAt(Subject it) {
    return it.id().destination().choose(Optional.empty(), Optional.of(NOW));
  }

  private static void hold(Subject it, HeldReason reason) {
    var emailIndex = reason == HeldReason.SPAM ? Optional.<String>empty() : Optional.of("ada");
    refusals(it).hold(it.row(), reason, emailIndex, dueAt(it), NOW);
  }
}
