package io.vestibule.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.local.ses.ReceiptRule;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the template describes, once it is deployed: every intrinsic function is resolved. */
public record Stack(
    String region,
    String account,
    List<Lambda> functions,
    List<Table> tables,
    List<Key> keys,
    List<Bucket> buckets,
    List<CustomResource> customResources,
    List<Alarm> alarms,
    List<ReceiptRule> receiptRules) {

  /** The same with these variables for every function, which the template does not give it. */
  public Stack with(Map<String, String> variables) {
    return new Stack(
        region,
        account,
        functions.stream().map(function -> function.with(variables)).toList(),
        tables,
        keys,
        buckets,
        customResources,
        alarms,
        receiptRules);
  }

  /** The function of a logical id; empty if there is none. */
  public Optional<Lambda> function(String logicalId) {
    return functions.stream().filter(it -> it.logicalId().equals(logicalId)).findFirst();
  }

  /**
   * A function and everything that calls it.
   *
   * @param handler the handler's class name
   * @param environment the variables that the template gives it, and those of {@link Stack#with}
   * @param logGroup the name of the log group that it writes to
   * @param queue what becomes of asynchronous events that it fails at
   */
  public record Lambda(
      String logicalId,
      String handler,
      Map<String, String> environment,
      Duration timeout,
      int memoryMegabytes,
      Role role,
      String logGroup,
      List<Route> routes,
      List<StreamSource> streams,
      List<Schedule> schedules,
      List<Rule> rules,
      Queue queue) {

    /** The same with these variables beside the template's, or instead of them. */
    Lambda with(Map<String, String> variables) {
      var all = new HashMap<>(environment);
      all.putAll(variables);
      return new Lambda(
          logicalId,
          handler,
          Map.copyOf(all),
          timeout,
          memoryMegabytes,
          role,
          logGroup,
          routes,
          streams,
          schedules,
          rules,
          queue);
    }
  }

  /**
   * A role, as one function names it.
   *
   * @param policies the policy documents of the role, inline ones and attached ones
   */
  public record Role(String logicalId, List<JsonNode> policies) {}

  /**
   * A route of the HTTP API.
   *
   * @param method an HTTP method or {@code ANY}
   * @param path for example <code>/forms/{form}</code>, or {@code $default}
   */
  public record Route(String api, String method, String path) {

    /** The logical id of the API that SAM makes for functions that name none. */
    static final String IMPLICIT_API = "ServerlessHttpApi";

    /** A route of that API. */
    public Route(String method, String path) {
      this(IMPLICIT_API, method, path);
    }
  }

  /**
   * An event source mapping from a table's stream, as the Lambda API describes it.
   *
   * @param filterPatterns event patterns, of which one must match; none lets everything through
   * @param maximumRetries how often a failing batch is tried again; -1 is without end
   */
  public record StreamSource(
      String logicalId,
      String tableLogicalId,
      String streamArn,
      int batchSize,
      List<JsonNode> filterPatterns,
      int maximumRetries,
      boolean bisectOnError,
      boolean reportsItemFailures,
      Optional<String> failureBucket) {}

  /**
   * A time at which a function is called.
   *
   * @param expression as EventBridge Scheduler takes it, such as {@code cron(15 0 * * ? *)}
   * @param input the event that the function gets, as JSON
   */
  public record Schedule(String logicalId, String expression, String input) {}

  /**
   * A rule of EventBridge's default bus that calls a function.
   *
   * @param paths where the values for the template are in the event, by their names
   * @param inputTemplate the event that the function gets, with <code>&lt;name&gt;</code> for each
   *     value
   */
  public record Rule(
      String logicalId, JsonNode pattern, Map<String, String> paths, String inputTemplate) {}

  /**
   * How Lambda's own queue deals with a function's failures at asynchronous events.
   *
   * @param maximumRetries how often a failed event is tried again
   */
  public record Queue(int maximumRetries, Optional<String> failureBucket) {

    /** As it is where the template says nothing. */
    public static final Queue OF_LAMBDA = new Queue(2, Optional.empty());
  }

  /**
   * A DynamoDB table.
   *
   * @param keyArn the customer-managed key that encrypts the table, if it has one
   */
  public record Table(
      String logicalId,
      String name,
      String arn,
      Optional<String> streamArn,
      Optional<String> keyArn) {}

  public record Key(String logicalId, String id, String arn, JsonNode policy) {}

  /**
   * An S3 bucket.
   *
   * @param keyArn the customer-managed key that encrypts the bucket, if it has one
   */
  public record Bucket(String logicalId, String name, String arn, Optional<String> keyArn) {}

  /**
   * An alarm of CloudWatch.
   *
   * @param description what has happened and what to do; empty if the template does not say
   */
  public record Alarm(String name, String description) {}

  /** A resource that a function of ours creates when CloudFormation asks it to. */
  public record CustomResource(
      String logicalId, String type, String functionLogicalId, JsonNode properties) {}
}
