package io.vestibule.local.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.CopyCipher;
import io.vestibule.core.Json;
import io.vestibule.core.LinkToken;
import io.vestibule.core.RowId;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Anybody can check a receipt, without us. */
class ReceiptTest extends Journey {

  private static final String BEGIN = "-----BEGIN PUBLIC KEY-----\n";
  private static final String END = "\n-----END PUBLIC KEY-----\n";

  private Requests request;
  private byte[] receipt;
  private byte[] signature;
  private byte[] key;

  @BeforeAll
  void erase() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    request = Requests.asked(this, ada, "erase").woken();
    receipt = request.file("receipt.json").body();
    signature = request.file("receipt.sig").body();
    key = ada.bytes(host.uri().resolve("/receipt-key.pem")).body();
  }

  @Test
  void theCommandOnTheReceiptsPageAcceptsIt(@TempDir Path folder) throws Exception {
    assumeTrue(isOnThePath("openssl"), "there is no openssl here");
    Files.write(folder.resolve("receipt.json"), receipt);
    Files.write(folder.resolve("receipt.sig"), signature);
    Files.write(folder.resolve("receipt-key.pem"), key);
    var command =
        request.page().body().replaceFirst("(?s).*<code>(openssl[^<]*)</code>.*", "$1").split(" ");

    assertThat(output(folder, command)).isEqualTo("Verified OK\n");

    var changed = receipt.clone();
    changed[changed.length / 2] ^= 1;
    Files.write(folder.resolve("receipt.json"), changed);
    assertThat(output(folder, command)).doesNotContain("Verified OK");
  }

  @Test
  void noChangedByteIsAccepted() throws Exception {
    var publicKey = publicKey(key);
    assertThat(isAccepted(publicKey, receipt, signature)).isTrue();
    for (int at = 0; at < receipt.length; at++) {
      assertThat(isAccepted(publicKey, changed(receipt, at), signature)).as("byte " + at).isFalse();
    }
    for (int at = 0; at < signature.length; at++) {
      assertThat(isAccepted(publicKey, receipt, changed(signature, at))).as("byte " + at).isFalse();
    }
  }

  /** Whoever takes backups can sign with that key. */
  @Test
  void theKeyOfTheBackupsDoesNotAcceptIt() throws Exception {
    var backups = request.person().bytes(host.uri().resolve("/receipt-key.pem?of=earlier")).body();

    assertThat(isAccepted(publicKey(backups), receipt, signature)).isFalse();
    assertThat(request.page().body()).contains("\"/receipt-key.pem\"");
  }

  /** It says nothing of its key: only one key signed then. */
  @Test
  void aReceiptOfAnEarlierVersionLeadsToTheKeyThatItWasSignedWith() throws Exception {
    var tree = (ObjectNode) Json.MAPPER.readTree(receipt);
    tree.remove("signedBy");
    var token = LinkToken.parse(Person.token(request.link())).orElseThrow();
    var cipher = CopyCipher.ofReceipt(token, new RowId(request.id()));
    var earlier = cipher.encrypt(Json.MAPPER.writeValueAsBytes(tree), 0, 2, new SecureRandom());
    var row = new HashMap<>(request.row());
    row.put("receipt", AttributeValue.fromB(SdkBytes.fromByteArray(earlier)));
    tables.put("requests", List.of(row));

    assertThat(request.page().body()).contains("\"/receipt-key.pem?of=earlier\"");
  }

  @Test
  void noOtherKeyAcceptsIt() throws Exception {
    for (int at = 0; at < key.length; at++) {
      assertThat(isAcceptedBy(changed(key, at))).as("byte " + at + " of the key").isFalse();
    }
  }

  /** Of the last character of a key's base64 four bits mean nothing: that is the same key. */
  private boolean isAcceptedBy(byte[] pem) {
    try {
      var other = publicKey(pem);
      return !other.equals(publicKey(key)) && isAccepted(other, receipt, signature);
    } catch (Exception e) {
      return false; // No key at all.
    }
  }

  private static byte[] changed(byte[] original, int at) {
    var changed = original.clone();
    changed[at] ^= 1;
    return changed;
  }

  private static boolean isAccepted(PublicKey key, byte[] document, byte[] signature)
      throws Exception {
    var check = Signature.getInstance("SHA256withECDSA");
    check.initVerify(key);
    check.update(document);
    try {
      return check.verify(signature);
    } catch (SignatureException e) {
      return false; // No signature at all.
    }
  }

  private static PublicKey publicKey(byte[] pem) throws Exception {
    var text = new String(pem, UTF_8);
    if (!text.startsWith(BEGIN) || !text.endsWith(END)) {
      throw new IllegalArgumentException("no key at all");
    }
    var base64 = text.substring(BEGIN.length(), text.length() - END.length()).replace("\n", "");
    return KeyFactory.getInstance("EC")
        .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
  }

  private static boolean isOnThePath(String program) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static String output(Path folder, String... command) throws Exception {
    var process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return output;
  }
}
