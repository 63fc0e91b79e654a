package io.vestibule.local.iam;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.local.template.Stack;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What KMS checks: the operation's own action, on the key. */
record KmsAccess(Stack stack, Deployed deployed) {

  List<Access> of(String operation, JsonNode body) {
    var encryptionContext = new HashMap<String, String>();
    body.path("EncryptionContext")
        .properties()
        .forEach(entry -> encryptionContext.put(entry.getKey(), entry.getValue().asText()));
    return List.of(
        new Access(
            "kms:" + operation,
            keyArn(body.path("KeyId").asText()).orElse(Access.NO_RESOURCE),
            context(stack.account(), encryptionContext)));
  }

  static Map<String, List<String>> context(String account, Map<String, String> encryptionContext) {
    var context = new HashMap<String, List<String>>();
    context.put(ConditionKey.CALLER_ACCOUNT, List.of(account));
    context.put(
        ConditionKey.ENCRYPTION_CONTEXT_KEYS,
        encryptionContext.keySet().stream().sorted().toList());
    encryptionContext.forEach(
        (key, value) -> context.put(ConditionKey.ENCRYPTION_CONTEXT + key, List.of(value)));
    return context;
  }

  /** The ARN behind any of the names that KMS takes for a key: id, ARN, alias, alias ARN. */
  private Optional<String> keyArn(String name) {
    String alias = name.substring(Math.max(0, name.indexOf("alias/")));
    String key = alias.startsWith("alias/") ? deployed.keyOfAlias(alias).orElse(alias) : name;
    return stack.keys().stream()
        .filter(it -> it.id().equals(key) || it.arn().equals(key))
        .map(Stack.Key::arn)
        .findFirst();
  }
}
