package io.vestibule.local.doctor;

import io.vestibule.checkup.Check;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks which alarms of a stack are in alarm. */
record CheckAlarms(Aws aws, Installed stack) {

  private static final String MOST = "100";

  Check run() {
    if (stack.isLocal()) {
      return Check.noted("alarms", "local");
    }
    var answer =
        new AwsQuery(aws, "monitoring", "2010-08-01")
            .ask(
                "DescribeAlarms",
                Map.of(
                    // CloudFormation names them so, as the template gives them no names.
                    "AlarmNamePrefix",
                    stack.name() + "-",
                    "StateValue",
                    "ALARM",
                    "MaxRecords",
                    MOST));
    var red =
        Stream.of("MetricAlarms", "CompositeAlarms")
            .flatMap(list -> AwsQuery.members(answer, list).stream())
            .map(it -> AwsQuery.text(it, "AlarmName"))
            .filter(it -> !it.isEmpty())
            .sorted()
            .collect(Collectors.joining(", "));
    return red.isEmpty() ? Check.ok("alarms") : Check.wrong("alarms", "red", Map.of("alarms", red));
  }
}
