package io.vestibule.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkTokenTest {

  private final SecureRandom random = new SecureRandom();
  private final RowId id = RowId.random(Destination.STORAGE, random);
  private final LinkToken token = token();

  private LinkToken token() {
    var secret = new byte[32];
    random.nextBytes(secret);
    return LinkToken.of(secret);
  }

  @Test
  void theTextInALinkReadsBackAsTheSameToken() {
    var read = LinkToken.parse(token.text()).orElseThrow();

    assertThat(token.text()).hasSize(43).matches("[A-Za-z0-9_-]+");
    assertThat(read.hashesTo(token.hash())).isTrue();
    assertThat(read.proof(id, 1)).isEqualTo(token.proof(id, 1));
  }

  @Test
  void aProofIsGoodForOneRowAndOneLinkOnly() {
    byte[] proof = token.proof(id, 1);

    assertThat(token.proves(id, 1, proof)).isTrue();
    assertThat(token.proves(id, 2, proof)).isFalse();
    assertThat(token.proves(RowId.random(Destination.STORAGE, random), 1, proof)).isFalse();
    assertThat(token().proves(id, 1, proof)).isFalse();
  }

  @Test
  void whatTheRowKeepsIsNeitherTheTokenNorAProof() {
    assertThat(token.proves(id, 1, token.hash())).isFalse();
    assertThat(LinkToken.of(token.hash()).hashesTo(token.hash())).isFalse();
  }

  @Test
  void aProofIsTheDocumentedHmac() {
    var known = LinkToken.of(new byte[32]);
    var row = new RowId("sAAAAAAAAAAAAAAAAAAAAAA");

    // printf 'pressed|sAAAAAAAAAAAAAAAAAAAAAA|1' | openssl dgst -sha256 -mac HMAC \
    //   -macopt hexkey:$(printf '00%.0s' {1..32})
    assertThat(HexFormat.of().formatHex(known.proof(row, 1))).isEqualTo(PROOF);
  }

  private static final String PROOF =
      "eb9bb6277c1bb5a66c92b8ab3b64daef260a5c83845df0a47fa9c735370548b0";

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "*"})
  void anythingElseIsNoToken(String text) {
    assertThat(LinkToken.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {".", ",", ">", ")", "\n", " ", "%", "_", "*", "...", "\">", ").\r\n", "。", "”"})
  void signsBehindALinkDoNoHarm(String signs) {
    assertThat(LinkToken.parse(token.text() + signs).orElseThrow().hashesTo(token.hash())).isTrue();
    assertThat(LinkToken.parse(token.text() + signs + "a")).isEmpty();
    assertThat(LinkToken.isCutOff(token.text() + signs)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20, 42})
  void aTokenWhoseEndGotLostIsToldFromOneThatIsNone(int length) {
    assertThat(LinkToken.isCutOff(token.text().substring(0, length))).isTrue();
    assertThat(LinkToken.isCutOff("A".repeat(length) + "=\r\n")).isTrue();
    assertThat(LinkToken.isCutOff("A".repeat(length) + ",A")).isFalse();
    assertThat(LinkToken.isCutOff("")).isFalse();
  }

  @Test
  void aTokenOfAnotherLengthCannotBeMade() {
    assertThatThrownBy(() -> LinkToken.of(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aTokenDoesNotPrintItself() {
    assertThat(token.toString()).doesNotContain(token.text());
  }
}
