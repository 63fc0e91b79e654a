package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vestibule.local.chaos.Call;
import io.vestibule.local.chaos.CallInterceptor;
import io.vestibule.local.chaos.Disturbance;
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
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

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
        .doesNotContain("There is no backup yet", "look<");
    assertThat(operator.get("/staff/").body()).contains("Last backup", "Last drill passed");
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
