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
import static io.vestibule.store.Attributes.number;
import static io.vestibule.store.Attributes.text;
import static io.vestibule.store.Attributes.time;

import io.vestibule.core.Choice;
import io.vestibule.core.Destination;
import io.vestibule.core.HeldReason;
import io.vestibule.core.Status;
import io.vestibule.store.rows.Transition.Actor;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * The life of a row of {@code submissions} and of {@code requests}: every way in which one comes,
 * changes and ends, with who may do it and under which condition. Whatever changes a row's columns
 * stands here, and nowhere else; the diagram in {@code docs/architecture.md} and the columns that
 * the roles may write are compared with it.
 *
 * <p>Every change is made only to a row that is there, and only if its guards hold. So a record
 * that comes twice does nothing the second time, and of two who want to change a row one does.
 */
public final class Transitions {

  private static final Destination[] BOTH = Destination.values();

  private static final String INTAKE = "IntakeFunction";
  private static final String VERIFY = "VerifyFunction";
  private static final String MAILER = "MailerFunction";
  private static final String STORE = "StoreFunction";
  private static final String RECONCILE = "ReconcileFunction";
  private static final String DELETE = "DeletionFunction";
  private static final String DELIVER = "DeliverFunction";
  private static final String DEADLINE = "DeadlineFunction";

  private static final String NONE_AFTER_PRESS = "what is VERIFIED has none";
  private static final String NONE_BEFORE_PRESS = "what nobody pressed has none";
  private static final String UNTOLD = "its sender is still to be told that it is done";
  private static final String NONE_UNLESS_HELD = "only what is HELD has one";

  /** What a row has besides that nobody has to press. */
  private static final String[] DECIDED = {
    "kind", "dueAt", "emailIndex", "asked", "choice", "tokenHash", "proof", "verifiedAt"
  };

  // How a row comes.

  public static final Addition TAKE_IN =
      new Addition(
          "TAKE_IN",
          "taken in",
          List.of(new Actor(INTAKE, Set.of(BOTH))),
          PENDING,
          List.of(
              "id",
              "form",
              "status",
              "open",
              "sealed",
              "sealingKey",
              "linkNo",
              "createdAt",
              "expiresAt",
              "hint",
              "worked"));

  /** What only its sender may see is mailed to them, as if they had asked by the form. */
  public static final Addition ENTER_FOR_MAILBOX =
      entered("ENTER_FOR_MAILBOX", "entered by staff, to be mailed", PENDING)
          .with("releasedAt", "expiresAt");

  /** A member of staff has made sure that it is the person who asks. */
  public static final Addition ENTER_CONFIRMED =
      entered("ENTER_CONFIRMED", "entered by staff", VERIFIED).with(DECIDED);

  /** Of what nobody can bring back, one person alone does not decide. */
  public static final Addition ENTER_FOR_SECOND =
      entered("ENTER_FOR_SECOND", "entered by staff, waits for a second person", HELD)
          .with(DECIDED)
          .with("reason", "heldAt");

  /** A row of its own: the id of the one that the time to live deleted is free again. */
  public static final Addition REMEMBER_EXPIRED =
      new Addition(
          "REMEMBER_EXPIRED",
          "remembered, once the time to live has deleted it",
          List.of(new Actor(STORE, Set.of(STORAGE)), new Actor(DELETE, Set.of(DELETION))),
          EXPIRED,
          List.of("id", "form", "status", "createdAt", "doneAt", "expiresAt"));

  // The mailer: claim, mark, give back.

  /** In one transaction with the counters of the mailbox and of the form. */
  public static final Transition CLAIM =
      claim("CLAIM", "claimed by a mailer").from(PENDING).to(MAILING);

  /** Its mailer died, or SES refused it: the mail is counted already. */
  public static final Transition TAKE_OVER =
      claim("TAKE_OVER", "claimed again")
          .from(MAILING)
          .guard("lease", "#leaseUntil <= :now")
          .to(MAILING);

  /** If the row moved on meanwhile (the person was faster), it is left alone. */
  public static final Transition MARK_MAILED =
      mailing("MARK_MAILED", "mailed")
          .set("mailedAt", ":now")
          .remove("leaseUntil")
          .by(MAILER, BOTH)
          .to(MAILED);

  /** The status stays, as every change to PENDING is one more record for the mailer. */
  public static final Transition GIVE_BACK =
      mailing("GIVE_BACK", "SES did not take it").set("leaseUntil", ":now").by(MAILER, BOTH).stay();

  public static final Transition ANSWER_NOTHING_HELD =
      mailing("ANSWER_NOTHING_HELD", "told that nothing is held")
          .by(MAILER, DELETION)
          .keep("proof", NONE_BEFORE_PRESS)
          .keep("choice", NONE_BEFORE_PRESS)
          .keep("heldAt", NONE_UNLESS_HELD)
          .keep("reason", NONE_UNLESS_HELD)
          .end(DONE);

  // The mailer, for what is not mailed.

  /** Of limits: what was claimed has been counted, and no limit is against it any more. */
  public static final Transition RESTORE_LINK_AT_LIMIT =
      restore("RESTORE_LINK_AT_LIMIT", "no new link now").from(PENDING).to(MAILED);

  public static final Transition RESTORE_LINK =
      restore("RESTORE_LINK", "no new link now").fromUnclaimed().to(MAILED);

  /** By the mailer that has the lease: its new link was mailed to nobody. */
  public static final Transition RESTORE_LINK_OF_REFUSED_MAIL =
      restore("RESTORE_LINK_OF_REFUSED_MAIL", "SES refuses the mail of a new link")
          .from(MAILING)
          .set("links", ":links")
          .to(MAILED);

  public static final Transition HOLD_AT_LIMIT =
      hold(numbered("HOLD_AT_LIMIT", "held").from(PENDING).guard(asReleased()))
          .setIfGiven("emailIndex", ":emailIndex")
          .to(HELD);

  public static final Transition HOLD_UNMAILED =
      hold(numbered("HOLD_UNMAILED", "held").fromUnclaimed().guard(asReleased()))
          .setIfGiven("emailIndex", ":emailIndex")
          .to(HELD);

  /** By the mailer that has the lease. */
  public static final Transition HOLD_REFUSED_MAIL =
      hold(mailing("HOLD_REFUSED_MAIL", "SES refuses the mail")).to(HELD);

  /** It is covered by an erasure of its sender. */
  public static final Transition END_UNMAILED =
      numbered("END_UNMAILED", "its sender was erased")
          .fromUnclaimed()
          .by(MAILER, BOTH)
          .keep("proof", NONE_BEFORE_PRESS)
          .keep("choice", NONE_BEFORE_PRESS)
          .keep("heldAt", NONE_UNLESS_HELD)
          .keep("reason", NONE_UNLESS_HELD)
          .end(ERASED);

  // Who has the link.

  /**
   * Of a row that was mailed before its links could live side by side. MAILING too: the mailer may
   * have died between SES's acceptance and its own mark.
   */
  public static final Transition PRESS =
      new TransitionBuilder("PRESS", "pressed")
          .by(VERIFY, BOTH)
          .from(MAILING, MAILED)
          .guard("link", "#tokenHash = :hash")
          .guard("number", "#linkNo = :linkNo")
          .guard("alive", "#linkExpiresAt > :now")
          .set("proof", ":proof")
          .setIfGiven("choice", ":choice")
          .setIfGiven("kind", ":kind")
          .set("verifiedAt", ":now")
          .remove("expiresAt")
          .to(VERIFIED);

  /** In PENDING too: while a new link is asked for, those that were mailed live on. */
  public static final Transition PRESS_LIVE =
      new TransitionBuilder("PRESS_LIVE", "pressed")
          .by(VERIFY, BOTH)
          .from(PENDING, MAILING, MAILED)
          .guard("link", "contains(#links, :link)")
          .set("linkNo", ":linkNo")
          .set("tokenHash", ":hash")
          .set("proof", ":proof")
          .setIfGiven("choice", ":choice")
          .setIfGiven("kind", ":kind")
          .set("verifiedAt", ":now")
          .remove("expiresAt", "links")
          .to(VERIFIED);

  /** It ends no link: those that were mailed live on beside it. */
  public static final Transition ASK_FOR_NEW_LINK =
      new TransitionBuilder("ASK_FOR_NEW_LINK", "asked for a new link")
          .by(VERIFY, BOTH)
          .from(MAILED)
          .guard("number", "#linkNo = :linkNo")
          .guard("alive", "#expiresAt > :now")
          .set("linkNo", "#linkNo + :one")
          .where(":one", number(1))
          .to(PENDING);

  // What is confirmed, or says so.

  /** In one transaction with the customer. */
  public static final Transition STORE_SUBMISSION =
      proven("STORE_SUBMISSION", "stored", VERIFIED)
          .by(STORE, STORAGE)
          .keep("heldAt", NONE_AFTER_PRESS)
          .keep("reason", NONE_AFTER_PRESS)
          .keep("tokenHash", "who presses again is told that it is done")
          .end(DONE);

  /** The person was erased after handing it in, which covers it. */
  public static final Transition END_COVERED =
      proven("END_COVERED", "its sender was erased", VERIFIED)
          .by(STORE, STORAGE)
          .keep("heldAt", NONE_AFTER_PRESS)
          .keep("reason", NONE_AFTER_PRESS)
          .end(ERASED);

  /** "This was not me", said the owner of the mailbox. */
  public static final Transition END_DISOWNED =
      proven("END_DISOWNED", "disowned by the owner of the mailbox", VERIFIED)
          .by(STORE, STORAGE)
          .by(DELETE, DELETION)
          .set("reason", ":reason")
          .where(":reason", text(Choice.DISOWNED))
          .keep("heldAt", NONE_AFTER_PRESS)
          .keep("reason", "it says that its owner has disowned it")
          .end(ERASED);

  /** Only the row that was judged: another proof may have come since. */
  public static final Transition HOLD_FORGED =
      new TransitionBuilder("HOLD_FORGED", "held as forged")
          .by(STORE, STORAGE)
          .by(DELETE, DELETION)
          .fromAsRead(":state", VERIFIED, ERASING)
          .guard(Guard.asRead("proof", ":proof"))
          .set("reason", ":reason")
          .set("expiresAt", ":expiresAt")
          .to(HELD);

  /** It has no end but a person's decision. */
  public static final Transition HOLD_CONFIRMED =
      proven("HOLD_CONFIRMED", "held", VERIFIED, ERASING)
          .by(STORE, STORAGE)
          .by(DELETE, DELETION)
          .set("reason", ":reason")
          .remove("expiresAt")
          .to(HELD);

  /** A row that intake never wrote, by whoever reads it in the stream. */
  public static final Transition QUARANTINE =
      new TransitionBuilder("QUARANTINE", "no row of intake's")
          .by(MAILER, BOTH)
          .by(STORE, STORAGE)
          .by(DELETE, DELETION)
          .fromAsRead(":state", PENDING, VERIFIED, ERASING)
          .set("reason", ":reason")
          .set("expiresAt", ":expiresAt")
          .to(HELD);

  /** The same of a row that is larger than any of ours: what made it so goes. */
  public static final Replacement EMPTY_AND_HOLD =
      new Replacement(
          "EMPTY_AND_HOLD",
          "too large for a row of intake's",
          List.of(
              new Actor(MAILER, Set.of(BOTH)),
              new Actor(STORE, Set.of(STORAGE)),
              new Actor(DELETE, Set.of(DELETION)),
              new Actor(RECONCILE, Set.of(BOTH))),
          Set.of(PENDING, MAILING, VERIFIED, ERASING, HELD),
          HELD,
          List.of("id", "form", "status", "open", "reason", "createdAt", "expiresAt"));

  // Requests that a member of staff has entered.

  /** By a second one; deletion has compared the two. */
  public static final Transition CONFIRM_ENTERED =
      new TransitionBuilder("CONFIRM_ENTERED", "confirmed by a second person")
          .by(DELETE, DELETION)
          .from(HELD)
          .guard("second", "#reason = :second")
          .where(":second", text(HeldReason.SECOND_PERSON.code()))
          .guard("entered", "#proof = :entered")
          .set("asked", ":asked")
          .set("choice", ":choice")
          .set("tokenHash", ":hash")
          .set("proof", ":proof")
          .set("behalf", ":behalf")
          .set("verifiedAt", ":now")
          .remove("reason", "heldAt")
          .to(VERIFIED);

  // Requests that are confirmed.

  /** In one transaction with what erases the person. */
  public static final Transition BEGIN_ERASURE =
      proven("BEGIN_ERASURE", "the erasure is committed", VERIFIED)
          .by(DELETE, DELETION)
          .set("erasedAt", ":erasedAt")
          .setIfGiven("customerId", ":customerId")
          .to(ERASING);

  /** A number, as a time that is the same would be no change, and no record. */
  public static final Transition SWEEP_ON =
      proven("SWEEP_ON", "swept in part", ERASING)
          .by(DELETE, DELETION)
          .set("sweeps", "if_not_exists(#sweeps, :none) + :one")
          .where(":none", number(0))
          .where(":one", number(1))
          .stay();

  /** What was answered since it was read is to be in the receipt, too. */
  public static final Transition ANSWER_BY_RECEIPT =
      proven("ANSWER_BY_RECEIPT", "answered by a receipt", VERIFIED, ERASING)
          .by(DELETE, DELETION)
          .guard(Guard.asRead("answers", ":answers"))
          .set("notify", ":notify")
          .set("receipt", ":receipt")
          .set("signature", ":signature")
          .setIfGiven("awaits", ":awaits")
          .keep("heldAt", NONE_AFTER_PRESS)
          .keep("reason", NONE_AFTER_PRESS)
          .keep("tokenHash", "its link opens the receipt")
          .keep("open", UNTOLD)
          .end(DONE);

  public static final Transition ANSWER_BY_COPY =
      proven("ANSWER_BY_COPY", "answered by a copy", VERIFIED)
          .by(DELETE, DELETION)
          .set("notify", ":notify")
          .keep("emailIndex", "an erasure finds the row by it, to delete the copy")
          .keep("heldAt", NONE_AFTER_PRESS)
          .keep("reason", NONE_AFTER_PRESS)
          .keep("tokenHash", "its link opens the copy")
          .keep("open", UNTOLD)
          .end(DONE);

  // The answers of those to whom something was passed on.

  /**
   * By whoever was told it. No other column is named, as whoever may name a column in a condition
   * may write it, too.
   */
  public static final Transition COUNT_ANSWER =
      new TransitionBuilder("COUNT_ANSWER", "somebody has answered")
          .by(DELIVER, DELETION)
          .fromWhatever(ERASING, DONE)
          .set("answers", "if_not_exists(#answers, :none) + :one")
          .where(":none", number(0))
          .where(":one", number(1))
          .stay();

  public static final Transition RENEW_RECEIPT =
      awaiting("RENEW_RECEIPT", "a new receipt has one more answer")
          .set("awaits", ":awaits")
          .stay();

  public static final Transition RENEW_LAST_RECEIPT =
      awaiting("RENEW_LAST_RECEIPT", "a new receipt has the last answer")
          .set("expiresAt", ":expiresAt")
          .remove("awaits")
          .stay();

  // The last mail, which tells that a request is done.

  /** Whoever claimed it before has died, or was refused by SES. */
  public static final Transition CLAIM_LAST_MAIL =
      lastMail("CLAIM_LAST_MAIL", "its last mail is claimed")
          .guard("lease", "(attribute_not_exists(#leaseUntil) OR #leaseUntil <= :now)")
          .set("leaseUntil", ":leaseUntil")
          .stay();

  public static final Transition GIVE_LAST_MAIL_BACK =
      lastMail("GIVE_LAST_MAIL_BACK", "SES did not take the last mail")
          .set("leaseUntil", ":now")
          .stay();

  /** SES has it, or it must not go out. */
  public static final Transition END_LAST_MAIL =
      lastMail("END_LAST_MAIL", "its sender is told, or may not be")
          .remove("notify", "open", "leaseUntil")
          .stay();

  /** It makes a record for the mailer, which takes those without a lease. */
  public static final Transition WAKE_LAST_MAIL =
      untold("WAKE_LAST_MAIL", "woken for its last mail")
          .guard(Guard.asRead("leaseUntil", ":before"))
          .set("touchedAt", ":now")
          .remove("leaseUntil")
          .stay();

  /** However that came: nobody's address is kept for longer than it may be of use. */
  public static final Transition FORGET_LAST_MAIL =
      untold("FORGET_LAST_MAIL", "too late for its last mail")
          .remove("notify", "open", "leaseUntil")
          .stay();

  // An erasure, or the end of the time for which a customer is kept.

  public static final Transition ERASE_SUBMISSION =
      ofAddress("ERASE_SUBMISSION", "its sender was erased")
          .fromWhatever(PENDING, MAILING, MAILED, VERIFIED, HELD)
          .by(DELETE, STORAGE)
          .by(DEADLINE, STORAGE)
          .end(ERASED);

  /**
   * Requests that were confirmed are spared: each is worked on, finds nobody any more, and is
   * answered, which empties it.
   */
  public static final Transition ERASE_REQUEST =
      unspared(ofAddress("ERASE_REQUEST", "its sender was erased"))
          .fromWhatever(DONE)
          .remove("notify")
          .end(ERASED);

  /**
   * The same of one that nobody has confirmed, and of which there is nothing elsewhere. No public
   * function can write when a row was done, and that ends whatever has a copy.
   */
  public static final Transition ERASE_UNCONFIRMED_REQUEST =
      unspared(ofAddress("ERASE_UNCONFIRMED_REQUEST", "its sender was erased"))
          .guard("undone", "attribute_not_exists(#doneAt)")
          .guard("unconfirmed", "attribute_not_exists(#proof)")
          .end(ERASED);

  // Reconcile, by itself.

  /** In the state that it is in, which makes a new record for its stream. */
  public static final Transition TOUCH =
      new TransitionBuilder("TOUCH", "touched")
          .by(RECONCILE, BOTH)
          .fromAsRead(":status", PENDING, VERIFIED, ERASING)
          .guard(Guard.asRead("touchedAt", ":before"))
          .set("touchedAt", ":now")
          .set("touches", ":touches")
          .stay();

  /** If the mail did go out, the next one carries the same link. */
  public static final Transition MAIL_AGAIN =
      new TransitionBuilder("MAIL_AGAIN", "left behind by its mailer")
          .by(RECONCILE, BOTH)
          .fromAsRead(":status", MAILING)
          .guard(Guard.asRead("leaseUntil", ":before"))
          .set("touchedAt", ":now")
          .set("touches", ":touches")
          .remove("leaseUntil")
          .to(PENDING);

  public static final Transition MAIL_HELD =
      new TransitionBuilder("MAIL_HELD", "what it was held for has passed")
          .by(RECONCILE, BOTH)
          .fromAsRead(":status", HELD)
          .guard(Guard.asRead("heldAt", ":before"))
          .set("touchedAt", ":now")
          .set("expiresAt", ":endsAt")
          .setIfGiven("pausedFor", ":pausedFor")
          .remove("reason", "heldAt", "touches")
          .to(PENDING);

  /**
   * It has been passed over since it was held, and so it stays, until a person releases it, or the
   * owner of the mailbox disowns the one that was mailed.
   */
  public static final Transition PASS_OVER =
      new TransitionBuilder("PASS_OVER", "a newer request of its sender was mailed")
          .by(RECONCILE, DELETION)
          .fromAsRead(":status", HELD)
          .guard(Guard.asRead("heldAt", ":before"))
          .set("touchedAt", ":now")
          .stay();

  /** What it was passed over for was disowned: its own day comes. */
  public static final Transition WAIT_AGAIN =
      ofAddress("WAIT_AGAIN", "a newer request of its sender was disowned")
          .by(DELETE, DELETION)
          .from(HELD)
          .guard("capped", "#reason = :capped")
          .where(":capped", text(HeldReason.CAPPED.code()))
          .set("touchedAt", ":never")
          .where(":never", time(Instant.EPOCH))
          .stay();

  // A person, through reconcile.

  /** Storage, or deletion, checks the proof again. */
  public static final Transition RELEASE_CONFIRMED =
      new TransitionBuilder("RELEASE_CONFIRMED", "released")
          .by(RECONCILE, BOTH)
          .from(HELD)
          .guard("confirmed", "attribute_exists(#proof)")
          .guard("unforged", "NOT #reason IN (:forged, :second)")
          .guard(heldFor())
          .where(":forged", text(HeldReason.FORGED.code()))
          .where(":second", text(HeldReason.SECOND_PERSON.code()))
          .set("touchedAt", ":now")
          .remove("reason", "heldAt", "touches", "expiresAt")
          .to(VERIFIED);

  /** A wrong proof confirms nothing, and goes. */
  public static final Transition RELEASE_UNCONFIRMED =
      new TransitionBuilder("RELEASE_UNCONFIRMED", "released")
          .by(RECONCILE, BOTH)
          .from(HELD)
          .guard("unconfirmed", "(attribute_not_exists(#proof) OR #reason = :forged)")
          .guard(heldFor())
          .where(":forged", text(HeldReason.FORGED.code()))
          .set("touchedAt", ":now")
          .set("releasedAt", ":now")
          .set("expiresAt", ":expiresAt")
          .remove("reason", "heldAt", "touches", "leaseUntil", "proof", "choice", "pausedFor")
          .to(PENDING);

  public static final Transition REJECT =
      new TransitionBuilder("REJECT", "rejected")
          .by(RECONCILE, BOTH)
          .from(HELD)
          .guard("reasoned", "attribute_exists(#reason)")
          .guard(heldFor())
          .keep("reason", "it says why the row was held")
          .end(ERASED);

  /** How rows come. */
  public static final List<Addition> ADDITIONS =
      List.of(TAKE_IN, ENTER_FOR_MAILBOX, ENTER_CONFIRMED, ENTER_FOR_SECOND, REMEMBER_EXPIRED);

  /** How another takes the place of one. */
  public static final List<Replacement> REPLACEMENTS = List.of(EMPTY_AND_HOLD);

  /** How they change. */
  public static final List<Transition> ALL =
      List.of(
          CLAIM,
          TAKE_OVER,
          MARK_MAILED,
          GIVE_BACK,
          ANSWER_NOTHING_HELD,
          RESTORE_LINK_AT_LIMIT,
          RESTORE_LINK,
          RESTORE_LINK_OF_REFUSED_MAIL,
          HOLD_AT_LIMIT,
          HOLD_UNMAILED,
          HOLD_REFUSED_MAIL,
          END_UNMAILED,
          PRESS,
          PRESS_LIVE,
          ASK_FOR_NEW_LINK,
          STORE_SUBMISSION,
          END_COVERED,
          END_DISOWNED,
          HOLD_FORGED,
          HOLD_CONFIRMED,
          QUARANTINE,
          CONFIRM_ENTERED,
          BEGIN_ERASURE,
          SWEEP_ON,
          ANSWER_BY_RECEIPT,
          ANSWER_BY_COPY,
          COUNT_ANSWER,
          RENEW_RECEIPT,
          RENEW_LAST_RECEIPT,
          CLAIM_LAST_MAIL,
          GIVE_LAST_MAIL_BACK,
          END_LAST_MAIL,
          WAKE_LAST_MAIL,
          FORGET_LAST_MAIL,
          ERASE_SUBMISSION,
          ERASE_REQUEST,
          ERASE_UNCONFIRMED_REQUEST,
          TOUCH,
          MAIL_AGAIN,
          MAIL_HELD,
          PASS_OVER,
          WAIT_AGAIN,
          RELEASE_CONFIRMED,
          RELEASE_UNCONFIRMED,
          REJECT);

  private Transitions() {}

  private static Addition entered(String name, String deed, Status to) {
    return new Addition(
        name,
        deed,
        List.of(new Actor(DELETE, Set.of(DELETION))),
        to,
        List.of(
            "id",
            "form",
            "status",
            "open",
            "sealed",
            "sealingKey",
            "linkNo",
            "createdAt",
            "behalf"));
  }

  /** Of the link that was asked for last: an older record must not act for a newer one. */
  private static TransitionBuilder numbered(String name, String deed) {
    return new TransitionBuilder(name, deed).guard("number", "#linkNo = :linkNo");
  }

  private static TransitionBuilder claim(String name, String deed) {
    return numbered(name, deed)
        .by(MAILER, BOTH)
        .set("emailIndex", ":emailIndex")
        .set("tokenHash", ":tokenHash")
        .set("linkExpiresAt", ":linkExpiresAt")
        .set("leaseUntil", ":leaseUntil")
        .set("expiresAt", ":expiresAt")
        .set("asked", ":asked")
        .set("links", ":links")
        .setIfGiven("kind", ":kind")
        .setIfGiven("dueAt", ":dueAt");
  }

  /** By the mailer that is at the row. */
  private static TransitionBuilder mailing(String name, String deed) {
    return new TransitionBuilder(name, deed).from(MAILING).guard("number", "#linkNo = :linkNo");
  }

  private static TransitionBuilder restore(String name, String deed) {
    return numbered(name, deed)
        .by(MAILER, BOTH)
        .set("linkNo", ":before")
        .set("tokenHash", ":tokenHash")
        .remove("leaseUntil");
  }

  private static TransitionBuilder hold(TransitionBuilder refused) {
    return refused
        .by(MAILER, BOTH)
        .setIfGiven("dueAt", ":dueAt")
        .set("reason", ":reason")
        .set("heldAt", ":now")
        .set("expiresAt", ":expiresAt")
        .remove("leaseUntil");
  }

  /** What a person has released since the record was written is left to the record of that. */
  private static Guard asReleased() {
    return Guard.asRead("releasedAt", ":releasedAt");
  }

  /** Of the row that was judged, with the proof that was checked. */
  private static TransitionBuilder proven(String name, String deed, Status... states) {
    return new TransitionBuilder(name, deed)
        .fromAsRead(":state", states)
        .guard("proof", "#proof = :proof");
  }

  private static TransitionBuilder ofAddress(String name, String deed) {
    return new TransitionBuilder(name, deed).guard("address", "#emailIndex = :emailIndex");
  }

  private static TransitionBuilder unspared(TransitionBuilder erasure) {
    return erasure
        .fromNot(
            "NOT #status IN (:verified, :erasing)",
            Set.of(VERIFIED, ERASING),
            PENDING,
            MAILING,
            MAILED,
            HELD)
        .by(DELETE, DELETION)
        .by(DEADLINE, DELETION);
  }

  /** Of the receipt that was read: a newer one has counted more. */
  private static TransitionBuilder awaiting(String name, String deed) {
    return new TransitionBuilder(name, deed)
        .by(DELETE, DELETION)
        .from(DONE)
        .guard("awaits", "#awaits = :before")
        .set("receipt", ":receipt")
        .set("signature", ":signature");
  }

  /** Of what was read: a copy that is made anew would be another. */
  private static TransitionBuilder lastMail(String name, String deed) {
    return new TransitionBuilder(name, deed)
        .by(MAILER, DELETION)
        .from(DONE)
        .guard("notify", "#notify = :notify");
  }

  private static TransitionBuilder untold(String name, String deed) {
    return new TransitionBuilder(name, deed)
        .by(RECONCILE, DELETION)
        .from(DONE)
        .guard("untold", "attribute_exists(#notify)");
  }

  /** Rows that are held for another reason count as not held. */
  private static Guard heldFor() {
    return Guard.ifGiven("reason", "#reason = :only", ":only");
  }
}
