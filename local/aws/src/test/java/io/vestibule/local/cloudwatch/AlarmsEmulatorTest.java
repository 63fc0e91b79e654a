package io.vestibule.local.cloudwatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.local.aws.Backend.Request;
import io.vestibule.local.aws.Backend.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlarmsEmulatorTest {

  private final AlarmsEmulator cloudWatch =
      new AlarmsEmulator(
          Map.of("a-One", "Look & <see>.", "a-Two", "Wait.", "b-Other", "Of somebody else."));

  @Test
  void nobodyEvaluatesAnAlarmHereUntilAnOperatorSetsItsState() {
    assertThat(asked("Action=DescribeAlarms&AlarmNamePrefix=a-"))
        .contains("a-One", "Look &amp; &lt;see&gt;.", "a-Two", "INSUFFICIENT_DATA")
        .doesNotContain("b-Other", "<StateValue>ALARM");

    asked("Action=SetAlarmState&AlarmName=a-One&StateValue=ALARM&StateReason=a+trial");

    assertThat(asked("Action=DescribeAlarms")).containsOnlyOnce("<StateValue>ALARM</StateValue>");
  }

  @Test
  void aLongListComesInPages() {
    var first = asked("Action=DescribeAlarms&AlarmNamePrefix=a-&MaxRecords=1");
    assertThat(first).contains("a-One", "<NextToken>a-One</NextToken>").doesNotContain("a-Two");

    assertThat(asked("Action=DescribeAlarms&AlarmNamePrefix=a-&MaxRecords=1&NextToken=a-One"))
        .contains("a-Two")
        .doesNotContain("a-One", "NextToken");
  }

  @Test
  void whatItDoesNotObeyItRefuses() {
    for (var form :
        new String[] {
          "",
          "Action=DeleteAlarms",
          "Action=DescribeAlarms&ActionPrefix=arn",
          "Action=DescribeAlarms&MaxRecords=101",
          "Action=SetAlarmState&AlarmName=a-None&StateValue=ALARM",
          "Action=SetAlarmState&AlarmName=a-One&StateValue=RED"
        }) {
      assertThat(answer(form).status()).as(form).isGreaterThanOrEqualTo(400);
    }
  }

  private String asked(String form) {
    return new String(answer(form).body(), UTF_8);
  }

  private Response answer(String form) {
    return cloudWatch.handle(new Request("POST", "/", Map.of(), form.getBytes(UTF_8)));
  }
}
