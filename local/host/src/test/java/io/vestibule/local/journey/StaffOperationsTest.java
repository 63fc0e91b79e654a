package io.vestibule.local.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.vestibule.checkup.Alarms;
import io.vestibule.checkup.AwsQuery;
import io.vestibule.checkup.Check;
import io.vestibule.checkup.CheckKeys;
import io.vestibule.checkup.CheckLanes;
import io.vestibule.checkup.CheckRuns;
import io.vestibule.checkup.LastRuns;
import io.vestibule.local.chaos.Call;
import io.vestibule.local.chaos.CallInterceptor;
import io.vestibule.local.chaos.Disturbance;
import io.vestibule.local.template.Stack;
import io.vestibule.staff.operations.SeenFromInside;
import io.vestibule.store.AwsAccess;
import io.vestibule.store.delivery.Lanes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
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
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
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
    cloudWatch("operator").ask("SetAlarmState", state("BackupAlarm", "INSUFFICIENT_DATA"));
    cloudWatch("operator").ask("SetAlarmState", state("DrillErrorAlarm", "INSUFFICIENT_DATA"));
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
        .contains("Kept out, as the ledger says that they were erased: 0.")
        .contains("Customers in use of whom half is missing: 0.")
        .doesNotContain("Report: ", "drills/passed/")
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
         "erasedAgain": 8, "invalid": 1,
         "orphans": {"complete": true, "withoutCustomer": {"count": 6, "some": ["c9"]}, "withoutIdentity": {"count": 7}}}
        """);
    var refused = "drills/failed/" + at + "-x.json";
    report(refused, "{\"items\": 0, \"refused\": \"There is <no> backup\"}");
    var other = "drills/failed/" + at + "-y.json";
    report(other, "no report");
    var none = "drills/failed/" + at + "-.json";
    report(none, "{\"items\": 0, \"refused\": \"There is no backup\"}");
    var uncounted = "drills/passed/" + at + "-z.json";
    report(
        uncounted,
        """
        {"items": 9, "restored": 9, "refused": "",
         "orphans": {"complete": false, "withoutCustomer": {"count": 0}, "withoutIdentity": {"count": 0}}}
        """);

    var operator = new Staff(host, "operator");
    var page = operator.get("/staff/operations").body();
    var inGerman = operator.get("/staff/operations?lang=de").body();

    assertThat(page)
        .contains("What drills found", ">failed<", "2 of 3 customers came back")
        .contains("1 were read and 4 were not", "who came back: 5", "half is missing: 13")
        .contains("says that they were erased: 9.", "Report: " + failed + ".")
        .contains("The backup of x could not be restored.", "Its report cannot be read.")
        .contains("<span lang=\"en\">There is &lt;no&gt; backup</span>")
        .contains("There was no backup to restore. Report: " + none)
        .contains("9 of 9 customers came back", "half is missing: not counted.")
        .doesNotContain("c9", "half is missing: 0", "The backup of  ");
    assertThat(inGerman)
        .contains("Die Sicherung vom x ließ sich nicht zurückholen.", "eine Hälfte fehlt: nicht")
        .contains("<span lang=\"en\">There is &lt;no&gt; backup</span>");
    for (var key : List.of(failed, refused, other, none, uncounted)) {
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
  }

  @Test
  void whatAwsDoesNotAnswerLeavesRedAlarmsAndAllOthersOnThePage() throws Exception {
    var operator = new Staff(host, "operator");
    cloudWatch("operator").ask("SetAlarmState", state("BackupAlarm", "ALARM"));
    var drill = "drills/passed/%014d-x.json".formatted(clock.instant().toEpochMilli());
    report(drill, "{}");
    for (var silent : List.of("DescribeKey", "ListObjectsV2", "GetObject", "Scan")) {
      CallInterceptor.disturb(
          new Disturbance() {
            @Override
            public void before(Call call) {
              if (call.function().equals("StaffFunction") && call.operation().equals(silent)) {
                throw SdkClientException.create("it is <silent>");
              }
            }
          });

      var answer = operator.get("/staff/operations");

      assertThat(answer.statusCode()).as(silent).isEqualTo(200);
      assertThat(answer.body())
          .as(silent)
          .contains("In alarm: BackupAlarm.", "<b>BackupAlarm</b>")
          .contains("AWS does not say how this stands.")
          .contains(silent.equals("GetObject") ? "What drills found" : "it is &lt;silent&gt;");
      assertThat(operator.get("/staff/operations?lang=de").body())
          .contains("AWS sagt nicht, wie es darum steht.")
          .doesNotContain("Ihre Zugangsdaten");
    }
    host.operator().s3().deleteObject(it -> it.bucket(backups()).key(drill));
  }

  @Test
  void cloudWatchThatRefusesAnswersSomethingElseOrIsSilentIsToldAndNothingElseIsLost()
      throws Exception {
    var refusal = "<ErrorResponse><Error><Code>AccessDenied</Code></Error></ErrorResponse>";
    assertThat(seenWith(403, refusal)).isEqualTo("AccessDenied");
    assertThat(seenWith(200, "a page of somebody's"))
        .isEqualTo("monitoring answers something else");
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      assertThat(seen(silent.getLocalPort(), Duration.ofMillis(500)))
          .isEqualTo("monitoring does not answer");
    }
  }

  private String seenWith(int status, String answer) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var server = HttpServer.create(address, 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = answer.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      return seen(server.getAddress().getPort(), LIMIT);
    } finally {
      server.stop(0);
    }
  }

  /** Why nobody knows of alarms, with a CloudWatch at this port; all else is looked at. */
  private String seen(int port, Duration patience) {
    var there = Optional.of(URI.create("http://localhost:" + port));
    var access =
        new AwsAccess(
            Region.of(host.stack().region()),
            StaticCredentialsProvider.create(AwsBasicCredentials.create("operator", "local")),
            there);
    var aws = host.operator();
    var seen =
        new SeenFromInside(
                new CheckRuns(new LastRuns(aws.s3(), backups())),
                new CheckKeys(aws.kms(), List.of(host.stack().keys().getFirst().arn())),
                new CheckLanes(new Lanes(aws.dynamoDb(), "lanes")),
                new Alarms(access, "vestibule", patience))
            .look(clock.instant());
    assertThat(seen.red()).isEmpty();
    assertThat(seen.checks())
        .extracting(Check::name)
        .containsExactly("backup", "drill", "alarms", "keys", "lanes");
    assertThat(seen.checks().stream().filter(it -> it.unknownBecause().isPresent()))
        .extracting(Check::name)
        .containsExactly("alarms");
    return seen.checks().get(2).unknownBecause().orElseThrow();
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
        new AwsAccess(region, credentials, Optional.of(host.aws())),
        "monitoring",
        "2010-08-01",
        Duration.ofSeconds(30));
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

  /** It must open what is held; which keys there are, it learns besides. */
  @Test
  void whoeverTakesThePagesOverGetsEachSealingKeyThatIsKeptAndNoKeyOfLinks() {
    try (var dynamoDb = as("StaffFunction")) {
      var names =
          dynamoDb
              .scan(
                  scan ->
                      scan.tableName("sealing-keys")
                          .select("SPECIFIC_ATTRIBUTES")
                          .projectionExpression("#name, createdAt")
                          .expressionAttributeNames(Map.of("#name", "name")))
              .items()
              .stream()
              .map(it -> Tables.text(it, "name"))
              .toList();
      assertThat(names).contains("public").anyMatch(it -> it.startsWith("private#"));
      for (var name : names) {
        if (name.startsWith("private#")) {
          assertThat(key(dynamoDb, "sealing-keys", name).item()).containsKey("wrapped");
        } else {
          assertThatThrownBy(() -> key(dynamoDb, "sealing-keys", name))
              .hasMessageContaining("not authorized");
        }
      }
      for (var name : List.of("link", "link#1", "email-index")) {
        assertThatThrownBy(() -> key(dynamoDb, "system-keys", name))
            .hasMessageContaining("not authorized");
      }
    }
  }

  private static GetItemResponse key(DynamoDbClient dynamoDb, String table, String name) {
    return dynamoDb.getItem(
        get -> get.tableName(table).key(Map.of("name", AttributeValue.fromS(name))));
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
