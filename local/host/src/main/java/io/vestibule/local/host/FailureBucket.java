package io.vestibule.local.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.local.host.Outcome.Failed;
import io.vestibule.local.template.Stack;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The bucket, if an event source names one, for the batches that Lambda gives up.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html">Retaining
 *     discarded records for a DynamoDB event source</a>
 */
final class FailureBucket implements FailureDestination {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu/MM/dd").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH.mm.ss").withZone(ZoneOffset.UTC);

  private final Stack stack;
  private final S3Client s3;
  private final Clock clock;

  FailureBucket(Stack stack, S3Client s3, Clock clock) {
    this.stack = stack;
    this.s3 = s3;
    this.clock = clock;
  }

  @Override
  public void keep(String function, Stack.StreamSource source, Batch batch, Invocation last) {
    source
        .failureBucket()
        .ifPresent(
            bucket ->
                s3.putObject(
                    request -> request.bucket(bucket).key(key(function, source, batch)),
                    RequestBody.fromBytes(
                        json(function, source, batch, last)
                            .toString()
                            .getBytes(StandardCharsets.UTF_8))));
  }

  private String key(String function, Stack.StreamSource source, Batch batch) {
    var mapping =
        UUID.nameUUIDFromBytes((function + source.logicalId()).getBytes(StandardCharsets.UTF_8));
    Instant now = clock.instant();
    return "aws/lambda/%s/%s/%s/%s-%s"
        .formatted(
            mapping, batch.shardId(), DAY.format(now), SECOND.format(now), UUID.randomUUID());
  }

  private ObjectNode json(
      String function, Stack.StreamSource source, Batch batch, Invocation last) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putObject("requestContext")
        .put("requestId", last.requestId())
        .put("functionArn", Functions.arn(stack, function))
        .put("condition", "RetryAttemptsExhausted")
        .put("approximateInvokeCount", batch.attempts());
    ObjectNode response =
        json.putObject("responseContext").put("statusCode", 200).put("executedVersion", "$LATEST");
    if (last.outcome() instanceof Failed) {
      response.put("functionError", "Unhandled");
    }
    json.put("version", "1.0").put("timestamp", clock.instant().toString());
    int end = batch.size() - 1;
    json.putObject("DDBStreamBatchInfo")
        .put("shardId", batch.shardId())
        .put("startSequenceNumber", batch.sequenceNumber(0))
        .put("endSequenceNumber", batch.sequenceNumber(end))
        .put("approximateArrivalOfFirstRecord", arrival(batch.change(0)))
        .put("approximateArrivalOfLastRecord", arrival(batch.change(end)))
        .put("batchSize", batch.size())
        .put("streamArn", source.streamArn());
    return json.put("payload", StreamEvents.event(batch.records()).toString());
  }

  private static String arrival(JsonNode change) {
    return Instant.ofEpochSecond(change.path("ApproximateCreationDateTime").asLong()).toString();
  }
}
