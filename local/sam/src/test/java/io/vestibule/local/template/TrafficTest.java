package io.vestibule.local.template;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * How visitors come to a new version of the public functions: what SAM makes of the parameter
 * {@code Traffic}.
 */
@EnabledIf(
    value = "io.vestibule.local.template.TransformedTemplateTest#translatorIsThere",
    disabledReason = TransformedTemplateTest.NOT_RUN)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
class TrafficTest {

  private static final List<String> PUBLIC = List.of("IntakeFunction", "VerifyFunction");
  private static final String KNOWN_TO_SAM =
      """
      from samtranslator.model.preferences import deployment_preference_collection as known
      print("\\n".join(known.CODEDEPLOY_PREDEFINED_CONFIGURATIONS_LIST))
      """;
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(\\w+)[.}]");

  private String template;
  private JsonNode atOnce;
  private JsonNode inSteps;

  @BeforeAll
  void transform() throws IOException, InterruptedException {
    template = Files.readString(TemplateTest.FILE);
    atOnce = TransformedTemplateTest.transformed(template);
    inSteps = TransformedTemplateTest.transformed(template, "Traffic=Linear10PercentEvery1Minute");
  }

  @Test
  void unlessItIsSaidNothingOfCodeDeployIsMade() {
    assertThat(types(atOnce)).noneMatch(type -> type.startsWith("AWS::CodeDeploy::"));
    assertThat(atOnce.findParents("UpdatePolicy")).isEmpty();
    assertThat(atOnce.at("/TrafficRole/Condition").asText()).isEqualTo("IsStaged");
  }

  @Test
  void inStepsTheAliasOfEachPublicFunctionIsMovedByAGroupOfItsOwn() {
    assertThat(PUBLIC)
        .allSatisfy(
            function -> {
              var moved =
                  inSteps.at(
                      "/%sAliaslive/UpdatePolicy/CodeDeployLambdaAliasUpdate".formatted(function));
              assertThat(moved.at("/DeploymentGroupName/Ref").asText())
                  .isEqualTo(function + "DeploymentGroup");
              assertThat(moved.at("/ApplicationName/Ref").asText())
                  .isEqualTo("ServerlessDeploymentApplication");
              assertThat(group(function).at("/DeploymentConfigName/Fn::Sub/1/ConfigName").asText())
                  .isEqualTo("Linear10PercentEvery1Minute");
            });
    assertThat(types(inSteps).filter("AWS::CodeDeploy::DeploymentGroup"::equals)).hasSize(2);
    assertThat(types(inSteps).filter("AWS::CodeDeploy::Application"::equals)).hasSize(1);
  }

  @Test
  void aGroupGoesBackWhenAnAlarmOfTheDoorIsRed() {
    assertThat(PUBLIC)
        .allSatisfy(
            function -> {
              var group = group(function);
              assertThat(group.at("/AutoRollbackConfiguration/Enabled").asBoolean()).isTrue();
              assertThat(group.at("/AutoRollbackConfiguration/Events").valueStream())
                  .extracting(JsonNode::asText)
                  .contains("DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_FAILURE");
              assertThat(group.at("/AlarmConfiguration/Enabled").asBoolean()).isTrue();
              assertThat(alarms(group))
                  .containsExactlyInAnyOrder(
                      "DoorErrorAlarm",
                      "DoorThrottledAlarm",
                      "UnavailableAlarm",
                      "LinkUnavailableAlarm");
            });
  }

  /** SAM's own role may move every alias of the account. */
  @Test
  void codeDeployHasARoleThatMovesTheseAliasesAndSeesTheseAlarmsOnly() {
    assertThat(inSteps.has("CodeDeployServiceRole")).isFalse();
    assertThat(PUBLIC)
        .allSatisfy(
            function ->
                assertThat(group(function).at("/ServiceRoleArn/Fn::GetAtt/0").asText())
                    .isEqualTo("TrafficRole"));
    var statements =
        inSteps.at("/TrafficRole/Properties/Policies/0/PolicyDocument/Statement").valueStream();
    assertThat(statements.flatMap(statement -> referredTo(statement.path("Resource")).stream()))
        .containsOnly(
            "IntakeFunction",
            "VerifyFunction",
            "DoorErrorAlarm",
            "DoorThrottledAlarm",
            "UnavailableAlarm",
            "LinkUnavailableAlarm");
  }

  /** Else the new mailer's links would meet the door of before, for as long as the steps take. */
  @Test
  void noNewLinkIsMailedBeforeAllVisitorsAreLedToTheDoorThatKnowsIt() {
    for (var resources : List.of(atOnce, inSteps)) {
      assertThat(resources.at("/MailerFunction/DependsOn").valueStream())
          .extracting(JsonNode::asText)
          .contains("VerifyFunctionAliaslive");
      assertThat(resources.at("/VerifyFunctionAliaslive/Type").asText())
          .isEqualTo("AWS::Lambda::Alias");
    }
  }

  /** CloudFormation refuses a circle, and counts what an update policy refers to. */
  @Test
  void nothingWaitsForItself() {
    assertThat(circle(atOnce)).isEmpty();
    assertThat(circle(inSteps)).isEmpty();
  }

  /** The local run leaves out what the functions say of it. */
  @Test
  void whateverItRefersToIsThere() {
    var parts =
        Stream.of(
            "TrafficRole",
            "IntakeFunctionAliaslive",
            "IntakeFunctionDeploymentGroup",
            "VerifyFunctionAliaslive",
            "VerifyFunctionDeploymentGroup");

    assertThat(parts.flatMap(part -> referredTo(inSteps.path(part)).stream()))
        .hasSizeGreaterThan(15)
        .allMatch(inSteps::has);
  }

  @Test
  void anAlarmOfTheApiIsACircleAsTheApiWaitsForTheAlias() throws Exception {
    var broken = template.replace("!Ref DoorThrottledAlarm,", "!Ref DoorUnavailableAlarm,");

    assertThat(
            circle(TransformedTemplateTest.transformed(broken, "Traffic=Canary10Percent5Minutes")))
        .contains("DoorUnavailableAlarm", "HttpApi", "IntakeFunctionAliaslive");
  }

  /** What SAM does not know, it takes for the name of a configuration of our own. */
  @Test
  void everyWayThatTheParameterTakesIsOne() throws Exception {
    var parsed = Template.parse(template);
    var taken =
        parsed
            .section("Parameters")
            .at("/Traffic/AllowedValues")
            .valueStream()
            .map(JsonNode::asText)
            .toList();
    var known = parsed.section("Mappings").path("Traffic");

    assertThat(known.properties()).extracting(Map.Entry::getKey).containsExactlyElementsOf(taken);
    assertThat(taken).isSubsetOf(knownToSam());
    assertThat(known.properties())
        .allSatisfy(
            way ->
                assertThat(way.getValue().path("IsStaged").asText())
                    .isEqualTo(way.getKey().equals("AllAtOnce") ? "false" : "true"));
  }

  private static List<String> knownToSam() throws Exception {
    var known = Command.run(List.of("python3", "-c", KNOWN_TO_SAM), "");
    assertThat(known.exitCode()).as(known.errors()).isZero();
    return known.output().lines().toList();
  }

  private JsonNode group(String function) {
    return inSteps.at("/%sDeploymentGroup/Properties".formatted(function));
  }

  private static List<String> alarms(JsonNode group) {
    return group
        .at("/AlarmConfiguration/Alarms")
        .valueStream()
        .map(alarm -> alarm.at("/Name/Ref").asText())
        .toList();
  }

  private static Stream<String> types(JsonNode resources) {
    return resources.valueStream().map(resource -> resource.path("Type").asText());
  }

  /** The logical ids on a way from a resource back to it; empty if there is none. */
  private static Set<String> circle(JsonNode resources) {
    var done = new HashSet<String>();
    for (var resource : resources.properties()) {
      var circle = circle(resources, resource.getKey(), new LinkedHashSet<>(), done);
      if (!circle.isEmpty()) {
        return circle;
      }
    }
    return Set.of();
  }

  private static Set<String> circle(
      JsonNode resources, String at, Set<String> way, Set<String> done) {
    if (!way.add(at)) {
      return way;
    }
    var before =
        done.contains(at)
            ? Set.<String>of()
            : referredTo(resources.path(at)).stream().filter(resources::has).collect(toSet());
    for (var one : before) {
      var circle = circle(resources, one, way, done);
      if (!circle.isEmpty()) {
        return circle;
      }
    }
    way.remove(at);
    done.add(at);
    return Set.of();
  }

  /** Whatever a part of a template refers to. */
  private static Set<String> referredTo(JsonNode node) {
    var names = new TreeSet<String>();
    if (node.isTextual()) {
      return names;
    }
    for (var member : node.properties()) {
      var value = member.getValue();
      switch (member.getKey()) {
        case "Ref" -> names.add(value.asText());
        case "Fn::GetAtt" -> names.add(value.path(0).asText());
        case "Fn::Sub" ->
            PLACEHOLDER
                .matcher(value.isTextual() ? value.asText() : value.path(0).asText())
                .results()
                .map(found -> found.group(1))
                .filter(name -> !value.path(1).has(name))
                .forEach(names::add);
        case "DependsOn" -> {
          names.add(value.asText());
          value.forEach(one -> names.add(one.asText()));
        }
        default -> names.addAll(referredTo(value));
      }
    }
    if (node.isArray()) {
      node.forEach(one -> names.addAll(referredTo(one)));
    }
    return names;
  }
}
