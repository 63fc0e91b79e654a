package io.vestibule.local.aws;

import io.vestibule.local.aws.Backend.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A request to Lambda.
 *
 * @param operation by its name in AWS's API reference; the HTTP method and path where it is not
 *     known here
 * @param function the name of the function that is called, if it is that operation
 */
public record LambdaRequest(String operation, Optional<String> function) {

  private static final Pattern INVOKE =
      Pattern.compile("POST /2015-03-31/functions/([^/?]+)/invocations");
  private static final Pattern ARN = Pattern.compile("arn:[^:]*:lambda:[^:]*:[^:]*:function:");

  public static LambdaRequest of(Request request) {
    String line = request.method() + " " + request.target();
    var invoke = INVOKE.matcher(line);
    return invoke.matches()
        ? new LambdaRequest("Invoke", Optional.of(name(invoke.group(1))))
        : new LambdaRequest(line.replaceFirst("\\?.*", ""), Optional.empty());
  }

  /** A function is known by its name and by its ARN. */
  private static String name(String encoded) {
    String name = URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    return ARN.matcher(name).replaceFirst("");
  }
}
