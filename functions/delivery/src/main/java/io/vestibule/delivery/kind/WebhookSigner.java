package io.vestibule.delivery.kind;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs calls as Standard Webhooks has it. While a receiver changes to a newer secret, a call is
 * signed with both.
 *
 * @see <a href="https://www.standardwebhooks.com/">Standard Webhooks</a>
 */
final class WebhookSigner {

  private static final String PREFIX = "whsec_";
  private static final int SHORTEST = 24;
  private static final int LONGEST = 64;

  private final List<SecretKeySpec> keys;

  private WebhookSigner(List<SecretKeySpec> keys) {
    this.keys = keys;
  }

  /** A signer with secrets as they are shown; empty if there is none, or one is none. */
  static Optional<WebhookSigner> of(List<String> secrets) {
    var keys = secrets.stream().map(WebhookSigner::key).toList();
    return keys.isEmpty() || keys.stream().anyMatch(Optional::isEmpty)
        ? Optional.empty()
        : Optional.of(new WebhookSigner(keys.stream().map(Optional::orElseThrow).toList()));
  }

  private static Optional<SecretKeySpec> key(String secret) {
    if (!secret.startsWith(PREFIX)) {
      return Optional.empty();
    }
    try {
      byte[] key = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
      return key.length < SHORTEST || key.length > LONGEST
          ? Optional.empty()
          : Optional.of(new SecretKeySpec(key, "HmacSHA256"));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The headers of one attempt. */
  Map<String, String> headers(String id, Instant at, byte[] body) {
    String timestamp = Long.toString(at.getEpochSecond());
    return Map.of(
        "webhook-id",
        id,
        "webhook-timestamp",
        timestamp,
        "webhook-signature",
        keys.stream()
            .map(key -> "v1," + signature(key, id + "." + timestamp + ".", body))
            .collect(joining(" ")));
  }

  private static String signature(SecretKeySpec key, String before, byte[] body) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(before.getBytes(UTF_8));
      return Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java has HMAC-SHA256", e);
    }
  }
}
