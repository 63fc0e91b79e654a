package io.vestibule.keys;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.vestibule.core.Notice;
import io.vestibule.core.RowId;
import io.vestibule.core.Sha256;
import io.vestibule.keys.SubmissionOpener.Unreadable;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Seals what the last mail about a request needs, with the key that the request itself was sealed
 * with, and opens it for the mailer.
 *
 * <p>Anybody can seal with that key: its other half is public. So a seal of ours stands before the
 * ciphertext, a keyed hash of it and of the row. Without it, whoever may write the table could have
 * anybody told that they are erased.
 */
public final class Notices {

  /** 43 characters. */
  private static final int SEAL = 43;

  private final SealingPairs keys;
  private final EmailIndex index;

  Notices(SealingPairs keys, EmailIndex index) {
    this.keys = keys;
    this.index = index;
  }

  /**
   * The column of a request that is done: the seal, and then the ciphertext.
   *
   * @throws IllegalStateException if the key, with which the request was opened just now, is gone
   */
  public byte[] seal(RowId request, String sealingKey, Notice notice) {
    try {
      var info = contextInfo(request, sealingKey);
      var ciphertext = keys.of(sealingKey).sealer().encrypt(notice.toJson(), info);
      var seal = sealOf(request, ciphertext);
      var column = Arrays.copyOf(seal, SEAL + ciphertext.length);
      System.arraycopy(ciphertext, 0, column, SEAL, ciphertext.length);
      return column;
    } catch (GeneralSecurityException e) {
      throw new AssertionError("sealing with a key that was read cannot fail", e);
    } catch (Unreadable e) {
      throw new IllegalStateException("the sealing key of a moment ago is gone", e);
    }
  }

  /**
   * What a column says; empty if it is of a later version, which told of what is not known yet.
   *
   * @throws Unreadable if nobody of ours has sealed it for this row, or its key was destroyed
   */
  public Optional<Notice> open(RowId request, String sealingKey, byte[] column) throws Unreadable {
    var seal = Arrays.copyOf(column, SEAL);
    var ciphertext = Arrays.copyOfRange(column, Math.min(SEAL, column.length), column.length);
    if (!MessageDigest.isEqual(seal, sealOf(request, ciphertext))) {
      throw new Unreadable("nobody of ours has sealed it");
    }
    try {
      var info = contextInfo(request, sealingKey);
      return Notice.parse(keys.of(sealingKey).opener().decrypt(ciphertext, info));
    } catch (GeneralSecurityException e) {
      throw new Unreadable(e);
    }
  }

  private byte[] sealOf(RowId request, byte[] ciphertext) {
    var content = HexFormat.of().formatHex(Sha256.of(ciphertext));
    return index.sealOfNotice(request.value(), content).getBytes(US_ASCII);
  }

  private static byte[] contextInfo(RowId request, String sealingKey) {
    return "notice|%s|%s".formatted(request, sealingKey).getBytes(UTF_8);
  }
}
