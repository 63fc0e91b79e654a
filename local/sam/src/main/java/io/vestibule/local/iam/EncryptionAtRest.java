package io.vestibule.local.iam;

import io.vestibule.local.template.Stack;
import io.vestibule.local.template.Stack.Bucket;
import io.vestibule.local.template.Stack.Table;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a table or bucket under a customer-managed key costs its callers: DynamoDB and S3 use that
 * key in the caller's name, so the caller's role must have the permission. DynamoDB unwraps the
 * table's key for every read and every write.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html">DynamoDB
 *     encryption at rest usage notes</a>
 */
record EncryptionAtRest(Stack stack) {

  private static final List<String> NEW_TABLE =
      List.of(
          "kms:Encrypt",
          "kms:Decrypt",
          "kms:ReEncryptFrom",
          "kms:ReEncryptTo",
          "kms:GenerateDataKey",
          "kms:GenerateDataKeyWithoutPlaintext",
          "kms:DescribeKey",
          "kms:CreateGrant");

  Optional<Access> table(String tableName) {
    return stack.tables().stream()
        .filter(table -> table.name().equals(tableName))
        .findFirst()
        .flatMap(this::table);
  }

  Optional<Access> table(Table table) {
    return table
        .keyArn()
        .map(
            key ->
                use(
                    "kms:Decrypt",
                    key,
                    "dynamodb",
                    Map.of(
                        "aws:dynamodb:tableName", table.name(),
                        "aws:dynamodb:subscriberId", stack.account())));
  }

  /** What it takes to put a new table under a key, by AWS's list: some of it is never seen. */
  List<Access> newTable(String keyArn) {
    return NEW_TABLE.stream().map(action -> use(action, keyArn, "dynamodb", Map.of())).toList();
  }

  /**
   * The key that a bucket's objects are under.
   *
   * @param action what S3 does with it: {@code kms:GenerateDataKey} to write, {@code kms:Decrypt}
   *     to read
   */
  Optional<Access> bucket(String bucketName, String action) {
    return stack.buckets().stream()
        .filter(bucket -> bucket.name().equals(bucketName))
        .findFirst()
        .flatMap(Bucket::keyArn)
        .map(key -> use(action, key, "s3", Map.of()));
  }

  /** What it takes to have objects, in parts, written under a key. */
  List<Access> objects(String keyArn) {
    return Stream.of("kms:GenerateDataKey", "kms:Decrypt")
        .map(action -> use(action, keyArn, "s3", Map.of()))
        .toList();
  }

  private Access use(
      String action, String keyArn, String service, Map<String, String> encryptionContext) {
    var context = KmsAccess.context(stack.account(), encryptionContext);
    context.put(
        ConditionKey.VIA_SERVICE,
        List.of("%s.%s.amazonaws.com".formatted(service, stack.region())));
    return new Access(action, keyArn, context);
  }
}
