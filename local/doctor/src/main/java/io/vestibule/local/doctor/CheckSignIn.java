package io.vestibule.local.doctor;

import io.vestibule.checkup.Check;
import io.vestibule.core.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/** Looks whether staff could sign in, as far as anybody sees it who is not one of them. */
record CheckSignIn(SecretsManagerClient secrets, Installed stack) {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  Check run() throws InterruptedException {
    if (!stack.parameter("StaffSignIn").equals("oidc")) {
      return Check.noted("sign-in", "none");
    }
    var url = stack.parameter("StaffUrl");
    if (!stack.isLocal() && !url.startsWith("https://")) {
      return Check.wrong("sign-in", "url", Map.of("url", url));
    }
    var issuer = stack.parameter("StaffIssuer");
    if (!isIssuer(issuer)) {
      return Check.wrong("sign-in", "issuer", Map.of("issuer", issuer));
    }
    var secret = stack.parameter("Prefix") + "vestibule-staff";
    return stack.isLocal() || isThere(secret)
        ? Check.ok("sign-in")
        : Check.wrong("sign-in", "secret", Map.of("secret", secret));
  }

  /** It must call itself as its tokens will, letter by letter. */
  private static boolean isIssuer(String issuer) throws InterruptedException {
    try (var http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      var uri = URI.create(issuer.replaceFirst("/$", "") + "/.well-known/openid-configuration");
      var answer =
          http.send(
              HttpRequest.newBuilder(uri).timeout(PATIENCE).build(), BodyHandlers.ofByteArray());
      return Json.MAPPER.readTree(answer.body()).path("issuer").asText().equals(issuer);
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }

  private boolean isThere(String secret) {
    try {
      return secrets.describeSecret(it -> it.secretId(secret)).deletedDate() == null;
    } catch (ResourceNotFoundException e) {
      return false;
    }
  }
}
