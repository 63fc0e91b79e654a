package io.vestibule.local.template;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vestibule.local.aws.Sdk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The real template. That it deploys says more than it seems to: every reference leads somewhere,
 * and nothing is in it that the local run would pass over in silence.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TemplateTest {

  private static final String ALL_ALARMS = "arn:aws:cloudwatch:eu-central-1:123456789012:alarm:*";

  private static final String READS_THE_OUTBOX = "DeliverFunction";

  private static final Set<String> LOGGED =
      Set.of(
          "requestId",
          "requestTimeEpoch",
          "routeKey",
          "status",
          "responseLatency",
          "integrationErrorMessage");

  /** Properties by which a resource has a name of our choice; a log group has the stack's. */
  private static final List<String> NAMED_BY =
      List.of(
          "/TableName",
          "/AliasName",
          "/DashboardName",
          "/BackupVaultName",
          "/BackupPlan/BackupPlanName",
          "/BucketName",
          "/FunctionName",
          "/RoleName",
          "/AlarmName",
          "/TopicName",
          "/RuleSetName",
          "/Name");

  static final Path FILE = Path.of("..", "..", "template.yaml");

  private static final String BASE_URL = "http://localhost:8080";

  /** So that everything is made which a parameter decides about. */
  private static final Map<String, String> EVERYTHING =
      Map.ofEntries(
          Map.entry("Prefix", ""),
          Map.entry("SenderAddress", "hello@example.com"),
          Map.entry("SenderIdentity", "example.com"),
          Map.entry("PublicUrl", BASE_URL),
          Map.entry("StaffSignIn", "oidc"),
          Map.entry("StaffUrl", "https://staff.example.com"),
          Map.entry("StaffIssuer", "https://login.example.com"),
          Map.entry("StaffClientId", "vestibule"),
          Map.entry("IdentityBackups", "on"),
          Map.entry("CanaryForm", "contact"),
          Map.entry("CanaryMailbox", "canary@in.example.com"),
          Map.entry("Traffic", "Canary10Percent10Minutes"),
          Map.entry(
              "IdentityBackupsCopyTo",
              "arn:aws:backup:eu-west-1:123456789012:backup-vault:identities"),
          Map.entry("IdentityBackupsCopyKey", "arn:aws:kms:eu-west-1:123456789012:key/k"));

  private Template template;
  private @Nullable Stack deployed;

  @BeforeAll
  void read() throws IOException {
    template = Template.read(FILE);
  }

  /** The checks of another template, which has been broken on purpose. */
  static TemplateTest of(Template broken) {
    var checks = new TemplateTest();
    checks.template = broken;
    return checks;
  }

  private Stack stack() {
    if (deployed == null) {
      try (var aws = new EmbeddedAws()) {
        var target = new Target(Sdk.REGION.id(), EmbeddedAws.ACCOUNT, "vestibule");
        deployed = Deployment.deploy(template, EVERYTHING, target, aws.operator);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return deployed;
  }

  @Test
  void localTableNamesAreTheBareOnes() {
    assertThat(stack().tables())
        .extracting(Stack.Table::name)
        .contains(
            "submissions", "sealing-keys", "system-keys", "identities", "customers", "erasures");
  }

  @Test
  void noTableInUseHasTheNameOfARestoredOne() {
    assertThat(stack().tables()).noneMatch(table -> table.name().contains("restore"));
  }

  @Test
  void theTablesThatPublicFunctionsTouchAreUnderNoKeyOfOurs() {
    var underNoKey =
        stack().tables().stream()
            .filter(table -> table.keyArn().isEmpty())
            .map(Stack.Table::logicalId);

    assertThat(underNoKey)
        .containsExactlyInAnyOrder(
            "SubmissionsTable",
            "RequestsTable",
            "DisclosuresTable",
            "SealingKeysTable",
            "SystemKeysTable");
  }

  @Test
  void theKeyThatWrapsPeopleEncryptsNoTable() {
    Stack.Key keysets = named(stack().keys(), Stack.Key::logicalId, "KeysetKey");

    assertThat(stack().tables())
        .noneMatch(table -> table.keyArn().equals(Optional.of(keysets.arn())));
  }

  @Test
  void everyFunctionHasARoleThatNoOtherHas() {
    assertThat(stack().functions())
        .isNotEmpty()
        .extracting(function -> function.role().logicalId())
        .doesNotHaveDuplicates();
  }

  @Test
  void noRoleAllowsAnythingOnEverything() {
    List<String> granted =
        stack().functions().stream()
            .flatMap(function -> function.role().policies().stream())
            .flatMap(TemplateTest::actionsAndResources)
            .toList();

    assertThat(granted)
        .isNotEmpty()
        .filteredOn(it -> !it.equals(ALL_ALARMS))
        .noneMatch(TemplateTest::reachesBeyondOneResource);
  }

  /** CloudWatch lists alarms for whoever may see all, or to whoever knows their whole names. */
  @Test
  void onlyThePagesOfStaffSeeAlarmsAndNobodyMayChangeOne() {
    var statements =
        stack().functions().stream()
            .flatMap(
                function ->
                    function.role().policies().stream()
                        .flatMap(policy -> policy.path("Statement").valueStream())
                        .filter(it -> it.toString().contains("cloudwatch"))
                        .map(
                            it ->
                                List.of(
                                    function.logicalId(),
                                    it.path("Action").asText(),
                                    it.path("Resource").asText())))
            .toList();

    assertThat(statements)
        .containsExactly(List.of("StaffFunction", "cloudwatch:DescribeAlarms", ALL_ALARMS));
  }

  /** AWS says of {@code dynamodb:Select} what it is for Query and Scan, and of no other action. */
  @Test
  void noRoleDependsOnASelectThatAReadMayLack() {
    assertThat(
            stack().functions().stream()
                .flatMap(function -> function.role().policies().stream())
                .flatMap(policy -> policy.path("Statement").valueStream()))
        .isNotEmpty()
        .noneMatch(TemplateTest::demandsSelectOfAGet);
  }

  @ParameterizedTest
  @CsvSource({
    "dynamodb:GetItem, StringEquals, true",
    "dynamodb:BatchGetItem, StringEquals, true",
    "dynamodb:BatchGetItem, StringEqualsIfExists, false",
    "dynamodb:Query, StringEquals, false",
  })
  void aReadThatMayLackASelectIsSeen(String action, String operator, boolean isSeen)
      throws IOException {
    var statement =
        new ObjectMapper()
            .readTree(
                """
                {"Action": ["dynamodb:Scan", "%s"],
                 "Condition": {"%s": {"dynamodb:Select": "SPECIFIC_ATTRIBUTES"}}}
                """
                    .formatted(action, operator));

    assertThat(demandsSelectOfAGet(statement)).isEqualTo(isSeen);
  }

  private static boolean demandsSelectOfAGet(JsonNode statement) {
    return statement.at("/Condition/StringEquals").has("dynamodb:Select")
        && namedBy(statement).anyMatch(it -> it.matches("dynamodb:(Batch)?GetItem"));
  }

  /** DynamoDB refuses a table with an index while another one is being made. */
  @Test
  void tablesWithAnIndexAreMadeOneAfterTheOther() {
    assertThat(beginningsOfTablesWithIndexes(template))
        .as("only one waits for no other such table, and no two for the same")
        .hasSizeGreaterThan(4)
        .doesNotHaveDuplicates();
  }

  @Test
  void tablesThatAreMadeAtTheSameTimeAreSeen() {
    var twoAtOnce =
        Template.parse(
            """
            Resources:
              A: {Type: AWS::DynamoDB::Table, Properties: {GlobalSecondaryIndexes: [x]}}
              B: {Type: AWS::DynamoDB::Table, Properties: {GlobalSecondaryIndexes: [x]}}
              C: {Type: AWS::DynamoDB::Table}
            """);

    assertThat(beginningsOfTablesWithIndexes(twoAtOnce)).containsExactly("", "");
  }

  /** For each table with an index, the one that it waits for; empty if it waits for none. */
  private static List<String> beginningsOfTablesWithIndexes(Template template) {
    var tables =
        template.resources().values().stream()
            .filter(resource -> resource.properties().has("GlobalSecondaryIndexes"))
            .collect(toMap(Template.Resource::logicalId, Template.Resource::dependsOn));
    return tables.values().stream()
        .map(before -> before.stream().filter(tables::containsKey).findFirst().orElse(""))
        .toList();
  }

  @Test
  void atMostTwoFunctionsReadAStream() {
    assertThat(
            stack().functions().stream()
                .flatMap(function -> function.streams().stream())
                .collect(
                    Collectors.groupingBy(
                        Stack.StreamSource::tableLogicalId, Collectors.counting())))
        .isNotEmpty()
        .allSatisfy((table, readers) -> assertThat(readers).isLessThanOrEqualTo(2));
  }

  /** An alarm about what nobody counts never goes off, and nobody notices. */
  @Test
  void everyAlarmWatchesWhatThereIs() {
    var functions = stack().functions().stream().map(Stack.Lambda::logicalId).toList();
    assertThat(alarms().stream().flatMap(TemplateTest::watched))
        .isNotEmpty()
        .allSatisfy(
            metric -> {
              var name = metric.path("MetricName").asText();
              var dimension = metric.at("/Dimensions/0/Name").asText();
              var of = metric.at("/Dimensions/0/Value/Ref").asText();
              switch (metric.path("Namespace").asText()) {
                case "AWS/Lambda" -> {
                  assertThat(name).isIn("Errors", "Throttles", "AsyncEventsDropped", "IteratorAge");
                  assertThat(functions).contains(function(metric));
                }
                case "AWS/Backup" -> {
                  assertThat(name)
                      .isIn(
                          "NumberOfBackupJobsFailed",
                          "NumberOfBackupJobsExpired",
                          "NumberOfCopyJobsFailed",
                          "NumberOfRecoveryPointsExpired");
                  assertThat(dimension + of).isEqualTo("BackupVaultNameIdentityVault");
                }
                case "AWS/ApiGateway" ->
                    assertThat(name + dimension + of).isEqualTo("5xxApiIdHttpApi");
                case "AWS/Events" ->
                    assertThat(name + dimension + of)
                        .isEqualTo("MatchedEventsRuleNameUnhandledRule");
                case String ours -> assertThat(ours).isEqualTo("Vestibule");
              }
            });
  }

  /** The metric of an alarm, or those that it adds up. */
  private static Stream<JsonNode> watched(JsonNode alarm) {
    return alarm.has("Metrics")
        ? alarm
            .path("Metrics")
            .valueStream()
            .map(it -> it.at("/MetricStat/Metric"))
            .filter(it -> it.isObject())
        : Stream.of(alarm);
  }

  /** A schedule or a rule calls without waiting: what Lambda gives up, nobody else tells of. */
  @Test
  void whatIsGivenUpOfEachFunctionThatEventsCallRings() {
    var called =
        stack().functions().stream()
            .filter(function -> !function.schedules().isEmpty() || !function.rules().isEmpty())
            .map(Stack.Lambda::logicalId)
            .toList();

    assertThat(
            alarms().stream()
                .flatMap(TemplateTest::watched)
                .filter(metric -> metric.path("MetricName").asText().equals("AsyncEventsDropped"))
                .map(TemplateTest::function))
        .containsExactlyInAnyOrderElementsOf(called);
  }

  @Test
  void aBackupRestoreOrDrillThatFailsIsAnAlarmAtOnce() {
    assertThat(alarms())
        .filteredOn(alarm -> alarm.path("MetricName").asText().equals("Errors"))
        .filteredOn(alarm -> alarm.path("Period").asInt() <= 300)
        .extracting(TemplateTest::function)
        .contains("BackupFunction", "RestoreFunction", "DrillFunction");
  }

  /** The account's list of SES would keep back whom a person has released. */
  @Test
  void noListButOursKeepsMailBackAndNoneGoesOutInTheClear() {
    var set = template.section("Resources").at("/ConfigurationSet/Properties");
    assertThat(set.at("/SuppressionOptions/SuppressedReasons").isArray()).isTrue();
    assertThat(set.at("/SuppressionOptions/SuppressedReasons")).isEmpty();
    assertThat(set.at("/DeliveryOptions/TlsPolicy").asText()).isEqualTo("REQUIRE");
  }

  /** Else a copy would hold a person's key for longer than their receipt says. */
  @Test
  void noCopyOfIdentitiesLivesLongerThanTheTableCanBeRecovered() {
    var resources = template.section("Resources");
    var life =
        resources.at(
            "/IdentitiesTable/Properties/PointInTimeRecoverySpecification/RecoveryPeriodInDays");
    var rule = resources.at("/IdentityBackupPlan/Properties/BackupPlan/BackupPlanRule/0");

    assertThat(life.path("Ref").asText()).isEqualTo("IdentityRecoveryDays");
    assertThat(rule.at("/Lifecycle/DeleteAfterDays")).isEqualTo(life);
    assertThat(rule.at("/CopyActions/Fn::If/1/0/Lifecycle/DeleteAfterDays")).isEqualTo(life);
    assertThat(resources.at("/IdentityVault/Properties/LockConfiguration/MaxRetentionDays"))
        .isEqualTo(life);
  }

  /** By it receipts tell for how long a key can be recovered. */
  @Test
  void deletionKnowsThatThereAreCopiesOfIdentities() {
    assertThat(
            named(stack().functions(), Stack.Lambda::logicalId, "DeletionFunction").environment())
        .containsEntry("IDENTITY_VAULT", "vestibule-IdentityVault")
        .containsEntry("IDENTITY_RECOVERY_DAYS", "7");
  }

  /** AWS Backup deletes by the role that made a copy: without it, copies outlive their receipts. */
  @Test
  void copiesOfIdentitiesAreDeletedAlsoWhenNoMoreAreMade() {
    var resources = template.section("Resources");

    for (String kept : List.of("IdentityVault", "IdentityBackupRole", "IdentityCopyKeptAlarm")) {
      assertThat(resources.path(kept).isObject()).as(kept).isTrue();
      assertThat(resources.path(kept).has("Condition")).as(kept).isFalse();
    }
    assertThat(resources.at("/IdentityBackupRole/DeletionPolicy").asText())
        .isEqualTo("RetainExceptOnCreate");
  }

  /** IAM asks by the recovery point, which has no name before: where to is what is bounded. */
  @Test
  void copiesOfIdentitiesGoToOneVaultOnly() {
    var copying =
        template
            .section("Resources")
            .at("/IdentityBackupRole/Properties/Policies/0/PolicyDocument/Statement")
            .findParents("Action")
            .stream()
            .filter(statement -> statement.path("Action").toString().contains("CopyFrom"))
            .toList();

    assertThat(copying).hasSize(1);
    var condition = copying.getFirst().path("Condition");
    assertThat(condition.at("/ForAllValues:ArnEquals/backup:CopyTargets/0/Ref").asText())
        .isEqualTo("IdentityBackupsCopyTo");
    assertThat(condition.at("/Null/backup:CopyTargets").asBoolean(true)).isFalse();
  }

  private List<JsonNode> alarms() {
    return template
        .section("Resources")
        .valueStream()
        .filter(resource -> resource.path("Type").asText().equals("AWS::CloudWatch::Alarm"))
        .map(resource -> resource.path("Properties"))
        .toList();
  }

  private static String function(JsonNode alarm) {
    return alarm.at("/Dimensions/0/Value/Ref").asText();
  }

  @Test
  void whatAStreamCannotDeliverIsKept() {
    assertThat(stack().functions())
        .filteredOn(function -> !function.logicalId().equals(READS_THE_OUTBOX))
        .flatExtracting(Stack.Lambda::streams)
        .isNotEmpty()
        .allSatisfy(
            stream -> {
              assertThat(stream.failureBucket()).isPresent();
              assertThat(stream.reportsItemFailures()).isTrue();
              assertThat(stream.maximumRetries()).isEqualTo(-1);
            });
  }

  @Test
  void aStackWithoutASenderOfItsOwnIsNotDeployed() throws IOException {
    var target = new Target(Sdk.REGION.id(), EmbeddedAws.ACCOUNT, "vestibule");
    try (var aws = new EmbeddedAws()) {
      assertThatThrownBy(() -> Deployment.deploy(template, Map.of(), target, aws.operator))
          .hasMessage("Parameters/SenderAddress: no value is given for it");
      var asInSamconfig = Map.of("SenderAddress", "FILL-IN", "SenderIdentity", "FILL-IN");
      assertThatThrownBy(() -> Deployment.deploy(template, asInSamconfig, target, aws.operator))
          .hasMessageContaining("Parameters/SenderAddress");
    }
  }

  /** There, {@code invoke} finds a function by the output of its name. */
  @Test
  void whatOperationsInvokeIsAnOutputOfTheStack() throws IOException {
    var invoked =
        Pattern.compile("invoke (\\w+Function)")
            .matcher(Files.readString(Path.of("..", "..", "docs", "operations.md")))
            .results()
            .map(found -> found.group(1))
            .collect(toSet());
    var outputs = template.section("Outputs").properties();

    assertThat(invoked).hasSizeGreaterThan(7);
    assertThat(outputs).extracting(Map.Entry::getKey).containsAll(invoked);
  }

  /** So that nobody has to look a name up in the console. */
  @Test
  void everyFunctionBucketKeyAndVaultIsAnOutput() {
    var named =
        template.resources().values().stream()
            .filter(
                resource ->
                    Set.of(
                            "AWS::Serverless::Function",
                            "AWS::S3::Bucket",
                            "AWS::KMS::Key",
                            "AWS::Backup::BackupVault")
                        .contains(resource.type()))
            .map(Template.Resource::logicalId)
            .toList();

    assertThat(template.section("Outputs").properties())
        .extracting(Map.Entry::getKey)
        .containsAll(named);
  }

  /** Paths name rows, queries carry tokens, and an address is a person's. */
  @Test
  void theAccessLogOfEachApiSaysNothingOfAnybody() {
    var apis =
        template.resources().values().stream()
            .filter(resource -> resource.type().equals("AWS::Serverless::HttpApi"))
            .map(api -> api.properties().at("/AccessLogSettings/Format").asText())
            .toList();

    assertThat(apis).hasSize(2).allMatch(format -> format.startsWith("{"));
    assertThat(apis.stream().flatMap(TemplateTest::tellsOfSomebody)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity.sourceIp", "path", "identity.userAgent", "domainName"})
  void anAccessLogThatTellsOfSomebodyIsSeen(String variable) {
    assertThat(tellsOfSomebody("{\"a\":\"$context.status\",\"b\":\"$context." + variable + "\"}"))
        .containsExactly(variable);
  }

  private static Stream<String> tellsOfSomebody(String format) {
    return Pattern.compile("\\$context\\.([\\w.]+)")
        .matcher(format)
        .results()
        .map(variable -> variable.group(1))
        .filter(variable -> !LOGGED.contains(variable));
  }

  /**
   * EventBridge Scheduler calls a schedule with {@code rate} as soon as it is made: a backup would
   * be written, and locked, while the rest of the stack may still fail.
   */
  @Test
  void noScheduleRunsBecauseTheStackIsBeingMade() {
    assertThat(stack().functions())
        .flatExtracting(Stack.Lambda::schedules)
        .extracting(Stack.Schedule::expression)
        .hasSizeGreaterThan(9)
        .allMatch(expression -> expression.startsWith("cron("));
  }

  /** Logs tell ids and times: nobody needs them for longer, and whoever is erased waits for it. */
  @Test
  void everyLogIsGoneAfterThirtyDaysAndGoesWithTheStack() {
    var logs =
        template
            .section("Resources")
            .valueStream()
            .filter(resource -> resource.path("Type").asText().equals("AWS::Logs::LogGroup"))
            .toList();

    assertThat(stack().functions())
        .extracting(Stack.Lambda::logGroup)
        .doesNotHaveDuplicates()
        .allMatch(group -> group.startsWith("/vestibule/"));
    assertThat(logs)
        .hasSizeGreaterThan(stack().functions().size())
        .allMatch(log -> log.at("/Properties/RetentionInDays").asInt() == 30)
        .allMatch(log -> log.path("DeletionPolicy").asText().equals("Delete"));
  }

  /** Else two installations in one account would meet. */
  @Test
  void everyNameThatIsGivenBeginsWithThePrefix() {
    var names =
        template.resources().values().stream()
            .flatMap(resource -> NAMED_BY.stream().map(it -> resource.properties().at(it)))
            .filter(name -> !name.isMissingNode())
            .filter(name -> !template.resources().containsKey(name.path("Ref").asText()))
            .map(name -> name.path("Fn::Sub").asText())
            .toList();

    assertThat(names)
        .hasSizeGreaterThan(20)
        .allMatch(name -> name.matches("(alias/)?\\$\\{Prefix}[a-z-]+"));
  }

  /** The stream says where to look, and the schedule looks everywhere. */
  @Test
  void whatTheStreamOfTheOutboxCannotDeliverAScheduleFindsWithinAMinute() {
    var function = named(stack().functions(), Stack.Lambda::logicalId, READS_THE_OUTBOX);

    assertThat(function.streams())
        .singleElement()
        .satisfies(stream -> assertThat(stream.tableLogicalId()).isEqualTo("DeliveriesTable"));
    assertThat(function.schedules())
        .extracting(schedule -> schedule.expression() + " " + schedule.input())
        .contains("cron(* * * * ? *) {}");
  }

  @Test
  void linksInMailsLeadToThePublicUrl() {
    assertThat(named(stack().functions(), Stack.Lambda::logicalId, "MailerFunction").environment())
        .containsEntry("PUBLIC_URL", BASE_URL);
  }

  /** Public functions answer with relative links: an API's URL in them would be a circle. */
  @Test
  void noFunctionBehindARouteKnowsItsOwnAddress() {
    assertThat(stack().functions())
        .filteredOn(function -> !function.routes().isEmpty())
        .isNotEmpty()
        .noneMatch(function -> function.environment().containsValue(BASE_URL));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "s3:*",
        "dynamodb:Get*",
        "arn:aws:s3:::*",
        "arn:aws:s3:::backups*/x",
        "arn:aws:dynamodb:*:1:table/t",
        "arn:aws:dynamodb:r:1:table/*",
        "arn:aws:dynamodb:r:1:table/sub*",
        "arn:aws:logs:r:1:log-group:*"
      })
  void whatReachesBeyondOneResourceIsSeen(String actionOrResource) {
    assertThat(reachesBeyondOneResource(actionOrResource)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dynamodb:GetItem",
        "arn:aws:s3:::backups",
        "arn:aws:s3:::backups/*",
        "arn:aws:dynamodb:r:1:table/t/index/*",
        "arn:aws:logs:r:1:log-group:/vestibule/intake:*"
      })
  void aPartOfOneResourceIsNotBeyondIt(String actionOrResource) {
    assertThat(reachesBeyondOneResource(actionOrResource)).isFalse();
  }

  static Stream<String> actionsAndResources(JsonNode policy) {
    return policy.path("Statement").valueStream().flatMap(TemplateTest::namedBy);
  }

  private static Stream<String> namedBy(JsonNode statement) {
    return Stream.of(statement.path("Action"), statement.path("Resource"))
        .flatMap(one -> one.isArray() ? one.valueStream() : Stream.of(one))
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText);
  }

  /**
   * A wildcard may stand for parts of one bucket, table or log group, and for nothing else; but a
   * restore makes a table of its own, which is known by how its name begins, and Secrets Manager
   * ends each name with six characters of its own.
   */
  static boolean reachesBeyondOneResource(String actionOrResource) {
    boolean hasWildcard =
        actionOrResource.matches(".*[*?].*")
            && !actionOrResource.matches("[^*?]+:table/[^*?]*vestibule-restore-[*]")
            && !actionOrResource.matches("[^*?]+:secret:[^*?]+-[?]{6}");
    boolean withinBucket = actionOrResource.matches("arn:[^:*?]+:s3:::[^/*?]+/.*");
    boolean withinOther =
        actionOrResource.matches("arn:([^:*?]+:){4}[^:/*?]+[:/][^*?]*[^:/*?][:/].*");
    return hasWildcard && !withinBucket && !withinOther;
  }

  private static <T> T named(List<T> parts, Function<T, String> name, String wanted) {
    return parts.stream().filter(part -> name.apply(part).equals(wanted)).findFirst().orElseThrow();
  }
}
