package io.vestibule.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.HybridDecrypt;
import com.google.crypto.tink.hybrid.HybridConfig2026;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SealingKeyTest {

  private static final byte[] CONTENT = "what a person handed in".getBytes(UTF_8);

  private final RowId row = RowId.random(Destination.STORAGE, new SecureRandom());
  private HybridDecrypt opener;
  private SealingKey key;

  @BeforeEach
  void makeKeyPair() throws GeneralSecurityException {
    var pair = SealingKey.newPair();
    opener = pair.getPrimitive(HybridConfig2026.get(), HybridDecrypt.class);
    key = SealingKey.parse("k1", SealingKey.publicKeyset(pair));
  }

  @Test
  void whatIsSealedOpensForItsRowFormAndKey() throws GeneralSecurityException {
    var sealed = key.seal(row, "contact", CONTENT);

    assertThat(sealed.sealingKey()).isEqualTo("k1");
    assertThat(sealed.ciphertext()).hasSize(CONTENT.length + 53);
    assertThat(opener.decrypt(sealed.ciphertext(), SealedContent.contextInfo(row, "contact", "k1")))
        .isEqualTo(CONTENT);
  }

  @Test
  void whatIsSealedOpensForNoOtherRowFormOrKey() {
    byte[] sealed = key.seal(row, "contact", CONTENT).ciphertext();
    var other = RowId.random(Destination.STORAGE, new SecureRandom());

    doesNotOpen(sealed, SealedContent.contextInfo(other, "contact", "k1"));
    doesNotOpen(sealed, SealedContent.contextInfo(row, "feedback", "k1"));
    doesNotOpen(sealed, SealedContent.contextInfo(row, "contact", "k2"));
  }

  private void doesNotOpen(byte[] sealed, byte[] info) {
    assertThatThrownBy(() -> opener.decrypt(sealed, info))
        .isInstanceOf(GeneralSecurityException.class);
  }

  @Test
  void theSameContentIsNeverSealedTheSameWay() {
    assertThat(key.seal(row, "contact", CONTENT).ciphertext())
        .isNotEqualTo(key.seal(row, "contact", CONTENT).ciphertext());
  }

  @Test
  void bytesThatAreNoPublicKeysetAreRefused() {
    assertThatThrownBy(() -> SealingKey.parse("k1", new byte[] {1, 2, 3}))
        .isInstanceOf(GeneralSecurityException.class);
  }
}
