package io.vestibule.local.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What calls a function, as SAM describes it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-function-eventsource.html">EventSource</a>
 */
final class Events {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Lambda's own defaults for an event source mapping. */
  private static final int BATCH_SIZE = 100;

  private static final int WITHOUT_END = -1;

  private Events() {}

  /** {@code HttpApi}; without path and method it is what no other route takes. */
  static Stack.Route route(Properties event) {
    event.ignore("TimeoutInMillis");
    String api = event.optionalText("ApiId").orElse(Stack.Route.IMPLICIT_API);
    event.allowOnly("PayloadFormatVersion", "2.0");
    String path = event.optionalText("Path").orElse("$default");
    if (!path.equals("$default") && !path.startsWith("/")) {
      throw event.fault("Path", "does not begin with /");
    }
    String method = event.optionalText("Method").orElse("ANY").toUpperCase(Locale.ROOT);
    return new Stack.Route(api, method.equals("*") ? "ANY" : method, path);
  }

  /** {@code DynamoDB}: an event source mapping that begins with the oldest record there is. */
  static Stack.StreamSource stream(String logicalId, Properties event, Parts parts) {
    // How long to wait for a fuller batch, and how much to do at once: it does not matter here. How
    // old a record may get: no local run is left alone for hours.
    event.ignore(
        "MaximumBatchingWindowInSeconds", "MaximumRecordAgeInSeconds", "ParallelizationFactor");
    event.allowOnly("Enabled", "true");
    if (!event.text("StartingPosition").equals("TRIM_HORIZON")) {
      throw event.fault("StartingPosition", "only TRIM_HORIZON loses nothing");
    }
    String streamArn = event.text("Stream");
    Stack.Table table =
        Parts.only(
            parts.tables,
            each -> each.streamArn().equals(Optional.of(streamArn)),
            () -> event.fault("Stream", streamArn + " is no stream of this template"));
    return new Stack.StreamSource(
        logicalId,
        table.logicalId(),
        streamArn,
        event.number("BatchSize", BATCH_SIZE),
        event.object("FilterCriteria").objects("Filters").stream().map(Events::pattern).toList(),
        event.number("MaximumRetryAttempts", WITHOUT_END),
        event.flag("BisectBatchOnFunctionError"),
        reportsItemFailures(event),
        failureBucket(event.object("DestinationConfig").object("OnFailure"), "S3", parts));
  }

  /** {@code ScheduleV2}; empty if it is disabled. */
  static Optional<Stack.Schedule> schedule(String logicalId, Properties event) {
    event.ignore("Description", "FlexibleTimeWindow", "OmitName", "RetryPolicy", "RoleArn");
    event.allowOnly("ScheduleExpressionTimezone", "UTC");
    var schedule =
        new Stack.Schedule(
            logicalId, event.text("ScheduleExpression"), event.optionalText("Input").orElse("{}"));
    return switch (event.optionalText("State").orElse("ENABLED")) {
      case "ENABLED" -> Optional.of(schedule);
      case "DISABLED" -> Optional.empty();
      default -> throw event.fault("State", "is neither ENABLED nor DISABLED");
    };
  }

  /** {@code EventBridgeRule}, which SAM gives the permission to call the function. */
  static Stack.Rule rule(String logicalId, Properties event) {
    event.ignore("RetryPolicy");
    event.allowOnly("EventBusName", "default");
    event.allowOnly("State", "ENABLED");
    Properties transformer = event.object("InputTransformer");
    Properties paths = transformer.object("InputPathsMap");
    var byName = new LinkedHashMap<String, String>();
    for (var path : paths.tree().properties()) {
      byName.put(path.getKey(), paths.text(path.getKey()));
    }
    return new Stack.Rule(
        logicalId,
        event.object("Pattern").tree(),
        Collections.unmodifiableMap(byName),
        transformer.text("InputTemplate"));
  }

  /** {@code EventInvokeConfig}. How old an event may get: no local run is left alone for hours. */
  static Stack.Queue queue(Properties config, Parts parts) {
    config.ignore("MaximumEventAgeInSeconds");
    return new Stack.Queue(
        config.number("MaximumRetryAttempts", Stack.Queue.OF_LAMBDA.maximumRetries()),
        failureBucket(config.object("DestinationConfig").object("OnFailure"), "S3Bucket", parts));
  }

  private static JsonNode pattern(Properties filter) {
    try {
      return JSON.readTree(filter.text("Pattern"));
    } catch (JsonProcessingException e) {
      throw new TemplateException(filter.place() + "/Pattern", "is not JSON", e);
    }
  }

  private static boolean reportsItemFailures(Properties event) {
    List<String> types = event.texts("FunctionResponseTypes");
    if (!types.isEmpty() && !types.equals(List.of("ReportBatchItemFailures"))) {
      throw event.fault("FunctionResponseTypes", types + " is not known here");
    }
    return !types.isEmpty();
  }

  private static Optional<String> failureBucket(Properties onFailure, String type, Parts parts) {
    onFailure.allowOnly("Type", type);
    return onFailure
        .optionalText("Destination")
        .map(
            arn ->
                Parts.only(
                        parts.buckets,
                        bucket -> bucket.arn().equals(arn),
                        () -> onFailure.fault("Destination", arn + " is no bucket of ours"))
                    .name());
  }
}
