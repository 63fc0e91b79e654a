package io.vestibule.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Pattern;

/**
 * What intake sealed, and with which key: all that is ever known of a submission in front of the
 * door.
 *
 * @param sealingKey the id of the sealing key
 * @param ciphertext HPKE (RFC 9180) in Tink's format: 53 bytes longer than what was sealed
 */
public record SealedContent(String sealingKey, byte[] ciphertext) {

  private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9_-]{1,40}");

  /** Refuses what cannot be the id of a key: it is looked up, and strangers can write it. */
  public SealedContent {
    if (!KEY_ID.matcher(sealingKey).matches()) {
      throw new IllegalArgumentException("not the id of a sealing key");
    }
  }

  /**
   * The HPKE context info that binds a ciphertext to its row, form and key: copied to another row,
   * it does not open.
   */
  public static byte[] contextInfo(RowId id, String form, String sealingKey) {
    return "submission|%s|%s|%s".formatted(id, form, sealingKey).getBytes(UTF_8);
  }
}
