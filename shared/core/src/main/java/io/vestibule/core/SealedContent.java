package io.vestibule.core;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What intake sealed, and with which key: all that is ever known of a submission in front of the
 * door.
 *
 * @param sealingKey the id of the sealing key
 * @param ciphertext HPKE (RFC 9180) in Tink's format: 53 bytes longer than what was sealed
 */
public record SealedContent(String sealingKey, byte[] ciphertext) {

  /**
   * The HPKE context info that binds a ciphertext to its row, form and key: copied to another row,
   * it does not open.
   */
  public static byte[] contextInfo(RowId id, String form, String sealingKey) {
    return "submission|%s|%s|%s".formatted(id, form, sealingKey).getBytes(UTF_8);
  }
}
