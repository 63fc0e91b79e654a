package io.vestibule.local.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vestibule.local.aws.BackendServer;
import io.vestibule.local.aws.Sdk;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

class SecretsEmulatorTest {

  private final SecretsEmulator emulator =
      new SecretsEmulator("eu-central-1", "123456789012", Clock.systemUTC());
  private BackendServer server;
  private SecretsManagerClient client;

  @BeforeEach
  void start() throws IOException {
    server = new BackendServer(emulator);
    client = Sdk.client(SecretsManagerClient.builder(), server.endpoint());
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
  }

  @Test
  void aSecretIsReadAsItIsNow() {
    emulator.put("vestibule/sales", "one");
    var first = client.getSecretValue(get -> get.secretId("vestibule/sales"));
    emulator.put("vestibule/sales", "two");
    var second = client.getSecretValue(get -> get.secretId("vestibule/sales"));

    assertThat(first.secretString()).isEqualTo("one");
    assertThat(first.arn())
        .isEqualTo(
            "arn:aws:secretsmanager:eu-central-1:123456789012:secret:vestibule/sales-local0");
    assertThat(second.secretString()).isEqualTo("two");
    assertThat(second.versionId()).isNotEqualTo(first.versionId());
  }

  @Test
  void whatWasNotPutInIsAskedForElsewhere() {
    emulator.ask(name -> Optional.of("of " + name).filter(it -> name.startsWith("vestibule/")));

    assertThat(client.getSecretValue(get -> get.secretId("vestibule/demo")).secretString())
        .isEqualTo("of vestibule/demo");
    assertThatExceptionOfType(ResourceNotFoundException.class)
        .isThrownBy(() -> client.getSecretValue(get -> get.secretId("other/demo")));
  }

  @Test
  void aSecretThatIsNotThereAndACallThatNobodyMakesAreRefused() {
    assertThatExceptionOfType(ResourceNotFoundException.class)
        .isThrownBy(() -> client.getSecretValue(get -> get.secretId("vestibule/none")));
    assertThatExceptionOfType(SecretsManagerException.class).isThrownBy(() -> client.listSecrets());
  }
}
