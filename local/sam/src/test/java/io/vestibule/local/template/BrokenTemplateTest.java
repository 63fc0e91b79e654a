package io.vestibule.local.template;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The real template, broken on purpose: each check of it must notice what it is there for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokenTemplateTest {

  /** Checks of checks, and one that breaks the template's parameters itself. */
  private static final Set<String> THEMSELVES =
      Set.of(
          "aReadThatMayLackASelectIsSeen",
          "tablesThatAreMadeAtTheSameTimeAreSeen",
          "anAccessLogThatTellsOfSomebodyIsSeen",
          "whatReachesBeyondOneResourceIsSeen",
          "aPartOfOneResourceIsNotBeyondIt",
          "aStackWithoutASenderOfItsOwnIsNotDeployed");

  /** Where the next resource begins, or the next section. */
  private static final Pattern NEXT = Pattern.compile("(?m)^(  )?\\w+:$");

  private String template;

  @BeforeAll
  void read() throws IOException {
    template = Files.readString(TemplateTest.FILE);
  }

  /**
   * A fault, and the check that must see it.
   *
   * @param of the logical id of what is broken; {@code Outputs} for the section
   * @param right what stands there, as a regular expression; all of it is replaced
   */
  record Fault(String check, String of, String right, String wrong) {

    String in(String template) {
      int begin = template.indexOf("\n%s%s:\n".formatted(of.equals("Outputs") ? "" : "  ", of));
      assertThat(begin).as(of).isPositive();
      int end = template.length();
      if (!of.equals("Outputs")) {
        var next = NEXT.matcher(template);
        end = next.find(begin + of.length() + 4) ? next.start() : end;
      }
      var block = template.substring(begin, end);
      var broken = block.replaceAll(right, wrong);
      assertThat(broken).as("%s has nothing like %s", of, right).isNotEqualTo(block);
      return template.replace(block, broken);
    }

    @Override
    public String toString() {
      return check + " / " + of;
    }
  }

  static Stream<Fault> faults() {
    return Stream.of(
        fault(
            "localTableNamesAreTheBareOnes", "CustomersTable", "Prefix}customers", "Prefix}people"),
        fault(
            "noTableInUseHasTheNameOfARestoredOne",
            "AuditTable",
            "Prefix}audit",
            "Prefix}vestibule-restore-audit"),
        fault(
            "theTablesThatPublicFunctionsTouchAreUnderNoKeyOfOurs",
            "CustomersTable",
            "      SSESpecification: .*\n",
            ""),
        fault(
            "theKeyThatWrapsPeopleEncryptsNoTable", "AuditTable", "TableKey.Arn", "KeysetKey.Arn"),
        fault("everyFunctionHasARoleThatNoOtherHas", "StoreFunction", "StoreRole", "MailerRole"),
        fault(
            "noRoleAllowsAnythingOnEverything",
            "IntakeRole",
            "!GetAtt SealingKeysTable.Arn",
            "'*'"),
        fault(
            "onlyThePagesOfStaffSeeAlarmsAndNobodyMayChangeOne",
            "StaffRole",
            "cloudwatch:DescribeAlarms",
            "cloudwatch:DisableAlarmActions"),
        fault(
            "noRoleDependsOnASelectThatAReadMayLack",
            "CanaryRole",
            "Action: dynamodb:Query",
            "Action: dynamodb:GetItem"),
        fault(
            "tablesWithAnIndexAreMadeOneAfterTheOther",
            "IdentitiesTable",
            "    DependsOn: RequestsTable\n",
            ""),
        fault(
            "atMostTwoFunctionsReadAStream",
            "DeliverFunction",
            "DeliveriesTable.StreamArn",
            "SubmissionsTable.StreamArn"),
        fault("everyAlarmWatchesWhatThereIs", "MailerLateAlarm", "IteratorAge", "Age"),
        fault(
            "whatIsGivenUpOfEachFunctionThatEventsCallRings",
            "EventsDroppedAlarm",
            "!Ref BackupFunction",
            "!Ref RestoreFunction"),
        fault(
            "aBackupRestoreOrDrillThatFailsIsAnAlarmAtOnce",
            "DrillErrorAlarm",
            "Period: \\d+",
            "Period: 3600"),
        fault(
            "noListButOursKeepsMailBackAndNoneGoesOutInTheClear",
            "ConfigurationSet",
            "REQUIRE",
            "OPTIONAL"),
        fault(
            "noListButOursKeepsMailBackAndNoneGoesOutInTheClear",
            "ConfigurationSet",
            "SuppressedReasons: \\[\\]",
            "SuppressedReasons: [BOUNCE]"),
        fault(
            "noCopyOfIdentitiesLivesLongerThanTheTableCanBeRecovered",
            "IdentityBackupPlan",
            "DeleteAfterDays: !Ref IdentityRecoveryDays",
            "DeleteAfterDays: 35"),
        fault(
            "deletionKnowsThatThereAreCopiesOfIdentities",
            "DeletionFunction",
            "          IDENTITY_VAULT: .*\n",
            ""),
        fault(
            "copiesOfIdentitiesAreDeletedAlsoWhenNoMoreAreMade",
            "IdentityCopyKeptAlarm",
            "    Properties:",
            "    Condition: BacksUpIdentities\n    Properties:"),
        fault(
            "copiesOfIdentitiesGoToOneVaultOnly",
            "IdentityBackupRole",
            "backup:CopyTargets: \\[",
            "backup:Others: ["),
        fault(
            "whatAStreamCannotDeliverIsKept",
            "StoreFunction",
            "MaximumRetryAttempts: -1",
            "MaximumRetryAttempts: 3"),
        fault(
            "whatOperationsInvokeIsAnOutputOfTheStack",
            "Outputs",
            "  RestoreFunction:",
            "  Restore:"),
        fault("everyFunctionBucketKeyAndVaultIsAnOutput", "Outputs", "  LedgerKey:", "  Ledger:"),
        fault(
            "theAccessLogOfEachApiSaysNothingOfAnybody",
            "StaffApi",
            "context.routeKey",
            "context.path"),
        fault(
            "noScheduleRunsBecauseTheStackIsBeingMade",
            "BackupFunction",
            "cron\\([^)]*\\)",
            "rate(1 day)"),
        fault(
            "everyLogIsGoneAfterThirtyDaysAndGoesWithTheStack",
            "VerifyLogs",
            "RetentionInDays: 30",
            "RetentionInDays: 365"),
        fault(
            "everyLogIsGoneAfterThirtyDaysAndGoesWithTheStack",
            "DrillFunction",
            "      LoggingConfig:\n.*\n",
            ""),
        fault(
            "everyNameThatIsGivenBeginsWithThePrefix",
            "AuditTable",
            "!Sub \\$\\{Prefix}audit",
            "audit"),
        fault(
            "everyNameThatIsGivenBeginsWithThePrefix",
            "CanaryRuleSet",
            "    Condition: HasCanaryMailbox\n",
            "    Condition: HasCanaryMailbox\n    Properties: {RuleSetName: vestibule}\n"),
        fault(
            "whatTheStreamOfTheOutboxCannotDeliverAScheduleFindsWithinAMinute",
            "DeliverFunction",
            "cron\\(\\* \\* \\* \\* \\? \\*\\)",
            "cron(0 * * * ? *)"),
        fault(
            "linksInMailsLeadToThePublicUrl",
            "MailerFunction",
            "!Ref PublicUrl",
            "https://elsewhere.example"),
        fault(
            "noFunctionBehindARouteKnowsItsOwnAddress",
            "IntakeFunction",
            "SUBMISSIONS_TABLE:",
            "PUBLIC_URL: !Ref PublicUrl\n          SUBMISSIONS_TABLE:"),
        // What CloudFormation gets.
        fault(
            "noRoleHasAManagedPolicy",
            "DrillRole",
            "      Policies:",
            "      ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess']\n      Policies:"),
        fault(
            "noRoleReachesBeyondOneResource", "IntakeRole", "!GetAtt SealingKeysTable.Arn", "'*'"),
        fault(
            "everyFunctionHasARoleWrittenByHandThatNoOtherHas",
            "DrillFunction",
            "      Role: .*\n",
            ""),
        fault("noScheduleHasAName", "DrillFunction", "OmitName: true", "OmitName: false"),
        fault(
            "noRulePassesAnAddressOn",
            "MailFeedbackFunction",
            "\\$.detail.mail.messageId",
            "\\$.detail.mail.destination"),
        fault(
            "whetherAMailNamesItsFormOrNotOneRulePassesItsFeedbackOn",
            "MailFeedbackFunction",
            "form: \\[\\{exists: false}]",
            "form: [{exists: true}]"),
        fault(
            "backupsAndLedgerAreLockedForAsLongAsTheyAreNeeded",
            "BackupBucket",
            "Days: !Ref BackupKeepDays\n      Lifecycle",
            "Days: 35\n      Lifecycle"),
        fault(
            "theGatewayAnswersNoPreflightItself",
            "HttpApi",
            "    Properties:",
            "    Properties:\n      CorsConfiguration: {AllowOrigins: ['*']}"),
        fault(
            "theApiHasExactlyTheRoutesOfTheLocalRun",
            "VerifyFunction",
            "/verify/\\{id}/resend",
            "/verify/{id}/again"));
  }

  private static Fault fault(String check, String of, String right, String wrong) {
    return new Fault(check, of, right, wrong);
  }

  static Stream<Fault> inWhatIsWritten() {
    return faults().filter(fault -> isCheckedBy(TemplateTest.class, fault));
  }

  static Stream<Fault> inWhatCloudFormationGets() {
    return faults().filter(fault -> isCheckedBy(TransformedTemplateTest.class, fault));
  }

  private static boolean isCheckedBy(Class<?> checks, Fault fault) {
    return method(fault.check()).getDeclaringClass() == checks;
  }

  @ParameterizedTest
  @MethodSource("inWhatIsWritten")
  @Tag("slow")
  void aFaultIsSeenByTheCheckThatIsThereForIt(Fault fault) {
    isSeen(fault, TemplateTest.of(Template.parse(fault.in(template))));
  }

  @ParameterizedTest
  @MethodSource("inWhatCloudFormationGets")
  @EnabledIf(
      value = "io.vestibule.local.template.TransformedTemplateTest#translatorIsThere",
      disabledReason = TransformedTemplateTest.NOT_RUN)
  @Tag("slow")
  void aFaultIsSeenInWhatCloudFormationGets(Fault fault) throws Exception {
    isSeen(fault, TransformedTemplateTest.of(fault.in(template)));
  }

  private static void isSeen(Fault fault, Object checksOfBroken) {
    assertThatThrownBy(() -> method(fault.check()).invoke(checksOfBroken))
        .isInstanceOf(InvocationTargetException.class)
        .cause()
        .isInstanceOf(AssertionError.class);
  }

  /** Nobody adds a check that has never failed. */
  @Test
  void everyCheckHasAFaultThatItSees() {
    var shown = faults().map(Fault::check).collect(toSet());

    assertThat(checks().map(Method::getName))
        .filteredOn(check -> !THEMSELVES.contains(check))
        .hasSizeGreaterThan(30)
        .allMatch(shown::contains);
  }

  private static Method method(String name) {
    return checks().filter(check -> check.getName().equals(name)).findFirst().orElseThrow();
  }

  private static Stream<Method> checks() {
    return Stream.of(TemplateTest.class, TransformedTemplateTest.class)
        .flatMap(tests -> Arrays.stream(tests.getDeclaredMethods()))
        .filter(
            method ->
                List.of(Test.class, ParameterizedTest.class).stream()
                    .anyMatch(method::isAnnotationPresent));
  }
}
