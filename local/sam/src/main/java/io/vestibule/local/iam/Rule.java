package io.vestibule.local.iam;

import java.util.List;

/**
 * One action on one resource of one statement: what a policy comes apart into.
 *
 * @param statement the statement's Sid, or its place in the policy
 */
record Rule(
    Effect effect, String statement, String action, String resource, List<Condition> conditions) {

  enum Effect {
    ALLOW,
    DENY
  }

  boolean covers(Access access) {
    return Glob.matchesIgnoringCase(action, access.action())
        && Glob.matches(resource, access.resourceArn())
        && conditions.stream().allMatch(condition -> condition.holds(access));
  }
}
