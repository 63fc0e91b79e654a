package io.vestibule.local.chaos;

/**
 * A call of AWS, as it leaves a client.
 *
 * @param function whose client it is, by the access key id: the logical id of a function, or the
 *     operator
 * @param service as the SDK names it: {@code DynamoDB}, {@code KMS}, {@code SESv2}
 */
record Call(String function, String service, String operation) {

  @Override
  public String toString() {
    return function + " " + operation;
  }
}
