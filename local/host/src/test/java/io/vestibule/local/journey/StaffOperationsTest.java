package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vestibule.checkup.AwsQuery;
import io.vestibule.local.chaos.Call;
import io.vestibule.local.chaos.CallInterceptor;
import io.vestibule.local.chaos.Disturbance;
import io.vestibule.local.template.Stack;
import io.vestibule.store.AwsAccess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;

/** Whoever runs the installation sees how it runs, has targets told again, and sees nobody. */
class StaffOperationsTest extends Journey {

  private static final String PAGE = "/staff/deliveries";
  private static final String CRM = "crm";

  @TempDir private static Path folder;

  @Override
  protected Map<String, String> parameters() {
    return Map.of("StaffSignIn", "oidc", "MailsPerMailboxAndDay", "20");
  }

  @Override
  protected Optional<Path> targets() throws IOException {
    Partners.write(folder, CRM, "\"ground\": \"processor\", \"country\": \"FR\"");
    return Optional.of(folder);
  }

  @AfterEach
  void calm() {
    CallInterceptor.calm();
  }

  @BeforeEach
  void anew() {
    tables.clear("lanes");
    tables.clear("deliveries");
    tables.clear("audit");
    new Partners(host).answer(CRM, "{\"mode\":\"ok\"}");
  }

  @Test
  void theBooksOfADayAndOfTheWeekSayHowMuchNobodyConfirmed() throws Exception {
    tables.clear("submissions");
    somebody().submits(Map.of());
    host.drain(LIMIT);
    var day = clock.instant().toString().substring(0, 10);
    clock.advance(Duration.ofDays(4));
    tables.expire(clock.instant());
    host.drain(LIMIT);
    somebody().becomesACustomer(Map.of());
    var operator = new Staff(host, "operator");
    assertThat(operator.get("/staff/operations").body()).contains("/staff/operations/books");
    assertThat(operator.get("/staff/operations/books").body()).doesNotContain("<caption>");

    var ofDay = operator.posts("/staff/operations/books", Map.of("day", day)).body();
    var ofWeek = operator.posts("/staff/operations/books", Map.of("week", "yes")).body();

    assertThat(ofDay).contains("Contact us", day, "Never confirmed: 1.");
    assertThat(ofWeek).contains("Contact us", "The last seven days", "Never confirmed: 1.");
    for (var other : List.of("", "2026-13-01", "yesterday", "week")) {
      var answer = operator.posts("/staff/operations/books", Map.of("day", other));
      assertThat(answer.statusCode()).isEqualTo(404);
    }
    var agent = new Staff(host, "agent");
    assertThat(agent.get("/staff/operations/books").statusCode()).isEqualTo(404);
    assertThat(agent.posts("/staff/operations/books", Map.of("week", "yes")).statusCode())
        .isEqualTo(404);
    assertThat(tables.items("audit").stream().map(it -> Tables.text(it, "list")))
        .contains("books " + day, "books week");
  }

  @Test
  void whatWasNotDeliveredIsToldByItsReasonAndTriedAgain() throws Exception {
    var partners = new Partners(host);
    partners.answer(CRM, "{\"mode\":\"status\",\"status\":400}");
    var ada = somebody();
    ada.becomesACustomer(Map.of("message", "A canary's words"));
    host.drain(LIMIT);
    var operator = new Staff(host, "operator");

    var page = operator.get(PAGE).body();
    assertThat(page)
        .contains("crm", "Not delivered: 1", "status-400", "Try again")
        .doesNotContain(
            "Go on", ada.address, "A canary", new Records(host).customerId(ada.address));
    assertThat(operator.get("/staff/").body()).contains("<b>1</b>", "Not delivered");

    partners.answer(CRM, "{\"mode\":\"ok\"}");
    var answer = operator.posts(PAGE, Map.of("target", CRM, "order", "replay"));
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(operator.get(Staff.location(answer)).body()).contains("That is being done");
    host.drain(LIMIT);
    goesOn();

    assertThat(partners.taken(CRM, "submission.confirmed"))
        .anySatisfy(it -> assertThat(it.toString()).contains(ada.address));
    assertThat(operator.get(PAGE).body()).doesNotContain("status-400", "Try again");
    assertThat(tables.items("audit"))
        .filteredOn(it -> Tables.text(it, "customerId").startsWith("staff-order#"))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(Tables.text(it, "action")).isEqualTo("replay");
              assertThat(Tables.text(it, "target")).isEqualTo(CRM);
              assertThat(Tables.text(it, "role")).isEqualTo("operator");
            });
    assertThat(tables.items("audit"))
        .anySatisfy(it -> assertThat(Tables.text(it, "action")).isEqualTo("replayed"));
  }

  @Test
  void aLaneThatIsStoppedSaysWhyAndGoesOnByAButton() throws Exception {
    var partners = new Partners(host);
    partners.answer(CRM, "{\"mode\":\"badToken\"}");
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    host.drain(LIMIT);
    var admin = new Staff(host, "admin");
    assertThat(admin.get(PAGE).body())
        .contains("Stopped", "It refuses our credentials.", "Go on")
        .doesNotContain("Try again");

    partners.answer(CRM, "{\"mode\":\"ok\"}");
    admin.posts(PAGE, Map.of("target", CRM, "order", "resume"));
    host.drain(LIMIT);
    goesOn();

    assertThat(admin.get(PAGE).body()).contains("It is told what comes in.");
    assertThat(partners.taken(CRM, "submission.confirmed"))
        .anySatisfy(it -> assertThat(it.toString()).contains(ada.address));
  }

  @Test
  void whoCannotHandAnOrderOverIsToldSo() throws Exception {
    somebody().becomesACustomer(Map.of());
    host.drain(LIMIT);
    CallInterceptor.disturb(
        new Disturbance() {
          @Override
          public void before(Call call) {
            if (call.function().equals("StaffFunction") && call.operation().equals("Invoke")) {
              throw SdkClientException.create("not now");
            }
          }
        });

    var answer = new Staff(host, "operator").posts(PAGE, Map.of("target", CRM, "order", "replay"));

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("Nobody can say whether that was done");
  }

  /** As the schedule has it each minute. */
  private void goesOn() throws Exception {
    clock.advance(Duration.ofMinutes(10));
    new Backups(host).returns("DeliverFunction", Map.of());
  }

  @Test
  void nothingElseIsOrderedAndByNobodyElse() throws Exception {
    somebody().becomesACustomer(Map.of());
    host.drain(LIMIT);
    var operator = new Staff(host, "operator");
    for (var form :
        List.of(
            Map.of("target", "nobody", "order", "replay"),
            Map.of("target", CRM, "order", "close"),
            Map.of("target", CRM))) {
      assertThat(operator.posts(PAGE, form).statusCode()).isEqualTo(404);
    }
    for (var role : new String[] {"agent", "viewer", "privacy"}) {
      var staff = new Staff(host, role);
      assertThat(staff.get(PAGE).statusCode()).isEqualTo(404);
      assertThat(staff.get("/staff/operations").statusCode()).isEqualTo(404);
      assertThat(staff.get("/staff/").body()).doesNotContain("Last backup", "Not delivered");
      assertThat(staff.posts(PAGE, Map.of("target", CRM, "order", "replay")).statusCode())
          .isEqualTo(404);
    }
    assertThat(operator.sends(PAGE, Map.of("target", CRM, "order", "replay")).statusCode())
        .isEqualTo(403);
    assertThat(tables.items("audit"))
        .noneMatch(it -> Tables.text(it, "customerId").startsWith("staff-order#"));
  }

  @Test
  void thePageOfOperationsSaysWhatRanLastAndWhatToDo() throws Exception {
    var operator = new Staff(host, "operator");
    assertThat(operator.get("/staff/operations").body())
        .contains("never", "There is no backup yet", "No backup has been restored for a test yet");
    assertThat(operator.get("/staff/operations?lang=de").body()).contains("noch keine Sicherung");
    somebody().becomesACustomer(Map.of());
    var backups = new Backups(host);
    backups.returns("BackupFunction", Map.of());
    backups.returns("DrillFunction", Map.of());

    assertThat(operator.get("/staff/operations").body())
        .doesNotContain("There is no backup yet", "look<")
        .contains("What drills found", ">passed<")
        .containsPattern("(\\d+) of \\1 customers came back. Of a sample, \\1 were read and 0")
        .contains("Customers in use of whom half is missing: 0.")
        .contains("Sealing key", "Key of links, version 1", "that are still kept: 0.");
    assertThat(operator.get("/staff/operations?lang=de").body())
        .containsPattern(">bestanden<.*kamen (\\d+) von \\1 Kunden zurück")
        .contains("Schlüssel der Links, Version 1");
    assertThat(operator.get("/staff/operations?lang=zh-Hans").body())
        .containsPattern(">通过<.*(\\d+) 位客户恢复了 \\1 位")
        .contains("链接密钥，第 1 版");
    assertThat(operator.get("/staff/").body()).contains("Last backup", "Last drill passed");
  }

  @Test
  void aDrillThatFailedSaysWhatItFoundAndAReportThatIsNoneIsNoneOfOurs() throws Exception {
    var at = "%014d".formatted(clock.instant().toEpochMilli());
    var failed = "drills/failed/" + at + "-01795165200000-1a2b3c4d.json";
    report(
        failed,
        """
        {"items": 3, "restored": 2, "opened": 1, "failed": 4, "resurrected": 5, "refused": "",
         "orphans": {"withoutCustomer": {"count": 6, "some": ["c9"]}, "withoutIdentity": {"count": 7}}}
        """);
    var refused = "drills/failed/" + at + "-x.json";
    report(refused, "{\"items\": 0, \"refused\": \"There is <no> backup\"}");
    var other = "drills/failed/" + at + "-y.json";
    report(other, "no report");

    var page = new Staff(host, "operator").get("/staff/operations").body();

    assertThat(page)
        .contains("What drills found", ">failed<", "2 of 3 customers came back")
        .contains("1 were read and 4 were not", "who came back: 5", "half is missing: 13")
        .contains("could not be restored: There is &lt;no&gt; backup", "Its report cannot be read.")
        .doesNotContain("c9");
    for (var key : List.of(failed, refused, other)) {
      host.operator().s3().deleteObject(it -> it.bucket(backups()).key(key));
    }
  }

  private void report(String key, String json) {
    host.operator()
        .s3()
        .putObject(it -> it.bucket(backups()).key(key), RequestBody.fromString(json));
  }

  private String backups() {
    return host.stack().buckets().stream()
        .filter(it -> it.logicalId().equals("BackupBucket"))
        .map(Stack.Bucket::name)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void anAlarmThatHasGoneOffSaysItsOwnSentence() throws Exception {
    var operator = new Staff(host, "operator");
    assertThat(operator.get("/staff/operations").body())
        .contains("CloudWatch has evaluated no alarm yet")
        .doesNotContain("Alarms that have gone off");

    cloudWatch("operator").ask("SetAlarmState", state("BackupAlarm", "ALARM"));
    cloudWatch("operator").ask("SetAlarmState", state("DrillErrorAlarm", "OK"));

    assertThat(operator.get("/staff/operations").body())
        .contains("Alarms that have gone off", "In alarm: BackupAlarm.", "<b>BackupAlarm</b>")
        .contains("<span lang=\"en\">" + description("BackupAlarm"))
        .doesNotContain("evaluated no alarm", "DrillErrorAlarm");
    assertThat(operator.get("/staff/operations?lang=de").body()).contains("Ausgelöste Alarme");
    assertThat(operator.get("/staff/operations?lang=zh-Hans").body()).contains("已触发的告警");
    cloudWatch("operator").ask("SetAlarmState", state("BackupAlarm", "INSUFFICIENT_DATA"));
    cloudWatch("operator").ask("SetAlarmState", state("DrillErrorAlarm", "INSUFFICIENT_DATA"));
  }

  private String description(String alarm) {
    return host.stack().alarms().stream()
        .filter(it -> it.name().equals("vestibule-" + alarm))
        .map(Stack.Alarm::description)
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, String> state(String alarm, String state) {
    return Map.of(
        "AlarmName", "vestibule-" + alarm, "StateValue", state, "StateReason", "It is tried.");
  }

  private AwsQuery cloudWatch(String caller) {
    var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create(caller, "local"));
    var region = Region.of(host.stack().region());
    return new AwsQuery(
        new AwsAccess(region, credentials, Optional.of(host.aws())), "monitoring", "2010-08-01");
  }

  @Test
  void whoeverTakesThePagesOverLearnsOfAlarmsReportsAndTheAgeOfKeysAndNoMore() {
    var all = cloudWatch("StaffFunction").ask("DescribeAlarms", Map.of());
    assertThat(AwsQuery.members(all, "MetricAlarms")).hasSizeGreaterThan(10);
    assertThatThrownBy(
            () -> cloudWatch("StaffFunction").ask("SetAlarmState", state("BackupAlarm", "OK")))
        .hasMessage("AccessDenied");
    assertThatThrownBy(() -> cloudWatch("StaffDoorFunction").ask("DescribeAlarms", Map.of()))
        .hasMessage("AccessDenied");
    report("backups/00000000000001-x/vestibule.json", "{}");
    report("drills/passed/00000000000001-x.html", "a page");
    try (var s3 = s3()) {
      for (var key :
          List.of(
              "backups/00000000000001-x/vestibule.json", "drills/passed/00000000000001-x.html")) {
        assertThatThrownBy(() -> s3.getObjectAsBytes(get -> get.bucket(backups()).key(key)))
            .hasMessageContaining("not authorized");
        host.operator().s3().deleteObject(it -> it.bucket(backups()).key(key));
      }
      assertThatThrownBy(
              () ->
                  s3.putObject(
                      put -> put.bucket(backups()).key("drills/passed/00000000000001-x.json"),
                      RequestBody.fromString("{}")))
          .hasMessageContaining("not authorized");
    }
    try (var dynamoDb = as("StaffFunction")) {
      for (var table : List.of("sealing-keys", "system-keys")) {
        assertThatThrownBy(() -> dynamoDb.scan(scan -> scan.tableName(table)))
            .hasMessageContaining("not authorized");
        assertThatThrownBy(
                () ->
                    dynamoDb.scan(
                        scan ->
                            scan.tableName(table)
                                .select("SPECIFIC_ATTRIBUTES")
                                .projectionExpression("wrapped")))
            .hasMessageContaining("not authorized");
      }
    }
  }

  private S3Client s3() {
    return S3Client.builder()
        .endpointOverride(host.aws())
        .forcePathStyle(true)
        .region(Region.of(host.stack().region()))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("StaffFunction", "local")))
        .build();
  }

  @Test
  void theFirstPageIsThereWhenNothingSaysHowTheInstallationRuns() throws Exception {
    var operator = new Staff(host, "operator");
    CallInterceptor.disturb(
        new Disturbance() {
          @Override
          public void before(Call call) {
            if (call.function().equals("StaffFunction")
                && Set.of("ListObjectsV2", "Scan").contains(call.operation())) {
              throw SdkClientException.create("it does not answer");
            }
          }
        });

    var page = operator.get("/staff/");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("Not delivered", "Last backup", "Last drill passed");
    assertThat(page.body().split("<b>\\?</b>", -1)).as("three that nobody knows").hasSize(4);
  }

  @Test
  void whoeverTakesThePagesOverLearnsOfDeliveriesNotWhomTheyAreAbout() {
    try (var dynamoDb = as("StaffFunction")) {
      var values = Map.of(":target", AttributeValue.fromS(CRM));
      assertThatThrownBy(
              () ->
                  dynamoDb.query(
                      query ->
                          query
                              .tableName("deliveries")
                              .keyConditionExpression("target = :target")
                              .expressionAttributeValues(values)))
          .hasMessageContaining("not authorized");
      assertThatThrownBy(
              () ->
                  dynamoDb.query(
                      query ->
                          query
                              .tableName("deliveries")
                              .indexName("byDue")
                              .keyConditionExpression("lane = :target")
                              .expressionAttributeValues(values)))
          .hasMessageContaining("not authorized");
    }
  }
}
