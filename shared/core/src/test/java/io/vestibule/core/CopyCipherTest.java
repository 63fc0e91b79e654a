package io.vestibule.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CopyCipherTest {

  private static final RowId ID = new RowId("sAAAAAAAAAAAAAAAAAAAAAA");
  private static final RowId OTHER = new RowId("sAAAAAAAAAAAAAAAAAAAAAB");
  private static final byte[] SECRET = "What is held, שלום".getBytes(UTF_8);

  private final SecureRandom random = new SecureRandom();
  private final CopyCipher cipher = new CopyCipher(token(1), ID);

  private static LinkToken token(int filling) {
    var bytes = new byte[32];
    Arrays.fill(bytes, (byte) filling);
    return LinkToken.of(bytes);
  }

  @Test
  void whoHasTheLinkReadsTheCopy() throws Exception {
    var encrypted = cipher.encrypt(SECRET, 0, 2, random);

    assertThat(new CopyCipher(token(1), ID).decrypt(encrypted, 0, 2)).isEqualTo(SECRET);
    assertThat(new String(encrypted, UTF_8)).doesNotContain("held");
  }

  @Test
  void anotherLinkRequestPartOrNumberOfPartsDoesNot() {
    var encrypted = cipher.encrypt(SECRET, 0, 2, random);

    refuses(new CopyCipher(token(2), ID), encrypted, 0, 2);
    refuses(new CopyCipher(token(1), OTHER), encrypted, 0, 2);
    refuses(cipher, encrypted, 1, 2);
    refuses(cipher, encrypted, 0, 1);
    refuses(cipher, new byte[0], 0, 2);
  }

  @Test
  void aReceiptIsNoCopyAndACopyNoReceipt() throws Exception {
    var ofReceipt = CopyCipher.ofReceipt(token(1), ID);

    refuses(cipher, ofReceipt.encrypt(SECRET, 0, 2, random), 0, 2);
    refuses(ofReceipt, cipher.encrypt(SECRET, 0, 2, random), 0, 2);
    assertThat(ofReceipt.decrypt(ofReceipt.encrypt(SECRET, 0, 2, random), 0, 2)).isEqualTo(SECRET);
  }

  @Test
  void noChangedByteIsRead() {
    var encrypted = cipher.encrypt(SECRET, 0, 1, random);
    for (int at = 0; at < encrypted.length; at++) {
      var changed = encrypted.clone();
      changed[at] ^= 1;
      refuses(cipher, changed, 0, 1);
    }
  }

  private static void refuses(CopyCipher cipher, byte[] encrypted, int part, int parts) {
    assertThatThrownBy(() -> cipher.decrypt(encrypted, part, parts))
        .isInstanceOf(GeneralSecurityException.class);
  }
}
