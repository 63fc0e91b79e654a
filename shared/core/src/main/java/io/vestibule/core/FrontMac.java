package io.vestibule.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.prf.HmacPrfParameters;
import com.google.crypto.tink.prf.PrfConfig2026;
import com.google.crypto.tink.prf.PrfSet;
import java.security.GeneralSecurityException;

/**
 * A keyed hash that the public functions compute: HMAC-SHA256 as a pseudo-random function.
 *
 * <p>Its keyset is the only one that is stored in the clear, because what faces the internet has no
 * KMS to unwrap one with. So nothing may depend on its being secret but the public side's own
 * conveniences: it opens nothing, confirms nothing, and finds nobody.
 */
public final class FrontMac {

  private static final int OUTPUT_BYTES = 32;

  private final PrfSet prf;

  private FrontMac(PrfSet prf) {
    this.prf = prf;
  }

  /** Makes a new key; the keyset that comes back is <em>not</em> encrypted. */
  public static byte[] newKeyset() {
    try {
      var config = PrfConfig2026.get();
      var parameters =
          HmacPrfParameters.builder()
              .setKeySizeBytes(32)
              .setHashType(HmacPrfParameters.HashType.SHA256)
              .build();
      return TinkProtoKeysetFormat.serializeKeyset(
          KeysetHandle.generateNew(parameters, config), InsecureSecretKeyAccess.get(), config);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("HMAC-SHA256 with 256 bits can always be generated", e);
    }
  }

  /**
   * Reads the keyset as the key table holds it.
   *
   * @throws GeneralSecurityException if the bytes are no such keyset
   */
  public static FrontMac parse(byte[] keyset) throws GeneralSecurityException {
    var config = PrfConfig2026.get();
    var handle = TinkProtoKeysetFormat.parseKeyset(keyset, InsecureSecretKeyAccess.get(), config);
    return new FrontMac(handle.getPrimitive(config, PrfSet.class));
  }

  /**
   * The keyed hash of a text, 32 bytes.
   *
   * @param use what it is for, without {@code |}: one use's hashes are of no value to another
   */
  public byte[] of(String use, String text) {
    try {
      return prf.computePrimary((use + "|" + text).getBytes(UTF_8), OUTPUT_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the keyset front-mac is not a PRF of 32 bytes", e);
    }
  }
}
