package io.vestibule.storage;

import io.vestibule.core.HeldReason;
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
 * proof, which only somebody who was shown the link's token can have computed.
 */
final class StoreCustomer {

  /** Two submissions of one person at the same moment are likely; five times in a row is not. */
  private static final int ATTEMPTS = 5;

  private final LinkTokens linkTokens;
  private final SubmissionOpener opener;
  private final MergeSubmission mergeSubmission;
  private final VerifiedSubmissions submissions;
  private final Clock clock;

  StoreCustomer(
      LinkTokens linkTokens,
      SubmissionOpener opener,
      MergeSubmission mergeSubmission,
      VerifiedSubmissions submissions,
      Clock clock) {
    this.linkTokens = linkTokens;
    this.opener = opener;
    this.mergeSubmission = mergeSubmission;
    this.submissions = submissions;
    this.clock = clock;
  }

  /**
   * Stores what a row in the state VERIFIED holds.
   *
   * @throws Contended if others kept changing the customer; to be tried again
   */
  Storing store(SubmissionRow row) {
    var proof = linkTokens.proofOf(row);
    if (proof.isEmpty()) {
      submissions.holdForged(row, clock.instant());
      return new Storing.Forged();
    }
    try {
      return store(new Confirmed(row, proof.get(), opener.open(row)));
    } catch (KnownCustomers.Forged e) {
      return hold(row, proof.get(), HeldReason.FORGED);
    } catch (SubmissionOpener.Unreadable | KnownCustomers.Unreadable e) {
      return hold(row, proof.get(), HeldReason.UNREADABLE);
    }
  }

  private Storing hold(SubmissionRow row, byte[] proof, HeldReason reason) {
    submissions.holdConfirmed(row, proof, reason);
    return new Storing.Held(reason);
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
