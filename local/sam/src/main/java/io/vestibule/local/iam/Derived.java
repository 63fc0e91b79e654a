package io.vestibule.local.iam;

import io.vestibule.local.template.Stack;
import io.vestibule.local.template.Stack.Bucket;
import io.vestibule.local.template.Stack.Lambda;
import io.vestibule.local.template.Stack.StreamSource;
import io.vestibule.local.template.Stack.Table;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What Lambda itself does with a function's role: it reads the streams that the function listens
 * to, keeps the records and events that failed, and writes the log. No request of the function
 * shows it.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-eventsourcemapping.html">
 *     Event source mapping permissions</a>
 */
public record Derived(Stack stack) {

  public List<Access> accesses(Lambda function) {
    return Stream.of(
            logs(function),
            function.streams().stream().flatMap(this::source),
            function.queue().failureBucket().stream()
                .flatMap(bucket -> keep(bucket, "async/" + function.logicalId())))
        .flatMap(accesses -> accesses)
        .toList();
  }

  private Stream<Access> logs(Lambda function) {
    String name = function.logicalId();
    String logGroup =
        "arn:aws:logs:%s:%s:log-group:%s"
            .formatted(stack.region(), stack.account(), function.logGroup());
    return Stream.of(
        new Access("logs:CreateLogStream", logGroup + ":log-stream:"),
        new Access("logs:PutLogEvents", logGroup + ":log-stream:" + name));
  }

  private Stream<Access> source(StreamSource source) {
    var atRest = new EncryptionAtRest(stack);
    Stream<Access> reads =
        Stream.of("DescribeStream", "GetRecords", "GetShardIterator", "ListStreams")
            .map(operation -> new Access("dynamodb:" + operation, source.streamArn()));
    Stream<Access> tableKey =
        stack.tables().stream()
            .filter(table -> table.logicalId().equals(source.tableLogicalId()))
            .flatMap((Table table) -> atRest.table(table).stream());
    Stream<Access> keeps =
        source.failureBucket().stream().flatMap(bucket -> keep(bucket, source.logicalId()));
    return Stream.of(reads, tableKey, keeps).flatMap(accesses -> accesses);
  }

  private Stream<Access> keep(String bucketName, String folder) {
    String bucketArn =
        stack.buckets().stream()
            .filter(bucket -> bucket.name().equals(bucketName))
            .map(Bucket::arn)
            .findFirst()
            .orElse("arn:aws:s3:::" + bucketName);
    var context = Map.of(ConditionKey.RESOURCE_ACCOUNT, List.of(stack.account()));
    String object = bucketArn + "/aws/lambda/" + folder;
    return Stream.concat(
        Stream.of(
            new Access("s3:ListBucket", bucketArn, context),
            new Access("s3:PutObject", object, context)),
        new EncryptionAtRest(stack).bucket(bucketName, "kms:GenerateDataKey").stream());
  }
}
