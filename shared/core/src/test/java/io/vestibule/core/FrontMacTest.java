package io.vestibule.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Test;

class FrontMacTest {

  @Test
  void aHashIsTheSameForTheSameKeyUseAndTextOnly() throws GeneralSecurityException {
    byte[] keyset = FrontMac.newKeyset();
    byte[] hash = FrontMac.parse(keyset).of("use", "text");

    assertThat(hash).hasSize(32);
    assertThat(FrontMac.parse(keyset).of("use", "text")).isEqualTo(hash);
    assertThat(FrontMac.parse(keyset).of("use", "texT")).isNotEqualTo(hash);
    assertThat(FrontMac.parse(keyset).of("usE", "text")).isNotEqualTo(hash);
    assertThat(FrontMac.parse(FrontMac.newKeyset()).of("use", "text")).isNotEqualTo(hash);
  }

  @Test
  void whatIsNoKeysetIsRefused() {
    assertThatThrownBy(() -> FrontMac.parse(new byte[] {1, 2, 3}))
        .isInstanceOf(GeneralSecurityException.class);
  }
}
