package io.vestibule.deletion.answer;

import io.vestibule.core.Notice;
import io.vestibule.core.Receipt;
import io.vestibule.keys.Notices;
import io.vestibule.store.RowChange;
import io.vestibule.store.rows.ConfirmedRequests;
import io.vestibule.store.rows.SubmissionRow;
import io.vestibule.store.rows.Tombstone;
import java.time.Instant;
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
   * @param document the receipt, encrypted
   * @param signature encrypted likewise
   */
  RowChange answered(Confirmed request, Receipt receipt, byte[] document, byte[] signature) {
    var now = receipt.issuedAt();
    var deed = Notice.Deed.of(receipt.outcome());
    var token = request.press().token().text();
    var notice = notice(request, deed, now, now.plus(Tombstone.KEPT), token);
    return requests.answered(request.request(), document, signature, notice, now);
  }

  private byte[] notice(
      Confirmed request, Notice.Deed deed, Instant now, Instant until, @Nullable String token) {
    var row = request.request().row();
    var to = request.address().normalised();
    var notice = new Notice(to, request.content().language(), deed, now, until, token);
    return notices.seal(row.id(), row.sealed().sealingKey(), notice);
  }
}
