package io.vestibule.deletion;

import io.vestibule.core.Receipt;
import io.vestibule.keys.ReceiptKey;
import io.vestibule.store.ConfirmedRequests;
import io.vestibule.store.ConfirmedRequests.Pressed;
import io.vestibule.store.RowChange;

/** Ends requests with a receipt: one KMS request each. */
record SignedReceipts(ConfirmedRequests requests, ReceiptKey key) {

  /** The change that ends a request, and puts the receipt where its page finds it. */
  RowChange end(Pressed request, Receipt receipt) {
    var document = receipt.toJson();
    return requests.answered(request, document, key.sign(document), receipt.issuedAt());
  }
}
