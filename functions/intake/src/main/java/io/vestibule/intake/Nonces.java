package io.vestibule.intake;

import io.vestibule.core.forms.Entry;
import java.security.SecureRandom;
import java.util.Base64;

/** Marks each page that is shown, so that its form is one submission however often it is sent. */
final class Nonces {

  private static final int BYTES = 16;

  private final SecureRandom random;

  Nonces(SecureRandom random) {
    this.random = random;
  }

  /** The entry with a mark: the one that it came with, or 128 random bits of its own. */
  Entry mark(Entry entry) {
    if (entry.control(IdempotencyKey.NONCE).isPresent()) {
      return entry;
    }
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return entry.with(
        IdempotencyKey.NONCE, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }
}
