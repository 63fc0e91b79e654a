package io.vestibule.delivery.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vestibule.core.EmailAddress;
import io.vestibule.core.targets.Target;
import io.vestibule.core.targets.Targets;
import io.vestibule.delivery.kind.Secret;
import io.vestibule.local.aws.Backend;
import io.vestibule.local.aws.BackendServer;
import io.vestibule.local.aws.MovableClock;
import io.vestibule.local.aws.Sdk;
import io.vestibule.local.secrets.SecretsEmulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

class TargetSecretsTest {

  private final MovableClock clock = new MovableClock();
  private final SecretsEmulator emulator =
      new SecretsEmulator("eu-central-1", "123456789012", clock);
  private final AtomicInteger reads = new AtomicInteger();
  private BackendServer server;
  private SecretsManagerClient client;
  private TargetSecrets secrets;
  private Target target;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    clock.stop();
    Backend counted =
        request -> {
          reads.incrementAndGet();
          return emulator.handle(request);
        };
    server = new BackendServer(counted);
    client = Sdk.client(SecretsManagerClient.builder(), server.endpoint());
    secrets = new TargetSecrets(client, "test-vestibule/", clock);
    Files.writeString(
        folder.resolve("sales.json"),
        """
        {"kind": "webhook", "url": "https://hooks.example.com/", "ground": "contract"}
        """);
    target = new Targets(Optional.empty(), Optional.of(folder)).find("sales").orElseThrow();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
  }

  @Test
  void aSecretIsReadOnceInFiveMinutesAndThenAsItIsNow() {
    put("{\"keys\": [\"one\", \"two\"], \"url\": \"https://bot.example.com/\"}");

    assertThat(secrets.of(target))
        .isEqualTo(new Secret(List.of("one", "two"), Optional.of("https://bot.example.com/")));
    put("{\"keys\": [\"three\"]}");
    clock.advance(Duration.ofMinutes(4));
    assertThat(secrets.of(target).keys()).containsExactly("one", "two");
    assertThat(reads).hasValue(1);
    clock.advance(Duration.ofMinutes(1));
    assertThat(secrets.of(target).keys()).containsExactly("three");
  }

  @Test
  void aSecretThatIsPutThereLaterIsFoundAtOnce() {
    assertThat(secrets.of(target)).isEqualTo(Secret.NONE);
    put("{\"keys\": [\"one\"]}");

    assertThat(secrets.of(target).keys()).containsExactly("one");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "{", "[]", "{\"keys\": 1}", "\"one\""})
  void whatIsNoSecretIsNone(String text) {
    put(text);

    assertThat(secrets.of(target)).isEqualTo(Secret.NONE);
  }

  @Test
  void aMailboxHasNoSecretAndNobodyAsksForOne() {
    var staff =
        new Targets(EmailAddress.parse("owner@business.example"), Optional.empty())
            .find("staff")
            .orElseThrow();

    assertThat(secrets.of(staff)).isEqualTo(Secret.NONE);
    assertThat(reads).hasValue(0);
  }

  @Test
  void whatCannotBeReadNowIsTrouble() throws IOException {
    put("{\"keys\": [\"one\"]}");
    server.close();

    assertThatThrownBy(() -> secrets.of(target))
        .isInstanceOf(SdkException.class)
        .hasMessageNotContaining("one\"");
  }

  private void put(String secret) {
    emulator.put("test-vestibule/sales", secret);
  }
}
