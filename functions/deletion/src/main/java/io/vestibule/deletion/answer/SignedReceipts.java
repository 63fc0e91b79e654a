package io.vestibule.deletion.answer;

import io.vestibule.core.CopyCipher;
import io.vestibule.core.Receipt;
import io.vestibule.keys.SigningKey;
import io.vestibule.store.RowChange;
import java.security.SecureRandom;

/** Ends requests with a receipt: one KMS request each. */
public record SignedReceipts(RequestEnds ends, SigningKey key, SecureRandom random) {

  /**
   * The change that ends a request, and puts the receipt where its page finds it. It may tell the
   * ground of a hold, which somebody typed: only the person's link opens it.
   */
  RowChange end(Confirmed request, Receipt receipt) {
    var document = receipt.toJson();
    var pressed = request.request();
    var cipher = CopyCipher.ofReceipt(request.press().token(), pressed.row().id());
    // The signature, too: with it, whoever guesses a ground can tell whether they are right.
    return ends.answered(
        request,
        receipt,
        cipher.encrypt(document, 0, 2, random),
        cipher.encrypt(key.sign(document), 1, 2, random));
  }
}
