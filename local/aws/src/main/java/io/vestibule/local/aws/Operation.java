package io.vestibule.local.aws;

import io.vestibule.local.aws.Backend.Request;
import java.util.regex.Pattern;

/**
 * What a request asks for, by the name that AWS's API reference has for it.
 *
 * @param service as it signs: {@code dynamodb} (its streams too), {@code kms}, {@code ses}, {@code
 *     s3}, {@code secretsmanager}, {@code lambda}, {@code monitoring} (CloudWatch)
 * @param name for example {@code PutItem}; the HTTP method and path where it is not known here
 */
public record Operation(String service, String name) {

  private static final Pattern EVENT_DESTINATION =
      Pattern.compile("POST /v2/email/configuration-sets/[^/]+/event-destinations");

  public static Operation of(String service, Request request) {
    String name =
        switch (service) {
          case "ses" -> ofSes(request);
          case "lambda" -> LambdaRequest.of(request).operation();
          case "s3" -> S3Request.of(request).operation();
          case "monitoring" ->
              QueryRequest.of(request).action().orElseGet(() -> methodAndPath(request));
          default -> request.jsonOperation().orElseGet(() -> methodAndPath(request));
        };
    return new Operation(service, name);
  }

  private static String ofSes(Request request) {
    String methodAndPath = methodAndPath(request);
    return switch (methodAndPath) {
      case "POST /v2/email/outbound-emails" -> "SendEmail";
      case "POST /v2/email/identities" -> "CreateEmailIdentity";
      case "POST /v2/email/configuration-sets" -> "CreateConfigurationSet";
      default ->
          EVENT_DESTINATION.matcher(methodAndPath).matches()
              ? "CreateConfigurationSetEventDestination"
              : methodAndPath;
    };
  }

  private static String methodAndPath(Request request) {
    int query = request.target().indexOf('?');
    String path = query < 0 ? request.target() : request.target().substring(0, query);
    return request.method() + " " + path;
  }

  /** As IAM names the action of most operations: {@code dynamodb:PutItem}. */
  @Override
  public String toString() {
    return service + ":" + name;
  }
}
