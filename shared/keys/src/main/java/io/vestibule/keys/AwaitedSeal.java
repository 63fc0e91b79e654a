package io.vestibule.keys;

import io.vestibule.core.Awaited;
import io.vestibule.core.CopyCipher;
import io.vestibule.core.LinkToken;
import io.vestibule.core.RowId;
import io.vestibule.keys.SubmissionOpener.Unreadable;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/**
 * Seals what a request that is done keeps until everybody has answered, for ourselves: whoever can
 * open it can make the tokens of links, too, so it tells them nothing. Whoever may write the table
 * can put back only what was there before, and have nothing of their own signed.
 *
 * <p>The column is the version of the key of links, one byte, and then the ciphertext under a keyed
 * hash of {@code awaits|<id>}.
 */
public final class AwaitedSeal {

  private final LinkKeys keys;
  private final SecureRandom random = new SecureRandom();

  AwaitedSeal(LinkKeys keys) {
    this.keys = keys;
  }

  /**
   * Seals it for a request that is done.
   *
   * @param sealingKey which key sealed the request
   */
  public byte[] seal(RowId request, String sealingKey, Awaited awaited) {
    return seal(request, LinkVersion.of(sealingKey), awaited);
  }

  /**
   * Seals what follows.
   *
   * @param before the column that it takes the place of, which was opened
   */
  public byte[] sealAgain(RowId request, byte[] before, Awaited awaited) {
    return seal(request, new LinkVersion(before[0]), awaited);
  }

  private byte[] seal(RowId request, LinkVersion version, Awaited awaited) {
    var cipher =
        cipher(request, version)
            .orElseThrow(() -> new IllegalStateException("the key of links is not there"));
    var ciphertext = cipher.encrypt(awaited.toJson(), 0, 1, random);
    var column = new byte[1 + ciphertext.length];
    column[0] = (byte) version.number();
    System.arraycopy(ciphertext, 0, column, 1, ciphertext.length);
    return column;
  }

  /**
   * Opens a column.
   *
   * @throws Unreadable if nobody of ours has sealed it for this row, or a later version did
   */
  public Awaited open(RowId request, byte[] column) throws Unreadable {
    var cipher =
        Optional.of(column)
            .filter(it -> it.length > 0 && it[0] > 0)
            .flatMap(it -> cipher(request, new LinkVersion(it[0])))
            .orElseThrow(() -> new Unreadable("of no version that is known"));
    var ciphertext = Arrays.copyOfRange(column, 1, column.length);
    try {
      return Awaited.parse(cipher.decrypt(ciphertext, 0, 1))
          .orElseThrow(() -> new Unreadable("of a later version"));
    } catch (GeneralSecurityException e) {
      throw new Unreadable(e);
    }
  }

  private Optional<CopyCipher> cipher(RowId request, LinkVersion version) {
    return keys.of(version, "awaits|" + request)
        .map(hash -> CopyCipher.ofAwaited(LinkToken.of(hash), request));
  }
}
