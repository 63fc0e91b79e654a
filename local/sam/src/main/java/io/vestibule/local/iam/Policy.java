package io.vestibule.local.iam;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.local.iam.Rule.Effect;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a policy document allows and denies. */
record Policy(List<Rule> rules) {

  Policy {
    rules = List.copyOf(rules);
  }

  /**
   * Reads a policy of a role.
   *
   * @param name says in errors which policy it is
   * @throws IllegalArgumentException if the document has anything that is not carried out here
   */
  static Policy ofRole(String name, JsonNode document) {
    return new PolicyReader(name).read(document, statement -> true);
  }

  /**
   * Reads a KMS key's policy as it stands for the roles of the key's own account. A key without a
   * policy gets the one that KMS gives it: the account decides.
   *
   * @throws IllegalArgumentException as in {@link #ofRole}
   */
  static Policy ofKey(String name, JsonNode document, String account) {
    if (document.isEmpty()) {
      return new Policy(List.of(new Rule(Effect.ALLOW, "default", "kms:*", "*", List.of())));
    }
    var principals = new Principals(account);
    return new PolicyReader(name).read(document, principals::meanRolesOfTheAccount);
  }

  boolean denies(Access access) {
    return rules.stream().anyMatch(rule -> rule.effect() == Effect.DENY && rule.covers(access));
  }

  /** The first rule that allows it; a deny is not looked at. */
  Optional<Rule> allows(Access access) {
    return allowed().filter(rule -> rule.covers(access)).findFirst();
  }

  Stream<Rule> allowed() {
    return rules.stream().filter(rule -> rule.effect() == Effect.ALLOW);
  }
}
