package io.vestibule.keys;

import com.google.crypto.tink.hybrid.HybridConfig2026;
import io.vestibule.core.FrontMac;
import io.vestibule.core.SealingKey;
import io.vestibule.store.keys.SealingKeys;
import io.vestibule.store.keys.SystemKeys;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Makes the keys that the whole installation shares. */
public final class NewKeys {

  private static final int ID_BYTES = 9;
  private static final int MOST_ATTEMPTS = 5;

  private final KeysetKey keysetKey;
  private final SealingKeys sealingKeys;
  private final SystemKeys systemKeys;
  private final LinkVersions linkVersions;
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
    this.linkVersions = new LinkVersions(systemKeys, keysetKey);
    this.random = random;
  }

  /**
   * Makes the system keys that are missing; the ones that are there stay for good. The first key of
   * links is missing too, once it was rotated and nothing needed it.
   */
  public void createMissingSystemKeys(Instant now) {
    var haveLinks = linkVersions.exist();
    for (SystemKeys.Name name : SystemKeys.Name.values()) {
      if (name != SystemKeys.Name.LINK || !haveLinks) {
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
   * <p>A run that has read which is newest must not undo a rotation that came after that, so it
   * follows only the key that was current before.
   *
   * @return its id
   * @throws IllegalStateException if others keep being made
   */
  public String rotateSealingKey(Instant now) {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      var before = sealingKeys.currentId();
      var id = linkVersions.newest().named(newId());
      if (follows(before, id, now)) {
        return id;
      }
    }
    throw new IllegalStateException("others keep making sealing keys");
  }

  private boolean follows(Optional<String> before, String id, Instant now) {
    var pair = SealingKey.newPair();
    return sealingKeys.rotateTo(
        before,
        new SealingKeys.PublicKey(id, SealingKey.publicKeyset(pair)),
        keysetKey.wrap(pair, KeyUse.sealing(id), HybridConfig2026.get()),
        now);
  }

  /**
   * Makes a new key of links, and a sealing key whose rows need it: what is sealed from now on has
   * links of the new one. If it dies in between, the next sealing key does the rest.
   *
   * @return the id of the sealing key
   */
  public String rotateLinkKey(Instant now) {
    linkVersions.create(now);
    return rotateSealingKey(now);
  }

  /** Destroys the keys of links that nothing needs any more, and returns their numbers. */
  public List<Integer> destroyEndedLinkKeys(Instant now) {
    return linkVersions.destroyEnded(sealingKeys.privateKeys(), now);
  }

  /**
   * Of these sealing keys, those whose rows need a key of links that was replaced before a time.
   */
  public List<String> ofLinksReplacedBefore(List<String> sealing, Instant time) {
    var replaced = linkVersions.replacedBefore(time);
    return sealing.stream().filter(id -> replaced.contains(LinkVersion.of(id))).toList();
  }

  private String newId() {
    var bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
