package io.vestibule.local.cloudwatch;

import io.vestibule.local.aws.Backend;
import io.vestibule.local.aws.QueryRequest;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * CloudWatch for what this project asks of alarms. Nothing evaluates them, so each is in the state
 * that it has before CloudWatch has looked, until an operator sets another ({@code SetAlarmState}),
 * as one does to try what an alarm sets off.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html">DescribeAlarms</a>
 */
public final class AlarmsEmulator implements Backend {

  private static final Set<String> STATES = Set.of("OK", "ALARM", "INSUFFICIENT_DATA");

  /** It is honest about what it does not obey. */
  private static final Set<String> KNOWN =
      Set.of(
          "Action", "Version", "AlarmNamePrefix", "AlarmTypes.member.1", "MaxRecords", "NextToken");

  private final NavigableMap<String, String> descriptions;
  private final Map<String, String> states = new ConcurrentHashMap<>();

  /**
   * Alarms.
   *
   * @param descriptions by the alarms' names
   */
  public AlarmsEmulator(Map<String, String> descriptions) {
    this.descriptions = new TreeMap<>(descriptions);
  }

  @Override
  public Response handle(Request request) {
    var query = QueryRequest.of(request);
    return switch (query.action().orElse("")) {
      case "DescribeAlarms" -> describe(query);
      case "SetAlarmState" -> set(query);
      default -> QueryRequest.refusal(400, "InvalidAction", "The local run does not know this.");
    };
  }

  private Response describe(QueryRequest query) {
    var unknown = new TreeSet<>(query.parameters().keySet());
    unknown.removeAll(KNOWN);
    if (!unknown.isEmpty()) {
      return invalid("The local run does not know " + unknown);
    }
    int most = query.text("MaxRecords").map(Integer::valueOf).orElse(50);
    if (most < 1 || most > 100) {
      return invalid("MaxRecords is from 1 to 100");
    }
    var prefix = query.text("AlarmNamePrefix").orElse("");
    var left =
        descriptions.tailMap(query.text("NextToken").orElse(""), false).entrySet().stream()
            .filter(alarm -> alarm.getKey().startsWith(prefix))
            .toList();
    var page = left.stream().limit(most).map(this::member).collect(Collectors.joining());
    var next =
        left.size() > most ? Optional.of(left.get(most - 1).getKey()) : Optional.<String>empty();
    return QueryRequest.xml(
        200,
        """
        <DescribeAlarmsResponse xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/">
        <DescribeAlarmsResult><MetricAlarms>%s</MetricAlarms>%s</DescribeAlarmsResult>
        </DescribeAlarmsResponse>
        """
            .formatted(
                page,
                next.map(it -> "<NextToken>" + QueryRequest.escaped(it) + "</NextToken>")
                    .orElse("")));
  }

  private String member(Map.Entry<String, String> alarm) {
    return """
    <member><AlarmName>%s</AlarmName><AlarmDescription>%s</AlarmDescription>\
    <StateValue>%s</StateValue></member>
    """
        .formatted(
            QueryRequest.escaped(alarm.getKey()),
            QueryRequest.escaped(alarm.getValue()),
            states.getOrDefault(alarm.getKey(), "INSUFFICIENT_DATA"));
  }

  private Response set(QueryRequest query) {
    var name = query.text("AlarmName").orElse("");
    var state = query.text("StateValue").orElse("");
    if (!descriptions.containsKey(name)) {
      return QueryRequest.refusal(404, "ResourceNotFound", "There is no alarm " + name);
    }
    if (!STATES.contains(state)) {
      return invalid("StateValue is one of " + STATES);
    }
    states.put(name, state);
    return QueryRequest.xml(200, "<SetAlarmStateResponse/>");
  }

  private static Response invalid(String message) {
    return QueryRequest.refusal(400, "ValidationError", message);
  }
}
