package io.vestibule.delivery.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Json;
import io.vestibule.core.targets.Target;
import io.vestibule.delivery.kind.Secret;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/**
 * Reads the secrets of targets: {@code {"keys": ["whsec_…"], "url": "https://…"}}, both optional,
 * or {@code {"client": "…", "clientSecret": "…", "refreshToken": "…"}} for OAuth 2.0, whose members
 * Fxiaoke calls {@code appId}, {@code appSecret} and {@code permanentCode}. What was read is used
 * for five minutes, so a secret that is changed works after that time without a deployment, and a
 * full lane does not ask for each call.
 */
public final class TargetSecrets {

  private static final Duration USED_FOR = Duration.ofMinutes(5);

  private record Read(Secret secret, Instant until) {}

  private final SecretsManagerClient client;
  private final String prefix;
  private final Clock clock;
  private final Map<String, Read> read = new ConcurrentHashMap<>();

  /**
   * Secrets below a prefix.
   *
   * @param prefix what names of secrets have before the name of their target
   */
  public TargetSecrets(SecretsManagerClient client, String prefix, Clock clock) {
    this.client = client;
    this.prefix = prefix;
    this.clock = clock;
  }

  /**
   * The secret of a target; {@link Secret#NONE} if it has none, or what is there is none.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException if it cannot be read now; its
   *     message has no secret
   */
  public Secret of(Target target) {
    if (target.kind() == Target.Kind.MAIL) {
      return Secret.NONE;
    }
    Instant now = clock.instant();
    var known = read.get(target.name());
    if (known != null && now.isBefore(known.until())) {
      return known.secret();
    }
    var secret = fetch(target);
    if (secret.equals(Secret.NONE)) {
      // Whoever puts it there now should not have to wait.
      read.remove(target.name());
    } else {
      read.put(target.name(), new Read(secret, now.plus(USED_FOR)));
    }
    return secret;
  }

  private Secret fetch(Target target) {
    try {
      var answer = client.getSecretValue(get -> get.secretId(prefix + target.name()));
      return parse(answer.secretString());
    } catch (ResourceNotFoundException e) {
      return Secret.NONE;
    }
  }

  private static Optional<Secret.Grant> grant(JsonNode json) {
    return grant(json, "client", "clientSecret", "refreshToken")
        .or(() -> grant(json, "appId", "appSecret", "permanentCode"));
  }

  private static Optional<Secret.Grant> grant(
      JsonNode json, String client, String clientSecret, String token) {
    return Stream.of(client, clientSecret, token).allMatch(it -> json.path(it).isTextual())
        ? Optional.of(
            new Secret.Grant(
                json.path(client).textValue(),
                json.path(clientSecret).textValue(),
                json.path(token).textValue()))
        : Optional.empty();
  }

  private static Optional<String> text(JsonNode json, String member) {
    return Optional.ofNullable(json.path(member).textValue());
  }

  private static Secret parse(String text) {
    try {
      JsonNode json = Json.MAPPER.readTree(text);
      List<String> keys =
          json.path("keys").isArray()
              ? json.path("keys").valueStream().map(JsonNode::asText).toList()
              : List.of();
      return new Secret(keys, text(json, "url"), grant(json));
    } catch (IOException | IllegalArgumentException e) {
      // Its message quotes what it could not read.
      return Secret.NONE;
    }
  }
}
