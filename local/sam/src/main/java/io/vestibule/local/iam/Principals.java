package io.vestibule.local.iam;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** Whom a statement of a key policy is about. */
record Principals(String account) {

  /**
   * Whether the statement is about this account's roles: because it names everybody, or the account
   * itself, which hands the decision to the roles' own policies. AWS services are somebody else.
   *
   * @throws IllegalArgumentException if it singles out a role or user of the account
   */
  boolean meanRolesOfTheAccount(JsonNode statement) {
    JsonNode principal = statement.path("Principal");
    if (principal.isTextual()) {
      return isRoleOfTheAccount(principal.asText());
    }
    if (!principal.isObject()) {
      throw new IllegalArgumentException("a key policy's statement needs a Principal");
    }
    return principal.properties().stream()
        .map(Map.Entry::getKey)
        .filter(kind -> !kind.equals("Service"))
        .flatMap(kind -> PolicyReader.strings(principal.path(kind)).stream())
        .toList()
        .stream()
        .anyMatch(this::isRoleOfTheAccount);
  }

  private boolean isRoleOfTheAccount(String principal) {
    String root = "arn:aws:iam::" + account + ":root";
    if (List.of("*", account, root).contains(principal)) {
      return true;
    }
    throw new IllegalArgumentException("unsupported principal " + principal);
  }
}
