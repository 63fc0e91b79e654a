package io.vestibule.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.HybridDecrypt;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.hybrid.HybridConfig2026;
import io.vestibule.core.Decisions;
import io.vestibule.core.RowId;
import io.vestibule.core.SealedContent;
import io.vestibule.store.people.Customers.CustomerRow;
import io.vestibule.store.people.Identities.Binding;
import io.vestibule.store.people.Identities.Identity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What was encrypted years ago is decrypted, by Tink's keysets and with what we bind each text to.
 *
 * <p>Never change a file of {@code src/test/resources/formats}: data of this form lies in tables
 * and backups. Add one. The keys were made for these files, and open nothing else.
 */
class CiphertextsTest {

  private static final Instant MONDAY = Instant.parse("2026-11-16T09:00:00.123Z");
  private static final RowId ROW = new RowId("sAAAAAAAAAAAAAAAAAAAAAA");

  @Test
  void aCustomersRecordIsDecryptedAsEver() throws Exception {
    var config = AeadConfig2026.get();
    var aead = keyset("customer-key-1.bin", config).getPrimitive(config, Aead.class);
    var row = new CustomerRow("c1", 3, bytes("customer-1.bin"), MONDAY, MONDAY.plusSeconds(60));

    assertThat(new CustomerCipher("c1", aead).decrypt(row)).asString(UTF_8).isEqualTo("a record");
  }

  @Test
  void decisionsAreDecryptedAsEver() throws Exception {
    var config = AeadConfig2026.get();
    var aead = keyset("customer-key-1.bin", config).getPrimitive(config, Aead.class);
    var binding = new Binding(3, bytes("decisions-1.bin"), new byte[0]);

    assertThat(new CustomerCipher("c1", aead).decrypt(binding)).isEqualTo(Decisions.none());
  }

  @Test
  void anIdentityIsBoundByTheSameTextAsEver() {
    var identity = new Identity("index", "c1", "key".getBytes(UTF_8), Optional.empty());

    assertThat(IdentityBinding.text(identity, 3, "decisions".getBytes(UTF_8)))
        .isEqualTo(
            "binding|3|2c70e12b7a0646f92279f427c7b38e7334d8e5389cff167a1dc30e73f826b683"
                + "|3183d37be5060278b0f0b2ea1095fea98e027d276f661719821018f5511f4927|5|index|c1");
  }

  @Test
  void whatWasHandedInIsOpenedAsEver() throws Exception {
    var config = HybridConfig2026.get();
    var opener = keyset("sealing-key-1.bin", config).getPrimitive(config, HybridDecrypt.class);
    var info = SealedContent.contextInfo(ROW, "contact", "k1");

    assertThat(opener.decrypt(bytes("sealed-1.bin"), info))
        .asString(UTF_8)
        .isEqualTo("a submission");
  }

  private static KeysetHandle keyset(String file, Configuration config) throws Exception {
    return TinkProtoKeysetFormat.parseKeyset(bytes(file), InsecureSecretKeyAccess.get(), config);
  }

  private static byte[] bytes(String file) throws Exception {
    return Files.readAllBytes(Path.of("../../shared/keys/src/test/resources/formats", file));
  }
}
