package io.vestibule.delivery;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Json;
import io.vestibule.local.aws.MovableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * A kind and the partner itself, in a sandbox of the owner's: {@code VESTIBULE_SANDBOX_KIND}, and
 * the paths of the target's file and of its secret. Whoever has none is told so.
 */
@EnabledIf(
    value = "isGiven",
    disabledReason =
        "Not run against a sandbox: VESTIBULE_SANDBOX_KIND, VESTIBULE_SANDBOX_TARGET and"
            + " VESTIBULE_SANDBOX_SECRET name none")
class SandboxTest extends KindContract {

  static boolean isGiven() {
    return Stream.of("KIND", "TARGET", "SECRET").noneMatch(it -> variable(it).isEmpty());
  }

  private static String variable(String name) {
    return System.getenv().getOrDefault("VESTIBULE_SANDBOX_" + name, "");
  }

  /** Partners look at the times in signatures. */
  @Override
  MovableClock clock() {
    return new MovableClock();
  }

  @Override
  String file() throws IOException {
    var file = read("TARGET");
    assertThat(Json.MAPPER.readTree(file).path("kind").asText()).isEqualTo(variable("KIND"));
    return file;
  }

  @Override
  String secret() throws IOException {
    return read("SECRET");
  }

  @Override
  String domain() {
    return Optional.ofNullable(variable("DOMAIN"))
        .filter(not(String::isEmpty))
        .orElse("example.com");
  }

  private static String read(String name) throws IOException {
    return Files.readString(Path.of(variable(name)));
  }
}
