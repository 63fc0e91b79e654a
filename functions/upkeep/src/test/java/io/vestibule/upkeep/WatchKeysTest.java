package io.vestibule.upkeep;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vestibule.keys.Installation;
import io.vestibule.local.aws.MovableClock;
import io.vestibule.store.Invocation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DisabledException;

/** Which keys are told of, with the role of the function that looks. */
class WatchKeysTest {

  private static final String ROTATION = "KeyRotationFunction";

  private final MovableClock clock = new MovableClock();
  private Installation installation;
  private Map<String, String> variables;

  @BeforeEach
  void open() throws IOException {
    installation = Installation.open(clock);
    variables = installation.account().variables(ROTATION);
  }

  @AfterEach
  void close() throws IOException {
    installation.close();
  }

  @Test
  void ofKeysThatCanAllBeUsedNothingIsSaid() {
    assertThat(watchKeys().unusable()).isEmpty();
  }

  @Test
  @Tag("slow")
  void aKeyThatIsToBeDeletedAndOneThatIsDisabledAreTold() {
    var receipt = variables.getOrDefault("RECEIPT_KEY_ARN", "");
    var table = variables.getOrDefault("TABLE_KEY_ARN", "");
    kms().scheduleKeyDeletion(delete -> delete.keyId(receipt).pendingWindowInDays(30));
    kms().disableKey(disable -> disable.keyId(table));

    assertThat(watchKeys().unusable()).containsExactlyInAnyOrder(receipt, table);

    kms().cancelKeyDeletion(cancel -> cancel.keyId(receipt));
    kms().enableKey(enable -> enable.keyId(receipt));
    assertThat(watchKeys().unusable()).containsExactly(table);
  }

  @Test
  void aKeyThatKmsDoesNotTellOfIsTold() {
    var nobodys = "arn:aws:kms:eu-central-1:123456789012:key/00000000-0000-0000-0000-000000000000";
    var wiring = KeyRotationWiring.of(installation.env(ROTATION), clock);

    assertThat(new WatchKeys(wiring.watchKeys().kms(), List.of(nobodys)).unusable())
        .containsExactly(nobodys);
  }

  @Test
  void withoutTheKeyOfTheKeysetsNoNewKeyIsMadeAndItIsCountedNevertheless() {
    var keysets = variables.getOrDefault("KEYSET_KEY_ARN", "");
    kms().disableKey(disable -> disable.keyId(keysets));
    var handler = new KeyRotationHandler(installation.env(ROTATION), clock);
    var printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(printed, true, UTF_8));
    try {
      assertThatExceptionOfType(DisabledException.class)
          .isThrownBy(() -> handler.handleRequest(Map.of(), new Invocation(ROTATION)));
    } finally {
      System.setOut(before);
    }
    assertThat(printed.toString(UTF_8)).contains("\"KeyUnusable\":1");
  }

  private WatchKeys watchKeys() {
    return KeyRotationWiring.of(installation.env(ROTATION), clock).watchKeys();
  }

  private KmsClient kms() {
    return installation.account().operator().kms();
  }
}
