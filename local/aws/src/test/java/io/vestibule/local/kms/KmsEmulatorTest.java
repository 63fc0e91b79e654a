package io.vestibule.local.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vestibule.local.aws.BackendServer;
import io.vestibule.local.aws.Sdk;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.DisabledException;
import software.amazon.awssdk.services.kms.model.IncorrectKeyException;
import software.amazon.awssdk.services.kms.model.InvalidAliasNameException;
import software.amazon.awssdk.services.kms.model.InvalidCiphertextException;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.kms.model.KmsInvalidStateException;
import software.amazon.awssdk.services.kms.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.kms.model.NotFoundException;
import software.amazon.awssdk.services.kms.model.UnsupportedOperationException;

/** Our emulator, which is to be as strict as AWS where moto is not. */
class KmsEmulatorTest extends KmsContract {

  private volatile Instant now = Instant.parse("2026-11-21T12:00:00Z");
  private final InstantSource time = () -> now;
  private BackendServer server;
  private KmsClient kms;

  @BeforeEach
  void start() throws IOException {
    server =
        new BackendServer(
            new KmsEmulator(
                "eu-central-1", "000000000000", time.withZone(ZoneOffset.UTC), new SecureRandom()));
    kms = Sdk.client(KmsClient.builder(), server.endpoint());
  }

  @AfterEach
  void stop() {
    kms.close();
    server.close();
  }

  @Override
  KmsClient kms() {
    return kms;
  }

  @Test
  void decryptUnderAnotherKeyNamesTheIncorrectKey() {
    var ciphertext = encrypt(createKey());
    var other = createKey();

    assertThatExceptionOfType(IncorrectKeyException.class)
        .isThrownBy(
            () ->
                kms.decrypt(
                    r -> r.keyId(other).ciphertextBlob(ciphertext).encryptionContext(CONTEXT)));
  }

  @Test
  void aDataKeyComesInTheClearAndAsItsCiphertext() {
    var made =
        kms.generateDataKey(
            r -> r.keyId(createKey()).keySpec(DataKeySpec.AES_256).encryptionContext(CONTEXT));

    assertThat(made.plaintext().asByteArray()).hasSize(32);
    assertThat(decrypt(made.ciphertextBlob(), CONTEXT)).isEqualTo(made.plaintext());
  }

  @Test
  void everyByteOfACiphertextIsGuarded() {
    var whole = encrypt(createKey()).asByteArray();

    for (int i = 0; i < whole.length; i++) {
      var damaged = whole.clone();
      damaged[i] ^= 1;
      assertThatExceptionOfType(InvalidCiphertextException.class)
          .isThrownBy(() -> decrypt(SdkBytes.fromByteArray(damaged), CONTEXT));
    }
  }

  @Test
  void twoContextsThatReadTheSameJoinedTogetherDiffer() {
    var key = createKey();
    var ciphertext =
        kms.encrypt(r -> r.keyId(key).plaintext(PLAINTEXT).encryptionContext(Map.of("a", "bc")))
            .ciphertextBlob();

    assertThatExceptionOfType(InvalidCiphertextException.class)
        .isThrownBy(() -> decrypt(ciphertext, Map.of("ab", "c")));
  }

  @Test
  void onceItsDeletionIsDueAKeyIsGone() {
    var key = createKey();
    var ciphertext = encrypt(key);
    kms.createAlias(r -> r.aliasName("alias/gone").targetKeyId(key));
    kms.scheduleKeyDeletion(r -> r.keyId(key).pendingWindowInDays(7));

    now = now.plus(Duration.ofDays(7)).minusMillis(1);
    assertThatExceptionOfType(KmsInvalidStateException.class).isThrownBy(() -> encrypt(key));
    now = now.plusMillis(1);

    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> kms.cancelKeyDeletion(r -> r.keyId(key)));
    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> kms.describeKey(r -> r.keyId("alias/gone")));
    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> kms.decrypt(r -> r.keyId(key).ciphertextBlob(ciphertext)));
    assertThatThrownBy(() -> decrypt(ciphertext, CONTEXT))
        .isInstanceOfSatisfying(KmsException.class, e -> hasCode(e, "AccessDeniedException"));
  }

  @Test
  void aDeletionWaitsSevenToThirtyDays() {
    var key = createKey();

    for (int days : new int[] {6, 31}) {
      assertThatThrownBy(() -> kms.scheduleKeyDeletion(r -> r.keyId(key).pendingWindowInDays(days)))
          .isInstanceOfSatisfying(KmsException.class, e -> hasCode(e, "ValidationException"));
    }
    assertThat(kms.scheduleKeyDeletion(r -> r.keyId(key)).deletionDate())
        .isEqualTo(now.plus(Duration.ofDays(30)));
  }

  @Test
  void onlyWhatIsPendingDeletionCanBeSaved() {
    var key = createKey();

    assertThatExceptionOfType(KmsInvalidStateException.class)
        .isThrownBy(() -> kms.cancelKeyDeletion(r -> r.keyId(key)));
  }

  @Test
  void rotationIsForEnabledSymmetricKeys() {
    var symmetric = createKey();
    var signing =
        kms.createKey(r -> r.keySpec(KeySpec.ECC_NIST_P256).keyUsage("SIGN_VERIFY"))
            .keyMetadata()
            .keyId();

    kms.enableKeyRotation(r -> r.keyId(symmetric));
    kms.disableKey(r -> r.keyId(symmetric));

    assertThatExceptionOfType(DisabledException.class)
        .isThrownBy(() -> kms.enableKeyRotation(r -> r.keyId(symmetric)));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> kms.enableKeyRotation(r -> r.keyId(signing)));
  }

  @Test
  void operationsThatChangeAKeyTakeNoAlias() {
    var key = createKey();
    kms.createAlias(r -> r.aliasName("alias/steady").targetKeyId(key));

    assertThatExceptionOfType(NotFoundException.class)
        .isThrownBy(() -> kms.disableKey(r -> r.keyId("alias/steady")));
  }

  @Test
  void malformedAliasesPoliciesAndKindsOfKeysAreRefused() {
    var key = createKey();

    for (var alias : new String[] {"steady", "alias/aws/steady", "alias/sp ace"}) {
      assertThatExceptionOfType(InvalidAliasNameException.class)
          .isThrownBy(() -> kms.createAlias(r -> r.aliasName(alias).targetKeyId(key)));
    }
    assertThatExceptionOfType(MalformedPolicyDocumentException.class)
        .isThrownBy(() -> kms.createKey(r -> r.policy("{")));
    assertThatThrownBy(() -> kms.createKey(r -> r.keySpec(KeySpec.ECC_NIST_P256)))
        .isInstanceOfSatisfying(KmsException.class, e -> hasCode(e, "ValidationException"));
  }

  @Test
  void otherOperationsAreUnknown() {
    assertThatThrownBy(() -> kms.listKeys())
        .isInstanceOfSatisfying(KmsException.class, e -> hasCode(e, "UnknownOperationException"));
  }

  @Test
  void parametersThatNothingObeysAreRefused() {
    var key = createKey();

    assertThatThrownBy(() -> kms.encrypt(r -> r.keyId(key).plaintext(PLAINTEXT).dryRun(true)))
        .hasMessageContaining("does not know the parameter DryRun");
  }
}
