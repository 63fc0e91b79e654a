package io.vestibule.local.iam;

/**
 * One thing that a role allows its function: an action on a resource in a statement.
 *
 * @param statement the statement's Sid, or its place in the policy
 */
public record Grant(String function, String action, String resource, String statement)
    implements Comparable<Grant> {

  @Override
  public int compareTo(Grant other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return "%s: %s on %s (%s)".formatted(function, action, resource, statement);
  }
}
