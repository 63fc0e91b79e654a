package io.vestibule.keys;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.security.GeneralSecurityException;

/**
 * The keys of single customers: AES-256-GCM keysets, each wrapped under KMS for the number of one
 * customer, whose number CloudTrail therefore shows whenever the data is read.
 */
public final class CustomerKeys {

  private final KeysetKey keysetKey;

  public CustomerKeys(KeysetKey keysetKey) {
    this.keysetKey = keysetKey;
  }

  /**
   * A customer's key in both its forms.
   *
   * @param wrapped what may be stored
   */
  public record CustomerKey(CustomerCipher cipher, byte[] wrapped) {}

  /** Makes a key for a new customer: one KMS request. */
  public CustomerKey create(String customerId) {
    try {
      var config = AeadConfig2026.get();
      var keyset = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, config);
      return new CustomerKey(
          new CustomerCipher(customerId, keyset.getPrimitive(config, Aead.class)),
          keysetKey.wrap(keyset, KeyUse.customer(customerId), config));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("an AES-256-GCM key can always be generated", e);
    }
  }

  /**
   * Unwraps a customer's key: one KMS request.
   *
   * @throws KeysetKey.CannotUnwrap if it is the key of another customer
   */
  public CustomerCipher unwrap(String customerId, byte[] wrapped) throws KeysetKey.CannotUnwrap {
    try {
      var config = AeadConfig2026.get();
      var keyset = keysetKey.unwrap(wrapped, KeyUse.customer(customerId), config);
      return new CustomerCipher(customerId, keyset.getPrimitive(config, Aead.class));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the keyset of a customer is not an AEAD", e);
    }
  }
}
