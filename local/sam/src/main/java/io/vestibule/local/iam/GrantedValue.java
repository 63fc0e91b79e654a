package io.vestibule.local.iam;

/**
 * One value of a condition that widens what a statement allows: a column, a partition key, an
 * encryption context. A value that no request had is as spare as a grant that none needed.
 *
 * @param statement the statement's Sid, or its place in the policy
 */
public record GrantedValue(String function, String key, String value, String statement)
    implements Comparable<GrantedValue> {

  @Override
  public int compareTo(GrantedValue other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return "%s: %s %s (%s)".formatted(function, key, value, statement);
  }
}
