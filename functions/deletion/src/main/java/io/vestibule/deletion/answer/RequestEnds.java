package io.vestibule.deletion.answer;

import io.vestibule.core.Notice;
import io.vestibule.core.Receipt;
import io.vestibule.keys.Notices;
import io.vestibule.store.RowChange;
import io.vestibule.store.rows.AnsweredRequests.SignedReceipt;
import io.vestibule.store.rows.ConfirmedRequests;
import io.vestibule.store.rows.SubmissionRow;
import io.vestibule.store.rows.Tombstone;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ends requests, each with what its last mail needs: from then on it has nothing else of what was
 * sealed.
 */
public record RequestEnds(ConfirmedRequests requests, Notices notices) {

  boolean isUnchanged(SubmissionRow row) {
    return requests.isUnchanged(row);
  }

  /** Without a token: with it, we could open the copy. */
  RowChange disclosed(Confirmed request, Instant now) {
    var until = now.plus(ConfirmedRequests.COPY_KEPT);
    var notice = notice(request, Notice.Deed.COPIED, now, until, null);
    return requests.disclosed(request.request(), notice, now);
  }

  /**
   * Ends a request with a receipt.
   *
   * @param signed the receipt, encrypted
   * @param awaits what the next one needs, sealed
   */
  RowChange answered(
      Confirmed request, Receipt receipt, SignedReceipt signed, Optional<byte[]> awaits) {
    var now = receipt.issuedAt();
    var deed = Notice.Deed.of(receipt.outcome());
    var token = request.press().token().text();
    var notice = notice(request, deed, now, now.plus(Tombstone.KEPT), token);
    var answer = new ConfirmedRequests.Answer(signed, notice, awaits);
    return requests.answered(request.request(), answer, now);
  }

  private byte[] notice(
      Confirmed request, Notice.Deed deed, Instant now, Instant until, @Nullable String token) {
    var row = request.request().row();
    var to = request.address().normalised();
    var notice = new Notice(to, request.content().language(), deed, now, until, token);
    return notices.seal(row.id(), row.sealed().sealingKey(), notice);
  }
}
