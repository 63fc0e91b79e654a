package io.vestibule.deletion;

import io.vestibule.core.Deadline;
import io.vestibule.deletion.erase.ErasureLedger;
import io.vestibule.store.OneByOne;
import io.vestibule.store.people.ErasedNumbers;

/**
 * Signs the entries of the ledger that the version before has written, or writes again after a
 * roll-back. The table says who was erased: an entry of a number that is not in it stays as it is,
 * and is told as invalid by who reads it.
 */
final class SignLedger {

  private final ErasedNumbers erasedNumbers;
  private final ErasureLedger ledger;

  SignLedger(ErasedNumbers erasedNumbers, ErasureLedger ledger) {
    this.erasedNumbers = erasedNumbers;
    this.ledger = ledger;
  }

  /**
   * Signs as many as there is time for; the next run goes on.
   *
   * @return how many were signed
   */
  int run(Deadline deadline) {
    int signed = 0;
    var oneByOne = new OneByOne();
    for (var number : ledger.unsigned(deadline)) {
      if (deadline.isOver()) {
        break;
      }
      signed += oneByOne.attempt(() -> sign(number), 0);
    }
    oneByOne.end();
    return signed;
  }

  private int sign(String number) {
    var erasure = erasedNumbers.find(number);
    erasure.ifPresent(it -> ledger.sign(it, number));
    return erasure.isPresent() ? 1 : 0;
  }
}
