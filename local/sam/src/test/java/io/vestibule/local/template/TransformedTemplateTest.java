package io.vestibule.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * The real template as CloudFormation gets it: SAM adds roles and policies of its own wherever a
 * template leaves room for them. The translator is SAM's, a Python package.
 */
@EnabledIf(value = "translatorIsThere", disabledReason = TransformedTemplateTest.NOT_RUN)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TransformedTemplateTest {

  static final String NOT_RUN = "Not run: python3 with the package aws-sam-translator is not here";

  private JsonNode resources;

  static boolean translatorIsThere() throws IOException, InterruptedException {
    return Command.run(List.of("python3", "-c", "import samtranslator"), "").succeeded();
  }

  @BeforeAll
  void transform() throws IOException, InterruptedException {
    resources = transformed(Files.readString(TemplateTest.FILE));
  }

  /** The checks of another template, which has been broken on purpose. */
  static TransformedTemplateTest of(String broken) throws IOException, InterruptedException {
    var checks = new TransformedTemplateTest();
    checks.resources = transformed(broken);
    return checks;
  }

  /** The resources that CloudFormation gets. */
  static JsonNode transformed(String template, String... parameters)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("python3", "-c", script()));
    command.addAll(List.of(parameters));
    var transformed = Command.run(command, template);
    assertThat(transformed.exitCode()).as(transformed.errors()).isZero();
    return new ObjectMapper().readTree(transformed.output()).path("Resources");
  }

  @Test
  void noRoleHasAManagedPolicy() {
    assertThat(ofType("AWS::IAM::Role"))
        .isNotEmpty()
        .noneMatch(role -> role.has("ManagedPolicyArns"));
    assertThat(ofType("AWS::IAM::ManagedPolicy")).isEmpty();
  }

  @Test
  void noRoleReachesBeyondOneResource() {
    List<String> granted =
        ofType("AWS::IAM::Role")
            .flatMap(role -> role.path("Policies").valueStream())
            .map(policy -> policy.path("PolicyDocument"))
            .flatMap(TemplateTest::actionsAndResources)
            .toList();

    assertThat(granted).isNotEmpty().noneMatch(TemplateTest::reachesBeyondOneResource);
  }

  @Test
  void everyFunctionHasARoleWrittenByHandThatNoOtherHas() {
    JsonNode written = template().section("Resources");

    assertThat(ofType("AWS::Lambda::Function"))
        .isNotEmpty()
        .extracting(function -> function.at("/Role/Fn::GetAtt/0").asText())
        .doesNotHaveDuplicates()
        .allMatch(written::has);
  }

  /** SAM would name them by the bare logical id, so that two stacks of one account collide. */
  @Test
  void noScheduleHasAName() {
    assertThat(ofType("AWS::Scheduler::Schedule"))
        .isNotEmpty()
        .noneMatch(schedule -> schedule.has("Name"));
  }

  /** SES tells the address, in many places; of a rule without a transformer all would pass. */
  @Test
  void noRulePassesAnAddressOn() {
    assertThat(ofType("AWS::Events::Rule"))
        .isNotEmpty()
        .flatExtracting(rule -> rule.path("Targets").valueStream().toList())
        .allSatisfy(
            target ->
                assertThat(
                        target
                            .at("/InputTransformer/InputPathsMap")
                            .valueStream()
                            .map(JsonNode::asText))
                    .isNotEmpty()
                    .isSubsetOf(
                        "$.detail.bounce.bounceType",
                        "$.detail.mail.messageId",
                        "$.detail.mail.timestamp",
                        "$.detail.mail.tags.mailbox[0]",
                        "$.detail.mail.tags.form[0]",
                        "$.detail.mail.tags.target[0]"));
  }

  /** A mail of an earlier version does not, and its bounce must be heard of all the same. */
  @Test
  void whetherAMailNamesItsFormOrNotOneRulePassesItsFeedbackOn() {
    for (var type : List.of("Email Bounced", "Email Complaint Received")) {
      assertThat(ofType("AWS::Events::Rule"))
          .extracting(rule -> rule.path("EventPattern"))
          .filteredOn(pattern -> pattern.at("/detail-type/0").asText().equals(type))
          .extracting(pattern -> pattern.at("/detail/mail/tags"))
          .filteredOn(tags -> tags.has("mailbox"))
          .extracting(tags -> tags.at("/form/0/exists").asText())
          .containsExactlyInAnyOrder("true", "false");
    }
  }

  /** An attack: after 35 days whoever may write to the bucket could replace backups for good. */
  @Test
  void backupsAndLedgerAreLockedForAsLongAsTheyAreNeeded() {
    var bucket =
        ofType("AWS::S3::Bucket")
            .filter(it -> it.has("ObjectLockConfiguration"))
            .findFirst()
            .orElseThrow();
    var needed = bucket.at("/LifecycleConfiguration/Rules/0/ExpirationInDays");
    assertThat(bucket.at("/LifecycleConfiguration/Rules/0/Prefix").asText()).isEqualTo("backups/");
    assertThat(bucket.at("/ObjectLockConfiguration/Rule/DefaultRetention/Days")).isEqualTo(needed);

    assertThat(bucket.at("/LifecycleConfiguration/Rules").valueStream())
        .filteredOn(
            rule -> rule.at("/NoncurrentVersionExpiration/NoncurrentDays").asText().equals("1"))
        .extracting(rule -> rule.path("Prefix").asText())
        .as("what is replaced all the time, and nobody needs")
        .containsExactlyInAnyOrder("progress/", "leases/");
  }

  @Test
  void theGatewayAnswersNoPreflightItself() {
    assertThat(ofType("AWS::ApiGatewayV2::Api"))
        .isNotEmpty()
        .noneMatch(api -> api.has("CorsConfiguration"))
        .noneMatch(api -> api.path("Body").has("x-amazon-apigateway-cors"));
  }

  @Test
  void theApiHasExactlyTheRoutesOfTheLocalRun() {
    List<String> local =
        template().resources().values().stream()
            .flatMap(resource -> resource.properties().path("Events").valueStream())
            .filter(event -> event.path("Type").asText().equals("HttpApi"))
            .map(event -> event.path("Properties").path("Path").asText("$default"))
            .toList();

    assertThat(ofType("AWS::ApiGatewayV2::Api"))
        .flatExtracting(
            api -> api.at("/Body/paths").properties().stream().map(path -> path.getKey()).toList())
        .containsExactlyInAnyOrderElementsOf(local);
  }

  private Stream<JsonNode> ofType(String type) {
    return resources
        .valueStream()
        .filter(resource -> resource.path("Type").asText().equals(type))
        .map(resource -> resource.path("Properties"));
  }

  private static Template template() {
    try {
      return Template.read(TemplateTest.FILE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String script() throws IOException {
    try (var script = TransformedTemplateTest.class.getResourceAsStream("transform.py")) {
      return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
