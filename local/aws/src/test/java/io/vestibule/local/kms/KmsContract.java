package io.vestibule.local.kms;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.AlreadyExistsException;
import software.amazon.awssdk.services.kms.model.DisabledException;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.kms.model.InvalidKeyUsageException;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyState;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.KmsInvalidStateException;
import software.amazon.awssdk.services.kms.model.MessageType;
import software.amazon.awssdk.services.kms.model.NotFoundException;
import software.amazon.awssdk.services.kms.model.SigningAlgorithmSpec;
import software.amazon.awssdk.services.kms.model.UnsupportedOperationException;

/** What AWS KMS promises, and every emulator of it has to keep. */
abstract class KmsContract {

  static final Map<String, String> CONTEXT = Map.of("use", "customer", "customer", "42");
  static final byte[] MESSAGE = "what is signed".getBytes(UTF_8);
  static final SdkBytes PLAINTEXT = SdkBytes.fromUtf8String("a keyset");

  abstract KmsClient kms();

  /** Where an emulator is known not to do as AWS does, its tests are skipped with this sentence. */
  void knownToDiffer(String how) {}

  @Test
  void whatWasEncryptedIsDecryptedUnderTheSameContext() {
    var key = createKey();

    var decrypted = decrypt(encrypt(key), CONTEXT);

    assertThat(decrypted).isEqualTo(PLAINTEXT);
  }

  @Test
  void aKeyIsFoundByIdArnAliasAndAliasArn() {
    var key = kms().createKey().keyMetadata();
    var alias = "alias/found-" + key.keyId();
    kms().createAlias(r -> r.aliasName(alias).targetKeyId(key.keyId()));
    var aliasArn = key.arn().replaceFirst("key/.*", alias);

    for (var name : List.of(key.keyId(), key.arn(), alias, aliasArn)) {
      var encrypted = kms().encrypt(r -> r.keyId(name).plaintext(PLAINTEXT));
      assertThat(encrypted.keyId()).isEqualTo(key.arn());
      assertThat(kms().describeKey(r -> r.keyId(name)).keyMetadata().arn()).isEqualTo(key.arn());
    }
  }

  @Test
  void anotherContextDoesNotDecrypt() {
    var ciphertext = encrypt(createKey());

    for (var other :
        List.of(
            Map.<String, String>of(),
            Map.of("use", "customer"),
            Map.of("use", "customer", "customer", "43"),
            Map.of("use", "customer", "customer", "42", "more", ""))) {
      assertThatExceptionOfType(InvalidCiphertextException.class)
          .isThrownBy(() -> decrypt(ciphertext, other));
    }
  }

  @Test
  void aDamagedCiphertextDoesNotDecrypt() {
    var bytes = encrypt(createKey()).asByteArray();
    bytes[bytes.length - 1] ^= 1;

    assertThatExceptionOfType(InvalidCiphertextException.class)
        .isThrownBy(() -> decrypt(SdkBytes.fromByteArray(bytes), CONTEXT));
    assertThatExceptionOfType(InvalidCiphertextException.class)
        .isThrownBy(() -> decrypt(SdkBytes.fromUtf8String("x"), CONTEXT));
  }

  @Test
  void aPlaintextHasFourKilobytesAtMost() {
    var key = createKey();

    assertThat(encrypt(key, new byte[4096]).asByteArray()).hasSizeGreaterThan(4096);
    assertThatThrownBy(() -> encrypt(key, new byte[4097]))
        .isInstanceOfSatisfying(KmsException.class, e -> hasCode(e, "ValidationException"));
  }

  @Test
  void unknownKeysAndAliasesAreNotFound() {
    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> encrypt("1234abcd-12ab-34cd-56ef-1234567890ab"));
    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> kms().describeKey(r -> r.keyId("alias/nobody")));
  }

  @Test
  void anAliasNamesOneKeyOnly() {
    var key = createKey();
    kms().createAlias(r -> r.aliasName("alias/one-" + key).targetKeyId(key));

    assertThatExceptionOfType(AlreadyExistsException.class)
        .isThrownBy(
            () -> kms().createAlias(r -> r.aliasName("alias/one-" + key).targetKeyId(createKey())));
  }

  @Test
  void aMultiRegionKeyIsCreatedAsThePrimaryOne() {
    var key = kms().createKey(r -> r.multiRegion(true)).keyMetadata();

    assertThat(key.keyId()).startsWith("mrk-");
    assertThat(key.multiRegion()).isTrue();
    assertThat(key.multiRegionConfiguration().primaryKey().arn()).isEqualTo(key.arn());
  }

  @Test
  void aMultiRegionKeyEncryptsLikeAnyOther() {
    knownToDiffer("moto cuts the name of a multi-Region key off and does not decrypt with it");
    var key = kms().createKey(r -> r.multiRegion(true)).keyMetadata().keyId();

    assertThat(decrypt(encrypt(key), CONTEXT)).isEqualTo(PLAINTEXT);
  }

  @Test
  void aScheduledDeletionShowsAndCanBeCancelled() {
    var key = createKey();

    var scheduled = kms().scheduleKeyDeletion(r -> r.keyId(key).pendingWindowInDays(7));
    var pending = kms().describeKey(r -> r.keyId(key)).keyMetadata();
    assertThat(pending.keyState()).isEqualTo(KeyState.PENDING_DELETION);
    assertThat(pending.deletionDate()).isEqualTo(scheduled.deletionDate());

    kms().cancelKeyDeletion(r -> r.keyId(key));
    assertThat(kms().describeKey(r -> r.keyId(key)).keyMetadata().keyState())
        .isEqualTo(KeyState.DISABLED);
    kms().enableKey(r -> r.keyId(key));
    assertThat(decrypt(encrypt(key), CONTEXT)).isEqualTo(PLAINTEXT);
  }

  @Test
  void aDisabledKeyIsOfNoUseUntilItIsEnabled() {
    knownToDiffer("moto keeps disabled keys usable");
    var key = createKey();
    var ciphertext = encrypt(key);
    kms().disableKey(r -> r.keyId(key));

    assertThatExceptionOfType(DisabledException.class).isThrownBy(() -> encrypt(key));
    assertThatExceptionOfType(DisabledException.class)
        .isThrownBy(() -> decrypt(ciphertext, CONTEXT));

    kms().enableKey(r -> r.keyId(key));
    assertThat(decrypt(ciphertext, CONTEXT)).isEqualTo(PLAINTEXT);
  }

  @Test
  void aKeyPendingDeletionIsOfNoUse() {
    knownToDiffer("moto keeps keys usable that are pending deletion");
    var key = createKey();
    var ciphertext = encrypt(key);
    kms().scheduleKeyDeletion(r -> r.keyId(key));

    assertThatExceptionOfType(KmsInvalidStateException.class).isThrownBy(() -> encrypt(key));
    assertThatExceptionOfType(KmsInvalidStateException.class)
        .isThrownBy(() -> decrypt(ciphertext, CONTEXT));
    assertThatExceptionOfType(KmsInvalidStateException.class)
        .isThrownBy(() -> kms().enableKey(r -> r.keyId(key)));
    assertThatExceptionOfType(KmsInvalidStateException.class)
        .isThrownBy(() -> kms().createAlias(r -> r.aliasName("alias/late").targetKeyId(key)));
  }

  @Test
  void aSigningKeyDoesNotEncrypt() {
    knownToDiffer("moto encrypts with signing keys");
    var key =
        kms()
            .createKey(r -> r.keySpec(KeySpec.ECC_NIST_P256).keyUsage(KeyUsageType.SIGN_VERIFY))
            .keyMetadata();

    assertThat(key.signingAlgorithmsAsStrings()).containsExactly("ECDSA_SHA_256");
    assertThatExceptionOfType(InvalidKeyUsageException.class)
        .isThrownBy(() -> encrypt(key.keyId()));
  }

  @Test
  void aSignatureIsCheckedWithThePublicKey() throws GeneralSecurityException {
    var key = createSigningKey();

    assertThat(isSigned(key, sign(key, MESSAGE, MessageType.RAW))).isTrue();
  }

  @Test
  void aSignatureOfADigestIsOneOfTheMessage() throws GeneralSecurityException {
    knownToDiffer("moto hashes a digest once more");
    var key = createSigningKey();

    assertThat(
            isSigned(
                key,
                sign(
                    key, MessageDigest.getInstance("SHA-256").digest(MESSAGE), MessageType.DIGEST)))
        .isTrue();
  }

  private boolean isSigned(String key, byte[] signature) throws GeneralSecurityException {
    var answer = kms().getPublicKey(r -> r.keyId(key));
    assertThat(answer.keyUsageAsString()).isEqualTo("SIGN_VERIFY");
    var check = Signature.getInstance("SHA256withECDSA");
    check.initVerify(
        KeyFactory.getInstance("EC")
            .generatePublic(new X509EncodedKeySpec(answer.publicKey().asByteArray())));
    check.update(MESSAGE);
    return check.verify(signature);
  }

  @Test
  void onlyADigestOfTheRightLengthIsSigned() {
    knownToDiffer("moto signs digests of any length");
    var key = createSigningKey();

    assertThatThrownBy(() -> sign(key, new byte[31], MessageType.DIGEST))
        .isInstanceOfSatisfying(KmsException.class, e -> hasCode(e, "ValidationException"));
  }

  @Test
  void anEncryptingKeyNeitherSignsNorHasAPublicKey() {
    knownToDiffer("moto has a public key for every key");
    var key = createKey();

    assertThatExceptionOfType(InvalidKeyUsageException.class)
        .isThrownBy(() -> sign(key, new byte[32], MessageType.DIGEST));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> kms().getPublicKey(r -> r.keyId(key)));
  }

  @Test
  void aDisabledKeySignsNothing() {
    knownToDiffer("moto keeps disabled keys usable");
    var key = createSigningKey();
    kms().disableKey(r -> r.keyId(key));

    assertThatExceptionOfType(DisabledException.class)
        .isThrownBy(() -> sign(key, new byte[32], MessageType.DIGEST));
  }

  private String createSigningKey() {
    return kms()
        .createKey(r -> r.keySpec(KeySpec.ECC_NIST_P256).keyUsage(KeyUsageType.SIGN_VERIFY))
        .keyMetadata()
        .keyId();
  }

  private byte[] sign(String key, byte[] message, MessageType type) {
    return kms()
        .sign(
            r ->
                r.keyId(key)
                    .message(SdkBytes.fromByteArray(message))
                    .messageType(type)
                    .signingAlgorithm(SigningAlgorithmSpec.ECDSA_SHA_256))
        .signature()
        .asByteArray();
  }

  String createKey() {
    return kms().createKey().keyMetadata().keyId();
  }

  SdkBytes encrypt(String key) {
    return encrypt(key, PLAINTEXT.asByteArray());
  }

  SdkBytes encrypt(String key, byte[] plaintext) {
    return kms()
        .encrypt(
            r ->
                r.keyId(key)
                    .plaintext(SdkBytes.fromByteArray(plaintext))
                    .encryptionContext(CONTEXT))
        .ciphertextBlob();
  }

  SdkBytes decrypt(SdkBytes ciphertext, Map<String, String> context) {
    return kms().decrypt(r -> r.ciphertextBlob(ciphertext).encryptionContext(context)).plaintext();
  }

  static void hasCode(KmsException e, String code) {
    assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
  }
}
