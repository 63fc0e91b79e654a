package io.vestibule.keys;

import com.google.crypto.tink.hybrid.HybridConfig2026;
import io.vestibule.core.FrontMac;
import io.vestibule.core.SealingKey;
import io.vestibule.store.keys.SealingKeys;
import io.vestibule.store.keys.SystemKeys;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/** Makes the keys that the whole installation shares. */
public final class NewKeys {

  private static final int ID_BYTES = 9;

  private final KeysetKey keysetKey;
  private final SealingKeys sealingKeys;
  private final SystemKeys systemKeys;
  private final LinkKeys linkKeys;
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
    this.linkKeys = new LinkKeys(systemKeys, keysetKey, Clock.systemUTC());
    this.random = random;
  }

  /**
   * Makes the system keys that are missing; the ones that are there stay for good. The first key of
   * links is missing too, once it was rotated and nothing needed it.
   */
  public void createMissingSystemKeys(Instant now) {
    var links = linkKeys.newest(sealingKeys.privateKeys());
    for (SystemKeys.Name name : SystemKeys.Name.values()) {
      if (name != SystemKeys.Name.LINK || links.equals(LinkVersion.FIRST)) {
        SystemKeyset.create(systemKeys, keysetKey, name, now);
      }
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
   * Makes a new sealing key the current one, for rows of the newest key of links.
   *
   * @return its id
   */
  public String rotateSealingKey(Instant now) {
    return rotateSealingKey(linkKeys.newest(sealingKeys.privateKeys()), now);
  }

  /**
   * Makes a new key of links, and a sealing key whose rows need it: what is sealed from now on has
   * links of the new one.
   *
   * @return the id of the sealing key
   */
  public String rotateLinkKey(Instant now) {
    return rotateSealingKey(linkKeys.create(sealingKeys.privateKeys(), now), now);
  }

  /** Destroys the keys of links that nothing needs any more, and returns their numbers. */
  public List<Integer> destroyEndedLinkKeys(Instant now) {
    return linkKeys.destroyEnded(sealingKeys.privateKeys(), now);
  }

  private String rotateSealingKey(LinkVersion links, Instant now) {
    var id = links.named(newId());
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
