package io.vestibule.local.iam;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What one function's role allows, and what of it was needed so far. */
final class Ledger {

  private final String function;
  private final Policy role;
  private final Set<Grant> usedGrants = ConcurrentHashMap.newKeySet();
  private final Set<GrantedValue> usedValues = ConcurrentHashMap.newKeySet();

  Ledger(String function, Policy role) {
    this.function = function;
    this.role = role;
  }

  Policy role() {
    return role;
  }

  Grant grant(Rule rule) {
    return new Grant(function, rule.action(), rule.resource(), rule.statement());
  }

  /** Notes which rule allowed an access, and which of its conditions' values it took. */
  void use(Rule rule, Access access) {
    usedGrants.add(grant(rule));
    rule.conditions()
        .forEach(
            condition -> values(rule, condition, condition.met(access)).forEach(usedValues::add));
  }

  Set<Grant> grants() {
    return role.allowed().map(this::grant).collect(Collectors.toCollection(TreeSet::new));
  }

  Set<Grant> unusedGrants() {
    Set<Grant> unused = grants();
    unused.removeAll(usedGrants);
    return unused;
  }

  Set<GrantedValue> unusedValues() {
    return role.allowed()
        .flatMap(
            rule ->
                rule.conditions().stream()
                    .filter(Condition::widensByValues)
                    .flatMap(condition -> values(rule, condition, condition.wanted().stream())))
        .filter(Predicate.not(usedValues::contains))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Stream<GrantedValue> values(Rule rule, Condition condition, Stream<String> values) {
    return values.map(
        value -> new GrantedValue(function, condition.key(), value, rule.statement()));
  }
}
