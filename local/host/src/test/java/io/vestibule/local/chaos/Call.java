package io.vestibule.local.chaos;

import io.vestibule.local.template.Operator;
import software.amazon.awssdk.core.SdkRequest;

/**
 * A call of AWS, as it leaves a client.
 *
 * @param function whose client it is, by the access key id: the logical id of a function, or the
 *     operator
 * @param service as the SDK names it: {@code DynamoDb}, {@code Kms}, {@code SesV2}
 */
record Call(String function, String service, String operation, SdkRequest request) {

  /** The operator's calls are the test's own, and the host's. */
  boolean isOfTheOperator() {
    return function.equals(Operator.ACCESS_KEY_ID);
  }

  /** Whether SES is to send a mail; it may have done so, whatever the caller hears. */
  boolean isToSend() {
    return operation.equals("SendEmail");
  }

  @Override
  public String toString() {
    return function + " " + operation;
  }
}
