package io.vestibule.deletion.answer;

import io.vestibule.core.Awaited;
import io.vestibule.core.CopyCipher;
import io.vestibule.core.LinkToken;
import io.vestibule.core.Receipt;
import io.vestibule.core.RowId;
import io.vestibule.keys.AwaitedSeal;
import io.vestibule.keys.SigningKey;
import io.vestibule.store.RowChange;
import io.vestibule.store.rows.AnsweredRequests.SignedReceipt;
import io.vestibule.store.rows.AwaitingRequest;
import java.security.SecureRandom;
import java.util.Optional;

/** Signs receipts, and puts them where their page finds them: one KMS request each. */
public record SignedReceipts(
    RequestEnds ends, AwaitedSeal awaitedSeal, SigningKey key, SecureRandom random) {

  /** The change that ends a request of which no answer is awaited. */
  RowChange end(Confirmed request, Receipt receipt) {
    return end(request, receipt, Optional.empty());
  }

  /**
   * The change that ends a request, and keeps what the next receipt needs if an answer is awaited.
   * One is if a withdrawal has targets at all: one may have been told of the customer after the
   * table of recipients was read, and before the withdrawal is committed.
   *
   * @param customerId whose data was passed on
   * @param withdrawal what was withdrawn; empty if it was an erasure
   */
  RowChange end(
      Confirmed request,
      Receipt receipt,
      String customerId,
      Optional<Awaited.Withdrawal> withdrawal) {
    var awaited =
        new Awaited(
            request.press().token().text(),
            customerId,
            withdrawal.orElse(null),
            AwaitingRequest.answers(request.request().answers()),
            receipt.toJson());
    boolean isToldOf = withdrawal.filter(it -> !it.targets().isEmpty()).isPresent();
    boolean isAwaited = receipt.awaitsAnswers() || isToldOf;
    return end(request, receipt, Optional.of(awaited).filter(_ -> isAwaited));
  }

  private RowChange end(Confirmed request, Receipt receipt, Optional<Awaited> awaited) {
    var id = request.request().row().id();
    var sealingKey = request.request().row().sealed().sealingKey();
    return ends.answered(
        request,
        receipt,
        sign(request.press().token(), id, receipt.toJson()),
        awaited.map(it -> awaitedSeal.seal(id, sealingKey, it)));
  }

  /** The change that puts a newer receipt in the place of the one before. */
  RowChange renew(AwaitingRequest request, Awaited awaited, Receipt receipt) {
    var document = receipt.toJson();
    var token = LinkToken.parse(awaited.token()).orElseThrow();
    var signed = sign(token, request.id(), document);
    var next = awaited.renewed(document, request.answers());
    return receipt.awaitsAnswers()
        ? ends.requests()
            .renewed(request, signed, awaitedSeal.sealAgain(request.id(), request.awaits(), next))
        : ends.requests().renewedLast(request, signed, receipt.issuedAt());
  }

  /**
   * It may tell the ground of a hold, which somebody typed: only the person's link opens it. The
   * signature, too: with it, whoever guesses a ground can tell whether they are right.
   */
  private SignedReceipt sign(LinkToken token, RowId id, byte[] document) {
    var cipher = CopyCipher.ofReceipt(token, id);
    return new SignedReceipt(
        cipher.encrypt(document, 0, 2, random), cipher.encrypt(key.sign(document), 1, 2, random));
  }
}
