package io.vestibule.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerEntryTest {

  private static final Instant ERASED_AT = Instant.parse("2026-11-18T09:00:00.123Z");

  private final KeyPair keys = keys();

  /** Never change the text: entries that are signed so stay for good. */
  @Test
  void whatIsSignedIsTheNumberAndTheTime() {
    assertThat(LedgerEntry.signed("c1", ERASED_AT))
        .isEqualTo("ledger|2|c1|2026-11-18T09:00:00.123Z".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void anEntryIsReadFromItsNameAlone() throws GeneralSecurityException {
    var entry = entry("c-1_x");

    var read = LedgerEntry.parse(entry.key()).orElseThrow();
    assertThat(entry.key()).matches("ledger/2/c-1_x\\.[A-Za-z0-9_-]+\\.json");
    assertThat(LedgerEntry.customerId(entry.key())).isEqualTo("c-1_x");
    assertThat(read.customerId()).isEqualTo("c-1_x");
    assertThat(read.erasedAt()).isEqualTo(ERASED_AT);
    assertThat(read.isSignedBy(keys.getPublic())).isTrue();
    assertThat(read.isSignedBy(keys().getPublic())).isFalse();
  }

  @Test
  void aSignatureIsForOneNumberAndOneTime() throws GeneralSecurityException {
    var entry = entry("c1");

    assertThat(new LedgerEntry("c2", ERASED_AT, entry.signature()).isSignedBy(keys.getPublic()))
        .isFalse();
    assertThat(
            new LedgerEntry("c1", ERASED_AT.plusMillis(1), entry.signature())
                .isSignedBy(keys.getPublic()))
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ledger/2/",
        "ledger/2/.json",
        "ledger/2/c1",
        "ledger/2/c1.json",
        "ledger/2/c1..json",
        "ledger/2/c1.AAAA.json",
        "ledger/2/c1.%.json",
        "ledger/2/c1.gICAgICAgICA.json",
        "ledger/2/c1.f________z8A.json",
        "ledger/2/c1.ü.json",
        "ledger/2/..json"
      })
  void aNameThatSaysAnythingIsNoSignedEntry(String name) {
    assertThat(LedgerEntry.customerId(name)).isNotNull();
    assertThat(LedgerEntry.parse(name).filter(it -> it.isSignedBy(keys.getPublic()))).isEmpty();
  }

  private LedgerEntry entry(String number) throws GeneralSecurityException {
    var signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(keys.getPrivate());
    signature.update(LedgerEntry.signed(number, ERASED_AT));
    return new LedgerEntry(number, ERASED_AT, signature.sign());
  }

  private static KeyPair keys() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
