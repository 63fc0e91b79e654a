package io.vestibule.local.iam;

import io.vestibule.local.aws.Backend.Request;
import io.vestibule.local.aws.LambdaRequest;
import io.vestibule.local.aws.Operation;
import io.vestibule.local.template.Stack;
import java.util.List;

/**
 * Tells for a request everything that IAM checks before AWS carries it out. A request that is not
 * understood needs something that only a grant on everything could cover.
 */
public final class AccessRequests {

  private final Stack stack;
  private final DynamoDbAccess dynamoDb;
  private final KmsAccess kms;
  private final SesAccess ses;
  private final S3Access s3;
  private final SecretsAccess secrets;
  private final LambdaAccess lambda;

  public AccessRequests(Stack stack, Deployed deployed) {
    this.stack = stack;
    dynamoDb = new DynamoDbAccess(stack, deployed);
    kms = new KmsAccess(stack, deployed);
    ses = new SesAccess(stack, deployed);
    s3 = new S3Access(stack);
    secrets = new SecretsAccess(stack);
    lambda = new LambdaAccess(stack);
  }

  /** The accesses in the order in which AWS checks them; never none. */
  public List<Access> of(Operation operation, Request request) {
    return switch (operation.service()) {
      case "dynamodb" -> atLeastOne(operation, dynamoDb.of(operation.name(), Json.of(request)));
      case "kms" -> kms.of(operation.name(), Json.of(request));
      case "ses" -> ses.of(operation.name(), Json.of(request));
      case "s3" -> s3.of(request);
      case "secretsmanager" -> secrets.of(operation.name(), Json.of(request));
      // Whoever asks for alarms by a prefix asks for all: only whole names are checked one by one.
      case "monitoring" ->
          List.of(
              new Access(
                  "cloudwatch:" + operation.name(),
                  "arn:aws:cloudwatch:%s:%s:alarm:*".formatted(stack.region(), stack.account())));
      case "lambda" -> lambda.of(LambdaRequest.of(request));
      default -> atLeastOne(operation, List.of());
    };
  }

  /** An empty batch names no table; nothing to check must not come to mean that it may pass. */
  private static List<Access> atLeastOne(Operation operation, List<Access> accesses) {
    return accesses.isEmpty()
        ? List.of(new Access(operation.toString(), Access.NO_RESOURCE))
        : accesses;
  }
}
