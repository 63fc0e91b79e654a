package io.vestibule.local.iam;

import java.util.List;

/** What IAM says to a request. */
public sealed interface Decision {

  /**
   * It may go on.
   *
   * @param grants what it was allowed by, one for each access; none for an operator
   */
  record Allowed(List<Grant> grants) implements Decision {}

  /**
   * It may not.
   *
   * @param missing the first access that the role does not have
   * @param message in AWS's own words
   */
  record Denied(Access missing, String message) implements Decision {}
}
