package io.vestibule.keys;

import io.vestibule.core.Awaited;
import io.vestibule.core.CopyCipher;
import io.vestibule.core.LinkToken;
import io.vestibule.core.RowId;
import io.vestibule.keys.SubmissionOpener.Unreadable;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Seals what a request that is done keeps until everybody has answered, for ourselves: whoever can
 * open it can make the tokens of links, too, so it tells them nothing. Whoever may write the table
 * can put back only what was there before, and have nothing of their own signed.
 *
 * <p>The column is the version of the key of links, one byte, and then the ciphertext under a keyed
 * hash of {@code awaits|<id>}.
 */
public final class AwaitedSeal {

  /** There is one so far. */
  private static final byte VERSION = 1;

  private final SystemPrf prf;
  private final SecureRandom random = new SecureRandom();

  AwaitedSeal(SystemPrf prf) {
    this.prf = prf;
  }

  public byte[] seal(RowId request, Awaited awaited) {
    var ciphertext = cipher(request).encrypt(awaited.toJson(), 0, 1, random);
    var column = new byte[1 + ciphertext.length];
    column[0] = VERSION;
    System.arraycopy(ciphertext, 0, column, 1, ciphertext.length);
    return column;
  }

  /**
   * Opens a column.
   *
   * @throws Unreadable if nobody of ours has sealed it for this row, or a later version did
   */
  public Awaited open(RowId request, byte[] column) throws Unreadable {
    if (column.length == 0 || column[0] != VERSION) {
      throw new Unreadable("of no version that is known");
    }
    var ciphertext = Arrays.copyOfRange(column, 1, column.length);
    try {
      return Awaited.parse(cipher(request).decrypt(ciphertext, 0, 1))
          .orElseThrow(() -> new Unreadable("of a later version"));
    } catch (GeneralSecurityException e) {
      throw new Unreadable(e);
    }
  }

  private CopyCipher cipher(RowId request) {
    return CopyCipher.ofAwaited(LinkToken.of(prf.of("awaits|" + request)), request);
  }
}
