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
 * Lambda's queue for events to which no caller awaits an answer. An event that a function fails at
 * is tried again, here at once, and is then kept if the template names a bucket for that.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html">Capturing
 *     records of asynchronous invocations</a>
 */
final class FunctionQueue {

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu/MM/dd").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH.mm.ss").withZone(ZoneOffset.UTC);

  private final Stack stack;
  private final Functions functions;
  private final S3Client s3;
  private final Clock clock;

  FunctionQueue(Stack stack, Functions functions, S3Client s3, Clock clock) {
    this.stack = stack;
    this.functions = functions;
    this.s3 = s3;
    this.clock = clock;
  }

  /** Runs a function until it succeeds, or has failed as often as it may. */
  void invoke(String function, JsonNode event, String cause) {
    var queue = queue(function);
    for (int attempt = 1; ; attempt++) {
      var invocation = functions.invoke(function, event, cause);
      if (!(invocation.outcome() instanceof Failed failed)) {
        return;
      }
      if (attempt > queue.maximumRetries()) {
        var record = record(function, event, attempt, invocation, failed);
        queue.failureBucket().ifPresent(bucket -> keep(bucket, function, record));
        return;
      }
    }
  }

  private Stack.Queue queue(String function) {
    return stack.function(function).map(Stack.Lambda::queue).orElse(Stack.Queue.OF_LAMBDA);
  }

  private void keep(String bucket, String function, ObjectNode record) {
    Instant now = clock.instant();
    String key =
        "aws/lambda/async/%s/%s/%s-%s"
            .formatted(function, DAY.format(now), SECOND.format(now), UUID.randomUUID());
    s3.putObject(
        put -> put.bucket(bucket).key(key),
        RequestBody.fromBytes(record.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private ObjectNode record(
      String function, JsonNode event, int attempts, Invocation last, Failed failed) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("version", "1.0")
            .put("timestamp", clock.instant().toString());
    json.putObject("requestContext")
        .put("requestId", last.requestId())
        .put("functionArn", Functions.arn(stack, function) + ":$LATEST")
        .put("condition", "RetriesExhausted")
        .put("approximateInvokeCount", attempts);
    json.set("requestPayload", event);
    json.putObject("responseContext")
        .put("statusCode", 200)
        .put("executedVersion", "$LATEST")
        .put("functionError", "Unhandled");
    json.set("responsePayload", failed.toJson());
    return json;
  }
}
