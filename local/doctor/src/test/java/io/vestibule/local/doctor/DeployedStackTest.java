package io.vestibule.local.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.vestibule.checkup.Alarms;
import io.vestibule.checkup.Check;
import io.vestibule.checkup.CheckAlarms;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;

/** CloudFormation and CloudWatch, answering as their references show it. */
class DeployedStackTest {

  private static final LocalDate DAY = LocalDate.of(2026, 11, 29);

  private final List<String> asked = new ArrayList<>();
  private HttpServer server;
  private int status = 200;
  private String answer = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestHeaders().getFirst("Authorization"));
          asked.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          byte[] body = answer.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aStackIsFoundWithItsParametersAndOutputs() {
    answer =
        """
        <DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/">
        <DescribeStacksResult><Stacks><member>
        <StackName>mine</StackName>
        <Parameters><member><ParameterKey>Prefix</ParameterKey><ParameterValue>a-</ParameterValue></member>
        <member><ParameterKey>StaffMail</ParameterKey><ParameterValue></ParameterValue></member></Parameters>
        <Outputs><member><OutputKey>BackupBucket</OutputKey><OutputValue>bucket</OutputValue></member></Outputs>
        </member></Stacks></DescribeStacksResult></DescribeStacksResponse>
        """;

    var stack = FindStack.deployed("mine", aws()).stack();

    assertThat(stack.parameter("Prefix")).isEqualTo("a-");
    assertThat(stack.parameter("StaffMail")).isEmpty();
    assertThat(stack.output("BackupBucket")).isEqualTo("bucket");
    assertThat(asked.getFirst()).contains("/us-east-1/cloudformation/aws4_request");
    assertThat(asked.getLast())
        .isEqualTo("Action=DescribeStacks&StackName=mine&Version=2010-05-15");
  }

  @Test
  void whatIsRefusedIsToldByItsCode() {
    status = 400;
    answer =
        """
        <ErrorResponse><Error><Code>AccessDenied</Code><Message>arn of somebody</Message></Error></ErrorResponse>
        """;

    assertThatThrownBy(() -> FindStack.deployed("mine", aws()))
        .isInstanceOf(SdkException.class)
        .hasMessage("AccessDenied");
  }

  @Test
  void alarmsOfTheStackThatAreRedAreNamed() {
    answer =
        """
        <DescribeAlarmsResponse xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/"><DescribeAlarmsResult>
        <CompositeAlarms/>
        <MetricAlarms><member><AlarmName>mine-BackupAlarm-1X</AlarmName><StateValue>ALARM</StateValue>
        <Dimensions><member><Name>Service</Name></member></Dimensions></member></MetricAlarms>
        </DescribeAlarmsResult></DescribeAlarmsResponse>
        """;

    assertThat(new CheckAlarms(alarms()).run())
        .isEqualTo(Check.wrong("alarms", "red", Map.of("alarms", "BackupAlarm")));
    assertThat(asked.getLast())
        .contains("AlarmNamePrefix=mine-", "AlarmTypes.member.1=MetricAlarm");
  }

  @Test
  void anAlarmOfAnotherStackWhoseNameBeginsAsOursIsNoneOfOurs() {
    answer =
        """
        <DescribeAlarmsResponse><DescribeAlarmsResult><MetricAlarms>
        <member><AlarmName>mine-other-BackupAlarm-2Y</AlarmName><StateValue>ALARM</StateValue></member>
        <member><AlarmName>mine-DrillAlarm-1X</AlarmName><StateValue>INSUFFICIENT_DATA</StateValue></member>
        <member><AlarmName>mine-other-DrillAlarm-2Y</AlarmName><StateValue>OK</StateValue></member>
        </MetricAlarms></DescribeAlarmsResult></DescribeAlarmsResponse>
        """;

    assertThat(alarms().all())
        .containsExactly(new Alarms.Alarm("DrillAlarm", Alarms.State.NOT_EVALUATED, ""));
    assertThat(new CheckAlarms(alarms()).run()).isEqualTo(Check.noted("alarms", "not-evaluated"));
  }

  @Test
  void aStackWithoutAnyAlarmIsNotAsItShouldBe() {
    answer = "<DescribeAlarmsResponse><MetricAlarms/></DescribeAlarmsResponse>";

    assertThat(new CheckAlarms(alarms()).run()).isEqualTo(Check.wrong("alarms", "none", Map.of()));
  }

  private Alarms alarms() {
    return new Alarms(aws().access(), "mine", Aws.PATIENCE);
  }

  @Test
  void whatAwsDoesNotAnswerIsWrongAndTheOthersAreLookedAtAllTheSame() throws Exception {
    status = 403;
    answer = "<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>";

    var checks = Doctor.examine(new FindStack.Found(stack(), aws()));

    assertThat(checks).hasSize(11);
    assertThat(checks.stream().filter(Check::ok).map(Check::name)).containsExactly("sign-in");
  }

  @Test
  void cloudTrailTellsWhoseKeysWereUnwrapped() throws Exception {
    answer =
        """
        {"Events": [
          {"CloudTrailEvent": "{\\"eventTime\\":\\"2026-11-29T10:00:00Z\\",\\"eventName\\":\\"Decrypt\\",\\"requestParameters\\":{\\"encryptionContext\\":{\\"use\\":\\"customer\\",\\"customer\\":\\"ada\\"}}}"},
          {"CloudTrailEvent": "{\\"eventTime\\":\\"2026-11-29T10:00:01Z\\",\\"eventName\\":\\"Decrypt\\",\\"requestParameters\\":{\\"encryptionContext\\":{\\"use\\":\\"session\\"}}}"},
          {"CloudTrailEvent": "{\\"eventTime\\":\\"2026-11-29T10:00:02Z\\",\\"eventName\\":\\"Decrypt\\",\\"errorCode\\":\\"AccessDenied\\",\\"requestParameters\\":{\\"encryptionContext\\":{\\"customer\\":\\"eve\\"}}}"}
        ]}
        """;

    var used = Unwrappings.deployed(aws(), "vestibule-StaffFunction-1X", DAY);

    assertThat(used).containsExactly(new Unwrapping(Instant.parse("2026-11-29T10:00:00Z"), "ada"));
    assertThat(asked.getFirst()).contains("/us-east-1/cloudtrail/aws4_request");
    assertThat(asked.getLast()).contains("Username", "vestibule-StaffFunction-1X", "1795910400");
  }

  private static Installed stack() {
    return new Installed(
        "mine",
        false,
        Instant.EPOCH,
        Map.of("SenderIdentity", "example.com"),
        Map.of(
            "BackupBucket",
            "b",
            "KeysetKey",
            "k",
            "TableKey",
            "t",
            "ReceiptKey",
            "r",
            "LedgerKey",
            "l"));
  }

  private Aws aws() {
    return Aws.local(URI.create("http://localhost:" + server.getAddress().getPort()), "us-east-1");
  }
}
