package io.vestibule.deletion;

import io.vestibule.core.CopyCipher;
import io.vestibule.core.Receipt;
import io.vestibule.keys.LinkTokens;
import io.vestibule.keys.ReceiptKey;
import io.vestibule.store.RowChange;
import io.vestibule.store.rows.ConfirmedRequests;
import io.vestibule.store.rows.ConfirmedRequests.Pressed;
import java.security.SecureRandom;

/** Ends requests with a receipt: one KMS request each. */
record SignedReceipts(
    ConfirmedRequests requests, ReceiptKey key, LinkTokens linkTokens, SecureRandom random) {

  /**
   * The change that ends a request, and puts the receipt where its page finds it. It may tell the
   * ground of a hold, which somebody typed: only the person's link opens it.
   */
  RowChange end(Pressed request, Receipt receipt) {
    var document = receipt.toJson();
    var row = request.row();
    var cipher = CopyCipher.ofReceipt(linkTokens.of(row), row.id());
    // The signature, too: with it, whoever guesses a ground can tell whether they are right.
    return requests.answered(
        request,
        cipher.encrypt(document, 0, 2, random),
        cipher.encrypt(key.sign(document), 1, 2, random),
        receipt.issuedAt());
  }
}
