package io.vestibule.local.account;

import io.vestibule.local.template.Stack;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/**
 * The environment variables of a function: the template's, and those that Lambda adds.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html">Lambda
 *     environment variables</a>
 */
public final class LambdaVariables {

  private LambdaVariables() {}

  /**
   * The access key id is the function's name: by it the gateway knows who calls. There is a token,
   * as a role's keys last for a session only.
   */
  public static Map<String, String> of(Stack stack, Stack.Lambda lambda, URI aws) {
    var variables = new HashMap<>(lambda.environment());
    variables.put("AWS_REGION", stack.region());
    variables.put("AWS_DEFAULT_REGION", stack.region());
    variables.put("AWS_ACCESS_KEY_ID", lambda.logicalId());
    variables.put("AWS_SECRET_ACCESS_KEY", "local");
    variables.put("AWS_SESSION_TOKEN", "local");
    variables.put("AWS_ENDPOINT_URL", aws.toString());
    variables.put("AWS_LAMBDA_FUNCTION_NAME", lambda.logicalId());
    variables.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(lambda.memoryMegabytes()));
    variables.put("AWS_LAMBDA_LOG_GROUP_NAME", lambda.logGroup());
    variables.put("AWS_LAMBDA_LOG_STREAM_NAME", "local");
    return Map.copyOf(variables);
  }
}
