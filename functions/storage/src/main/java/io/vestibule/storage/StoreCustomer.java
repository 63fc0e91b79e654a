package io.vestibule.storage;

import io.vestibule.core.Asked;
import io.vestibule.core.HeldReason;
import io.vestibule.core.forms.Forms;
import io.vestibule.keys.KnownCustomers;
import io.vestibule.keys.LinkTokens;
import io.vestibule.keys.SubmissionOpener;
import io.vestibule.store.rows.SubmissionRow;
import io.vestibule.store.rows.VerifiedSubmissions;
import java.time.Clock;

/**
 * Makes a verified submission part of its customer, once.
 *
 * <p>That the row says VERIFIED means nothing: a public function can write that. What counts is the
 * proof, which only somebody who was shown the link's token can have computed. It covers what the
 * page showed, which is compared with what was sealed, and what was chosen there.
 */
final class StoreCustomer {

  /** Two submissions of one person at the same moment are likely; five times in a row is not. */
  private static final int ATTEMPTS = 5;

  private final LinkTokens linkTokens;
  private final SubmissionOpener opener;
  private final MergeSubmission mergeSubmission;
  private final GiveBack giveBack;
  private final VerifiedSubmissions submissions;
  private final Forms forms;
  private final Clock clock;

  StoreCustomer(
      LinkTokens linkTokens,
      SubmissionOpener opener,
      MergeSubmission mergeSubmission,
      GiveBack giveBack,
      VerifiedSubmissions submissions,
      Forms forms,
      Clock clock) {
    this.linkTokens = linkTokens;
    this.opener = opener;
    this.mergeSubmission = mergeSubmission;
    this.giveBack = giveBack;
    this.submissions = submissions;
    this.forms = forms;
    this.clock = clock;
  }

  /**
   * Stores what a row in the state VERIFIED holds.
   *
   * @throws Contended if others kept changing the customer; to be tried again
   */
  Storing store(SubmissionRow row) {
    var pressed = linkTokens.pressOf(row);
    if (pressed.isEmpty()) {
      return forged(row);
    }
    var press = pressed.get();
    if (press.disowns()) {
      submissions.disowned(row, press.proof(), clock.instant());
      return new Storing.Disowned(forms.find(row.form()));
    }
    try {
      var opened = opener.open(row);
      return press.isOf(Asked.of(opened.content(), row.id().destination()))
          ? storeAndGiveBack(new Confirmed(row, press, opened))
          : forged(row);
    } catch (KnownCustomers.Forged e) {
      return hold(row, press.proof(), HeldReason.FORGED);
    } catch (SubmissionOpener.Unreadable | KnownCustomers.Unreadable e) {
      return hold(row, press.proof(), HeldReason.UNREADABLE);
    }
  }

  private Storing forged(SubmissionRow row) {
    submissions.holdForged(row, clock.instant());
    return new Storing.Forged();
  }

  private Storing hold(SubmissionRow row, byte[] proof, HeldReason reason) {
    submissions.holdConfirmed(row, proof, reason);
    return new Storing.Held(reason);
  }

  private Storing storeAndGiveBack(Confirmed confirmed) throws KnownCustomers.Unreadable {
    var storing = store(confirmed);
    if (storing instanceof Storing.Created || storing instanceof Storing.Merged) {
      giveBack.after(confirmed, clock.instant());
    }
    return storing;
  }

  private Storing store(Confirmed confirmed) throws KnownCustomers.Unreadable {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      var storing = mergeSubmission.attempt(confirmed);
      if (storing.isPresent()) {
        return storing.get();
      }
    }
    throw new Contended();
  }

  /** Others kept changing the customer. */
  static final class Contended extends RuntimeException {
    Contended() {
      super("the customer was changed by others, " + ATTEMPTS + " times in a row");
    }
  }
}
