package io.vestibule.local.chaos;

import io.vestibule.local.template.Operator;
import java.util.Set;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkRequest;

/**
 * A call of AWS, as it leaves a client.
 *
 * @param function whose client it is, by the access key id: the logical id of a function, or the
 *     operator
 * @param service as the SDK names it: {@code DynamoDb}, {@code Kms}, {@code SesV2}
 */
public record Call(String function, String service, String operation, SdkRequest request) {

  private static final Set<String> READS =
      Set.of(
          "BatchGetItem",
          "Decrypt",
          "DescribeExport",
          "DescribeKey",
          "DescribeTable",
          "Encrypt",
          "GetItem",
          "GetObject",
          "GetPublicKey",
          "GetSecretValue",
          "ListObjectsV2",
          "Query",
          "Scan",
          "Sign",
          "TransactGetItems");

  private static final Pattern VALUE = Pattern.compile("(AttributeValue|SdkBytes)\\([^)]*\\)+");

  /** Ids, days, numbers of parts. */
  private static final Pattern NUMBERED = Pattern.compile("[\\w-]*\\d[\\w-]*");

  private static final Pattern REPEATED = Pattern.compile("(\\{[^{}]*\\})(, \\1)+");

  /** The operator's calls are the test's own, and the host's. */
  boolean isOfTheOperator() {
    return function.equals(Operator.ACCESS_KEY_ID);
  }

  /** Whether it changes nothing. */
  boolean isRead() {
    return READS.contains(operation);
  }

  /** Whether SES is to send a mail; it may have done so, whatever the caller hears. */
  boolean isToSend() {
    return operation.equals("SendEmail");
  }

  /**
   * What the call says without what it says it about: two calls of one kind differ in values, or in
   * how many there are.
   */
  String kind() {
    if (isToSend()) {
      return toString();
    }
    String names = VALUE.matcher(request.toString()).replaceAll("");
    return this + " " + REPEATED.matcher(NUMBERED.matcher(names).replaceAll("#")).replaceAll("$1");
  }

  @Override
  public String toString() {
    return function + " " + operation;
  }
}
