package io.vestibule.local.iam;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.local.aws.Backend.Request;
import io.vestibule.local.aws.Operation;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the requests of a deployment tell and IAM has to know: which attribute is a table's
 * partition key, which key an alias stands for, which mail identities there are.
 */
public final class Deployed {

  private final Map<String, String> partitionKeys = new ConcurrentHashMap<>();
  private final Map<String, String> keyIds = new ConcurrentHashMap<>();
  private final Map<String, String> mailIdentities = new ConcurrentHashMap<>();

  /** Learns from a request, if it creates something. */
  public void watch(Operation operation, Request request) {
    switch (operation.toString()) {
      case "dynamodb:CreateTable" -> tableCreated(Json.of(request));
      case "kms:CreateAlias", "kms:UpdateAlias" -> aliasCreated(Json.of(request));
      case "ses:CreateEmailIdentity" -> {
        String identity = Json.of(request).path("EmailIdentity").asText();
        mailIdentities.put(identity, identity);
      }
      default -> {}
    }
  }

  private void tableCreated(JsonNode table) {
    String name = table.path("TableName").asText();
    partitionKeys.put(name, partitionKey(table));
    for (String kind : new String[] {"GlobalSecondaryIndexes", "LocalSecondaryIndexes"}) {
      for (JsonNode index : table.path(kind)) {
        partitionKeys.put(name + "/" + index.path("IndexName").asText(), partitionKey(index));
      }
    }
  }

  private static String partitionKey(JsonNode tableOrIndex) {
    return tableOrIndex.path("KeySchema").path(0).path("AttributeName").asText();
  }

  private void aliasCreated(JsonNode alias) {
    keyIds.put(alias.path("AliasName").asText(), alias.path("TargetKeyId").asText());
  }

  /** The partition key of a table, or of one of its indexes. */
  Optional<String> partitionKey(String table, Optional<String> index) {
    String name = index.map(it -> table + "/" + it).orElse(table);
    return Optional.ofNullable(partitionKeys.get(name));
  }

  /** The id or ARN of the key that an alias stands for. */
  Optional<String> keyOfAlias(String alias) {
    return Optional.ofNullable(keyIds.get(alias));
  }

  /** The identity that SES sends for this address: the address's own, else its domain's. */
  Optional<String> mailIdentity(String address) {
    String domain = address.substring(address.indexOf('@') + 1);
    return Optional.ofNullable(mailIdentities.get(address))
        .or(() -> Optional.ofNullable(mailIdentities.get(domain)));
  }
}
