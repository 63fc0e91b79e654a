package io.vestibule.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.util.SecretBytes;
import io.vestibule.core.EntryId;
import io.vestibule.core.LookupCard;
import io.vestibule.store.Cached;
import io.vestibule.store.keys.SystemKeys;
import io.vestibule.store.people.Lookups.CardRow;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * The keyset {@code lookup}: HMAC-SHA256 as a PRF, of which both the words' hashes and the key of
 * the cards (AES-256-GCM) are made. One keyset is one request to KMS. It opens no customer.
 */
public final class LookupKey {

  /** 128 bits: two words of all that will ever be typed do not meet. */
  private static final int WORD_BYTES = 16;

  private final SystemPrf prf;
  private final Cached<SystemKeys.Name, Aead> cached;

  public LookupKey(SystemKeys table, KeysetKey keysetKey, Clock clock) {
    this.prf = new SystemPrf(table, keysetKey, SystemKeys.Name.LOOKUP, clock);
    this.cached = new Cached<>(clock);
  }

  /**
   * What a word is found by: 22 characters of URL-safe base64.
   *
   * @param kind of word, without {@code |}
   */
  public String word(String kind, String text) {
    byte[] hash = prf.of("word|%s|%s".formatted(kind, text));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, WORD_BYTES));
  }

  /**
   * Seals a card for its own place.
   *
   * @param at the entry that it is made of: a customer's card leads there
   */
  public byte[] seal(LookupCard card, String customerId, String lookupId, String form, EntryId at) {
    try {
      return key().encrypt(card.toJson(), boundTo(customerId, lookupId, form, at));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a card cannot be sealed", e);
    }
  }

  /** Opens one; empty if we have not sealed it for this place. */
  public Optional<LookupCard> open(CardRow row) {
    try {
      byte[] json =
          key()
              .decrypt(row.card(), boundTo(row.customerId(), row.lookupId(), row.form(), row.at()));
      return Optional.of(LookupCard.parse(json));
    } catch (GeneralSecurityException | IOException e) {
      return Optional.empty();
    }
  }

  private static byte[] boundTo(String customerId, String lookupId, String form, EntryId at) {
    return "lookup|%s|%s|%s|%s".formatted(customerId, lookupId, form, at).getBytes(UTF_8);
  }

  private Aead key() {
    return cached.get(SystemKeys.Name.LOOKUP, _ -> aead());
  }

  @AccessesPartialKey
  private Aead aead() {
    try {
      var key =
          AesGcmKey.builder()
              .setParameters(
                  AesGcmParameters.builder()
                      .setKeySizeBytes(32)
                      .setIvSizeBytes(12)
                      .setTagSizeBytes(16)
                      .setVariant(AesGcmParameters.Variant.NO_PREFIX)
                      .build())
              .setKeyBytes(SecretBytes.copyFrom(prf.of("cards"), InsecureSecretKeyAccess.get()))
              .build();
      return KeysetHandle.newBuilder()
          .addEntry(KeysetHandle.importKey(key).withFixedId(1).makePrimary())
          .build()
          .getPrimitive(AeadConfig2026.get(), Aead.class);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("32 bytes are always a key of AES-256-GCM", e);
    }
  }
}
