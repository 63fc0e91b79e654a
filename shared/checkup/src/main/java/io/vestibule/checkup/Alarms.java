package io.vestibule.checkup;

import io.vestibule.store.AwsAccess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The alarms of a stack, as CloudWatch has them. It lets itself be asked for all of an account and
 * a Region, or for some by their whole names, which nobody knows beforehand: CloudFormation makes
 * them up.
 *
 * @param stack by whose name CloudFormation calls them, as the template gives them none
 * @param patience how long it waits for a connection, and then for each part of the answer
 */
public record Alarms(AwsAccess aws, String stack, Duration patience) {

  private static final String MOST = "100";

  /**
   * The name in the template, which has no hyphen, and what CloudFormation puts behind it. So an
   * alarm of the stack {@code vestibule-staging} is none of {@code vestibule}'s.
   */
  private static final Pattern NAME = Pattern.compile("([A-Za-z0-9]+)(-[A-Za-z0-9]+)?");

  /** How an alarm stands. */
  public enum State {
    RED,
    GOOD,
    /** CloudWatch has not looked yet, or has nothing to go by. */
    NOT_EVALUATED
  }

  /**
   * An alarm.
   *
   * @param name in the template
   * @param says what has happened and what to do, in English
   */
  public record Alarm(String name, State state, String says) {}

  /**
   * All of them, by name.
   *
   * @throws SdkException CloudWatch refuses, or does not answer
   */
  public List<Alarm> all() {
    var alarms = new ArrayList<Alarm>();
    var next = "";
    do {
      var answer = page(next);
      AwsQuery.members(answer, "MetricAlarms").stream()
          .flatMap(it -> alarm(it).stream())
          .forEach(alarms::add);
      next = AwsQuery.text(answer.getDocumentElement(), "NextToken");
    } while (!next.isEmpty());
    alarms.sort(Comparator.comparing(Alarm::name));
    return alarms;
  }

  private Document page(String next) {
    var question = new HashMap<String, String>();
    question.put("AlarmNamePrefix", stack + "-");
    question.put("AlarmTypes.member.1", "MetricAlarm");
    question.put("MaxRecords", MOST);
    if (!next.isEmpty()) {
      question.put("NextToken", next);
    }
    return new AwsQuery(aws, "monitoring", "2010-08-01", patience).ask("DescribeAlarms", question);
  }

  private Optional<Alarm> alarm(Element told) {
    var name = NAME.matcher(AwsQuery.text(told, "AlarmName").substring(stack.length() + 1));
    if (!name.matches()) {
      return Optional.empty();
    }
    var state =
        switch (AwsQuery.text(told, "StateValue")) {
          case "ALARM" -> State.RED;
          case "OK" -> State.GOOD;
          default -> State.NOT_EVALUATED;
        };
    return Optional.of(new Alarm(name.group(1), state, AwsQuery.text(told, "AlarmDescription")));
  }
}
