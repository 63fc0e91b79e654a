package io.vestibule.local.iam;

import static java.util.stream.Collectors.toMap;

import io.vestibule.local.template.Stack;
import io.vestibule.local.template.Stack.Lambda;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Decides as AWS would what each function may do with its role, and remembers which grants were
 * needed for it. Whoever is no function of the stack is an operator and may do everything.
 *
 * <p>A key of KMS has a policy too, and both must allow: the key's policy usually leaves it to the
 * account, that is to the roles, and may deny what a role allows.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html">Policy
 *     evaluation logic</a>
 */
public final class Authorizer {

  private final Stack stack;
  private final Map<String, Lambda> functions;
  private final Map<String, Policy> rolePolicies;
  private final Map<String, Policy> keyPolicies;
  private final Set<Grant> used = ConcurrentHashMap.newKeySet();

  /**
   * Reads every policy of the stack.
   *
   * @throws IllegalArgumentException if one has anything that is not carried out here
   */
  public Authorizer(Stack stack) {
    this.stack = stack;
    functions = stack.functions().stream().collect(toMap(Lambda::logicalId, it -> it));
    rolePolicies =
        stack.functions().stream().collect(toMap(Lambda::logicalId, Authorizer::rolePolicy));
    keyPolicies =
        stack.keys().stream()
            .collect(
                toMap(
                    Stack.Key::arn,
                    key -> Policy.ofKey(key.logicalId(), key.policy(), stack.account())));
  }

  private static Policy rolePolicy(Lambda function) {
    return new Policy(
        function.role().policies().stream()
            .map(document -> Policy.ofRole(function.role().logicalId(), document))
            .flatMap(policy -> policy.rules().stream())
            .toList());
  }

  public Stack stack() {
    return stack;
  }

  /** Whether these are credentials of a function; all others are an operator's. */
  public boolean isFunction(String accessKeyId) {
    return functions.containsKey(accessKeyId);
  }

  /**
   * Decides about all accesses of one request together. Only if all are allowed do their grants
   * count as used.
   *
   * @param caller an access key id; a function's is its logical id
   */
  public Decision decide(String caller, List<Access> accesses) {
    Lambda function = functions.get(caller);
    Policy role = rolePolicies.get(caller);
    if (function == null || role == null) {
      return new Decision.Allowed(List.of());
    }
    List<Grant> grants = new ArrayList<>();
    for (Access access : accesses) {
      Optional<String> objection = objection(access, role);
      if (objection.isPresent()) {
        return new Decision.Denied(access, message(function, access, objection.get()));
      }
      role.allows(access).map(rule -> Grant.of(caller, rule)).ifPresent(grants::add);
    }
    used.addAll(grants);
    return new Decision.Allowed(List.copyOf(grants));
  }

  /** Why not, in the words of AWS; an explicit deny goes before everything else. */
  private Optional<String> objection(Access access, Policy role) {
    if (role.denies(access)) {
      return Optional.of("with an explicit deny in an identity-based policy");
    }
    boolean isKms = access.action().startsWith("kms:");
    Policy key = keyPolicies.getOrDefault(access.resourceArn(), new Policy(List.of()));
    if (isKms && key.denies(access)) {
      return Optional.of("with an explicit deny in a resource-based policy");
    }
    String noPolicy = "because no %s policy allows the " + access.action() + " action";
    if (role.allows(access).isEmpty()) {
      return Optional.of(noPolicy.formatted("identity-based"));
    }
    if (isKms && key.allows(access).isEmpty()) {
      return Optional.of(noPolicy.formatted("resource-based"));
    }
    return Optional.empty();
  }

  private String message(Lambda function, Access access, String objection) {
    return "User: arn:aws:sts::%s:assumed-role/%s/%s is not authorized to perform: %s on resource: %s %s"
        .formatted(
            stack.account(),
            function.role().logicalId(),
            function.logicalId(),
            access.action(),
            access.resourceArn(),
            objection);
  }

  /** Everything that a function's role allows it. */
  public Set<Grant> grants(String function) {
    return rolePolicies.getOrDefault(function, new Policy(List.of())).rules().stream()
        .filter(rule -> rule.effect() == Rule.Effect.ALLOW)
        .map(rule -> Grant.of(function, rule))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Those of a function's grants that no allowed request has needed so far. */
  public Set<Grant> unused(String function) {
    Set<Grant> unused = grants(function);
    unused.removeAll(used);
    return unused;
  }
}
