package io.vestibule.keys;

import com.google.crypto.tink.hybrid.HybridConfig2026;
import io.vestibule.core.FrontMac;
import io.vestibule.core.SealingKey;
import io.vestibule.store.keys.SealingKeys;
import io.vestibule.store.keys.SystemKeys;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;

/** Makes the keys that the whole installation shares. */
public final class NewKeys {

  private static final int ID_BYTES = 9;

  private final KeysetKey keysetKey;
  private final SealingKeys sealingKeys;
  private final SystemKeys systemKeys;
  private final Signers signers;
  private final SecureRandom random;

  /** Keys that sign, whose public halves are given away. */
  public record Signers(SigningKey erasures, SigningKey backups) {}

  public NewKeys(
      KeysetKey keysetKey,
      SealingKeys sealingKeys,
      SystemKeys systemKeys,
      Signers signers,
      SecureRandom random) {
    this.keysetKey = keysetKey;
    this.signers = signers;
    this.sealingKeys = sealingKeys;
    this.systemKeys = systemKeys;
    this.random = random;
  }

  /** Makes the system keys that are missing; the ones that are there stay for good. */
  public void createMissingSystemKeys(Instant now) {
    for (SystemKeys.Name name : SystemKeys.Name.values()) {
      SystemKeyset.create(systemKeys, keysetKey, name, now);
    }
    if (systemKeys.frontMac().isEmpty()) {
      systemKeys.addFrontMac(FrontMac.newKeyset(), now);
    }
    if (systemKeys.erasurePublic().isEmpty()) {
      systemKeys.addErasurePublic(signers.erasures().publicKeyInPem(), now);
    }
    if (systemKeys.backupPublic().isEmpty()) {
      systemKeys.addBackupPublic(signers.backups().publicKeyInPem(), now);
    }
  }

  /**
   * Makes a new sealing key the current one.
   *
   * @return its id
   */
  public String rotateSealingKey(Instant now) {
    var id = newId();
    var pair = SealingKey.newPair();
    sealingKeys.rotateTo(
        new SealingKeys.PublicKey(id, SealingKey.publicKeyset(pair)),
        keysetKey.wrap(pair, KeyUse.sealing(id), HybridConfig2026.get()),
        now);
    return id;
  }

  private String newId() {
    var bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
