package io.vestibule.local.secrets;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.local.aws.Backend;
import io.vestibule.local.aws.Parameters;
import io.vestibule.local.aws.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Secrets Manager for the operation that this project calls. A secret has one version, the current
 * one.
 *
 * @see <a href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/">API reference</a>
 */
public final class SecretsEmulator implements Backend {

  private static final String CONTENT_TYPE = "application/x-amz-json-1.1";
  private static final String INVALID = "InvalidRequestException";

  private final String region;
  private final String account;
  private final Clock clock;
  private final Map<String, String> secrets = new ConcurrentHashMap<>();
  private volatile Function<String, Optional<String>> others = name -> Optional.empty();

  public SecretsEmulator(String region, String account, Clock clock) {
    this.region = region;
    this.account = account;
    this.clock = clock;
  }

  /** Sets a secret, in place of what it was. */
  public void put(String name, String value) {
    secrets.put(name, value);
  }

  /** Asks somebody for secrets that were not {@link #put}, each time anew. */
  public void ask(Function<String, Optional<String>> somebody) {
    others = somebody;
  }

  /** A secret's value; empty if there is none of that name. */
  public Optional<String> value(String name) {
    return Optional.ofNullable(secrets.get(name)).or(() -> others.apply(name));
  }

  /** A secret's ARN. AWS ends it with six characters, so that a name used again is another. */
  public static String arn(String region, String account, String name) {
    return "arn:aws:secretsmanager:%s:%s:secret:%s-local0".formatted(region, account, name);
  }

  @Override
  public Response handle(Request request) {
    try {
      String operation = request.jsonOperation().orElse("");
      if (!operation.equals("GetSecretValue")) {
        throw new Refusal(400, "UnknownOperationException", null);
      }
      var answer = getSecretValue(Parameters.parse(request.body(), INVALID).only("SecretId"));
      return new Response(
          200,
          Map.of("Content-Type", CONTENT_TYPE),
          answer.toString().getBytes(StandardCharsets.UTF_8));
    } catch (Refusal refusal) {
      return refusal.response(CONTENT_TYPE);
    }
  }

  private ObjectNode getSecretValue(Parameters parameters) throws Refusal {
    String name = parameters.required("SecretId");
    String value =
        value(name)
            .orElseThrow(
                () ->
                    new Refusal(
                        400,
                        "ResourceNotFoundException",
                        "Secrets Manager can't find the specified secret."));
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("ARN", arn(region, account, name))
            .put("Name", name)
            .put(
                "VersionId",
                UUID.nameUUIDFromBytes(value.getBytes(StandardCharsets.UTF_8)).toString())
            .put("SecretString", value)
            .put("CreatedDate", clock.instant().getEpochSecond());
    json.putArray("VersionStages").add("AWSCURRENT");
    return json;
  }
}
