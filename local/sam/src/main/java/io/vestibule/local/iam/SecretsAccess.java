package io.vestibule.local.iam;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.local.secrets.SecretsEmulator;
import io.vestibule.local.template.Stack;
import java.util.List;

/** What Secrets Manager checks: the secret, by its ARN, which no grant can know to its end. */
record SecretsAccess(Stack stack) {

  List<Access> of(String operation, JsonNode body) {
    String name = body.path("SecretId").asText();
    return List.of(
        new Access(
            "secretsmanager:" + operation,
            name.isEmpty()
                ? Access.NO_RESOURCE
                : SecretsEmulator.arn(stack.region(), stack.account(), name)));
  }
}
