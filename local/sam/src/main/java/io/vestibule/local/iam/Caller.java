package io.vestibule.local.iam;

import io.vestibule.local.aws.Backend.Request;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The signer of a request, and the service that it was signed for. The signature itself is not
 * checked: on this machine the credentials only tell the functions apart.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html">Authorization
 *     header of Signature Version 4</a>
 */
public record Caller(String accessKeyId, String service) {

  private static final Pattern CREDENTIAL =
      Pattern.compile("AWS4-HMAC-SHA256 .*?Credential=([^/]+)/[^/]*/[^/]*/([^/]+)/aws4_request.*");

  /** Empty for a request that is not signed with Signature Version 4. */
  public static Optional<Caller> of(Request request) {
    return request
        .header("Authorization")
        .map(CREDENTIAL::matcher)
        .filter(Matcher::matches)
        .map(credential -> new Caller(credential.group(1), credential.group(2)));
  }
}
