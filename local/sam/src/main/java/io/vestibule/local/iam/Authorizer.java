package io.vestibule.local.iam;

import static java.util.stream.Collectors.toMap;

import io.vestibule.local.template.Stack;
import io.vestibule.local.template.Stack.Lambda;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/**
 * Decides as AWS would what each function may do with its role, and remembers which grants were
 * needed for it. A caller that is no function of the stack is an operator, and may do everything.
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
  private final Map<String, Ledger> ledgers;
  private final Map<String, Policy> keyPolicies;

  /**
   * Reads every policy of the stack.
   *
   * @throws IllegalArgumentException if one has anything that is not carried out here
   */
  public Authorizer(Stack stack) {
    this.stack = stack;
    functions = stack.functions().stream().collect(toMap(Lambda::logicalId, it -> it));
    ledgers = stack.functions().stream().collect(toMap(Lambda::logicalId, Authorizer::newLedger));
    keyPolicies =
        stack.keys().stream()
            .collect(
                toMap(
                    Stack.Key::arn,
                    key -> Policy.ofKey(key.logicalId(), key.policy(), stack.account())));
  }

  private static Ledger newLedger(Lambda function) {
    List<Rule> rules =
        function.role().policies().stream()
            .map(document -> Policy.ofRole(function.role().logicalId(), document))
            .flatMap(policy -> policy.rules().stream())
            .toList();
    return new Ledger(function.logicalId(), new Policy(rules));
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
    Ledger ledger = ledgers.get(caller);
    if (function == null || ledger == null) {
      return new Decision.Allowed(List.of());
    }
    for (Access access : accesses) {
      Optional<String> objection = objection(access, ledger.role());
      if (objection.isPresent()) {
        return new Decision.Denied(access, message(function, access, objection.get()));
      }
    }
    List<Grant> grants = new ArrayList<>();
    for (Access access : accesses) {
      Rule rule = ledger.role().allows(access).orElseThrow();
      ledger.use(rule, access);
      grants.add(ledger.grant(rule));
    }
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

  /**
   * Everything that a function's role allows it.
   *
   * @throws NoSuchElementException if there is no such function
   */
  public Set<Grant> grants(String function) {
    return ledger(function).grants();
  }

  /**
   * Those of a function's grants that no allowed request has needed so far.
   *
   * @throws NoSuchElementException if there is no such function
   */
  public Set<Grant> unused(String function) {
    return ledger(function).unusedGrants();
  }

  /**
   * The values in a function's conditions that no allowed request has had so far: columns that it
   * may name and does not, for example.
   *
   * @throws NoSuchElementException if there is no such function
   */
  public Set<GrantedValue> unusedValues(String function) {
    return ledger(function).unusedValues();
  }

  private Ledger ledger(String function) {
    return Optional.ofNullable(ledgers.get(function))
        .orElseThrow(() -> new NoSuchElementException("no function " + function));
  }
}
