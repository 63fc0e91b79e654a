package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Law;
import io.vestibule.core.Timestamp;
import io.vestibule.core.forms.Business;
import io.vestibule.local.chaos.Call;
import io.vestibule.local.chaos.CallInterceptor;
import io.vestibule.local.chaos.Disturbance;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What staff enter for somebody who wrote a letter, or rang up. */
class StaffBehalfTest extends Journey {

  private static final String LIMIT_CODE = "\"code\":\"behalf-limit-reached\"";

  /** What BehalfLimitAlarm watches. */
  private static final String LIMIT_COUNT = "\"BehalfLimitReached\":1";

  private static final String NAME = "Canary Byron";

  private Person ada;
  private String number;
  private String customer;
  private SavedTables before;
  private int pages;

  @Override
  protected Map<String, String> parameters() {
    return Map.of("StaffSignIn", "oidc");
  }

  @BeforeAll
  void somebodyIsACustomer() throws Exception {
    ada = somebody();
    ada.becomesACustomer(Map.of("name", NAME, "consent.newsletter", "v1"));
    number = new Records(host).customerId(ada.address);
    customer = "/staff/customers/" + number;
    before = SavedTables.of(tables);
  }

  @BeforeEach
  void asTheyWere() throws Exception {
    before.setBack();
  }

  @AfterEach
  void calm() {
    CallInterceptor.calm();
  }

  @Test
  void aCopyGoesToNobodyButTheMailboxOfTheCustomer() throws Exception {
    var privacy = new Staff(host, "privacy");
    var answer = enters(privacy, "access", "letter");

    assertThat(Staff.location(answer)).startsWith(customer + "?done=mailed");
    assertThat(privacy.get(Staff.location(answer)).body()).contains("on its way to them");
    host.drain(LIMIT);
    var row = theRow();
    assertThat(Tables.text(row, "status")).isEqualTo("MAILED");
    var link = ada.link(Tables.text(row, "id"));
    var mail = ada.newestMail();
    assertThat(mail.text()).contains("asked by letter", "a member of our staff has entered that");
    ada.presses(link);
    host.drain(LIMIT);
    assertThat(ada.get(link).body()).contains(NAME);
    assertThat(privacy.get("/staff/requests").body()).doesNotContain(Person.token(link));
  }

  /** The letter is there, and an answer is owed, whatever becomes of the mail. */
  @Test
  void aCopyThatNobodyTakesIsWrittenDownNevertheless() throws Exception {
    enters(new Staff(host, "privacy"), "access", "letter");
    host.drain(LIMIT);

    new Backups(host).returns("DeadlineFunction", Map.of());
    assertThat(audit("requests#"))
        .singleElement()
        .matches(it -> Tables.text(it, "behalf").equals("letter privacy"))
        .matches(it -> Tables.text(it, "status").equals("MAILED"))
        .matches(it -> Tables.text(it, "kind").equals("access"));
  }

  @Test
  void theLawCountsFromTheDayOnWhichTheyAsked() throws Exception {
    enters(new Staff(host, "privacy"), "access", "phone");
    host.drain(LIMIT);

    var zone = Business.load().timeZone();
    var begin = received().atStartOfDay(zone).toInstant();
    assertThat(Tables.text(theRow(), "createdAt")).isEqualTo(Timestamp.of(begin));
    assertThat(Tables.text(theRow(), "dueAt"))
        .isEqualTo(Timestamp.of(Law.GDPR.dueAt(begin, zone, 1)));
  }

  /** Its form would have ended it after three days, and the law after a month. */
  @Test
  void whatLayAboutForLongIsMailedNevertheless() throws Exception {
    var form = form("access", "letter");
    form.put("received", received().minusDays(100).toString());
    new Staff(host, "privacy").posts(customer, form);
    host.drain(LIMIT);

    assertThat(Tables.text(theRow(), "status")).isEqualTo("MAILED");
    assertThat(ada.get(ada.link(Tables.text(theRow(), "id"))).statusCode()).isEqualTo(200);
  }

  @Test
  void aWithdrawalIsAnsweredAtOnceAndTheCustomerIsTold() throws Exception {
    var answer = enters(new Staff(host, "admin"), "withdraw.all", "phone");

    assertThat(Staff.location(answer)).startsWith(customer + "?done=asked");
    host.drain(LIMIT);
    assertThat(Tables.text(theRow(), "status")).isEqualTo("DONE");
    assertThat(new Records(host).of(ada.address).withdrawals()).hasSize(1);
    assertThat(ada.get(lastLink()).body()).contains("withdrawn");
    assertThat(requestsFile()).singleElement(STRING).endsWith(",phone,admin,");
  }

  @Test
  @Tag("check")
  void anErasureWaitsForASecondPersonAndIsThenAsAnyOther() throws Exception {
    var privacy = new Staff(host, "privacy");
    assertThat(Staff.location(enters(privacy, "erase", "letter")))
        .startsWith(customer + "?done=waiting");
    host.drain(LIMIT);
    var id = Tables.text(theRow(), "id");
    assertThat(tables.status(id)).isEqualTo("HELD second-person");
    var held = "/staff/held/" + id;

    assertThat(confirms(privacy, held).statusCode()).isEqualTo(403);
    assertThat(tables.status(id)).isEqualTo("HELD second-person");
    var admin = new Staff(host, "admin");
    assertThat(admin.get("/staff/").body()).contains("Waits for a second person", "days left: ");
    assertThat(admin.get("/staff/requests").body()).contains("Waits for a second person", held);
    assertThat(admin.get(held).body())
        .contains("By letter", "privacy · local-privacy", "Called back", ada.address)
        .contains("href=\"" + customer)
        .contains("name=\"confirm\"")
        .doesNotContain("value=\"release\"");
    assertThat(confirms(admin, held).statusCode()).isEqualTo(303);
    host.drain(LIMIT);
    Requests.wake(this, Tables.text(theRow(), "id"));

    assertThat(new Records(host).isKnown(ada.address)).isFalse();
    assertThat(tables.status(id)).isEqualTo("DONE");
    assertThat(ada.get(lastLink()).body()).contains("erased");
    assertThat(requestsFile()).singleElement(STRING).endsWith(",letter,privacy,admin");
    assertThat(audit("staff-row#" + id))
        .extracting(it -> Tables.text(it, "action") + " " + Tables.text(it, "who"))
        .contains("ordered local-privacy", "asked-to-confirm local-admin");
    assertThat(actions())
        .containsExactly(
            "ordered local-privacy",
            "entered local-privacy",
            "asked-to-confirm local-privacy",
            "refused local-privacy same-person",
            "asked-to-confirm local-admin",
            "confirmed local-admin");
    assertThat(audit("behalf#")).allMatch(it -> it.containsKey("expiresAt"));
    assertThat(tables.items("requests").toString()).doesNotContain("local-privacy", "local-admin");
    assertThat(host.logs().toString())
        .contains("same-person")
        .doesNotContain(ada.address, "local-privacy");
  }

  @Test
  void aLegalHoldThatIsSetBeforeItIsConfirmedStopsIt() throws Exception {
    var held = waiting();
    var admin = new Staff(host, "admin");
    admin.posts(customer, Map.of("ground", "§ 147 AO"));

    assertThat(confirms(admin, held).statusCode()).isEqualTo(303);
    host.drain(LIMIT);

    assertThat(new Records(host).isKnown(ada.address)).isTrue();
    assertThat(Tables.text(theRow(), "status")).isEqualTo("DONE");
    assertThat(ada.get(lastLink()).body()).contains("147 AO");
  }

  @Test
  void ofTwoWhoConfirmOneIsToldThatItDoesNotWaitAnyMore() throws Exception {
    var held = waiting();
    var admin = new Staff(host, "admin");

    assertThat(confirms(admin, held).statusCode()).isEqualTo(303);
    assertThat(confirms(admin, held).statusCode()).isEqualTo(409);
    assertThat(actions())
        .endsWith("asked-to-confirm local-admin", "refused local-admin gone")
        .containsOnlyOnce("confirmed local-admin");
  }

  /** One has looked at the row and is about to change it, as the other one does. */
  @Test
  void ofTwoAtTheSameMomentTheAuditNamesTheOneWhoConfirmed() throws Exception {
    waiting();
    var id = Tables.text(theRow(), "id");
    var faster = new ArrayList<String>();
    var isFirst = new AtomicBoolean(true);
    CallInterceptor.disturb(
        new Disturbance() {
          @Override
          public void before(Call call) {
            if (call.function().equals("DeletionFunction")
                && call.operation().equals("TransactWriteItems")
                && isFirst.getAndSet(false)) {
              faster.add(confirmedBy(id, "alan@example.net"));
            }
          }
        });

    assertThat(confirmedBy(id, "edsger@example.net")).isEqualTo("gone");
    assertThat(faster).containsExactly("confirmed");
    assertThat(actions())
        .contains("confirmed alan@example.net", "refused edsger@example.net gone")
        .doesNotContain("confirmed edsger@example.net");
  }

  @Test
  void whoeverDiesBeforeTheRowIsChangedHasConfirmedNothing() throws Exception {
    var held = waiting();
    var admin = new Staff(host, "admin");
    disturb("DeletionFunction", "TransactWriteItems");

    assertThat(confirms(admin, held).statusCode()).isEqualTo(503);
    CallInterceptor.calm();
    host.drain(LIMIT);
    assertThat(new Records(host).isKnown(ada.address)).isTrue();
    assertThat(actions()).endsWith("asked-to-confirm local-admin");
    assertThat(confirms(admin, held).statusCode()).isEqualTo(303);
  }

  @Test
  void nothingIsEnteredIfTheAuditCannotSayWhoDoes() throws Exception {
    disturb("StaffFunction", "TransactWriteItems");

    assertThat(enters(new Staff(host, "privacy"), "erase", "letter").statusCode()).isEqualTo(503);
    assertThat(tables.items("requests")).isEmpty();
  }

  /** By the command line, nobody else says who does. */
  @Test
  void nothingIsOpenedIfDeletionCannotSayWhoOrdersIt() throws Exception {
    waiting();
    var id = Tables.text(theRow(), "id");
    var proof = theRow().get("proof");
    disturb("DeletionFunction", "PutItem");

    assertThatThrownBy(() -> confirmedBy(id, "alan@example.net")).isNotNull();
    var order = order("access");
    order.put("customer", number);
    assertThatThrownBy(() -> orders("ask", order)).isNotNull();
    assertThat(theRow()).containsEntry("proof", proof);
    assertThat(tables.items("requests")).hasSize(1);
  }

  /** Else one person could have the second one look at somebody else. */
  @Test
  void onePagesNumberOnAnotherCustomersPageIsAnotherRequest() throws Exception {
    var privacy = new Staff(host, "privacy");
    var eve = somebody();
    eve.becomesACustomer(Map.of("name", "Eve"));
    var other = new Records(host).customerId(eve.address);
    var form = form("erase", "letter");
    assertThat(privacy.posts(customer, form).statusCode()).isEqualTo(303);
    var held = "/staff/held/" + Tables.text(theRow(), "id");

    assertThat(Staff.location(privacy.posts("/staff/customers/" + other, form)))
        .contains(other + "?done=waiting");
    form.put("check", "document");
    assertThat(privacy.posts(customer, form).statusCode()).isEqualTo(303);

    assertThat(tables.items("requests")).hasSize(3);
    assertThat(new Staff(host, "admin").get(held).body())
        .contains("href=\"" + customer, "Called back")
        .doesNotContain(other, "document");
  }

  /** Whoever takes a letter for another costs them what no key brings back. */
  @Test
  void whatOneEntersCountsAsLooks() throws Exception {
    var privacy = new Staff(host, "privacy");
    enters(privacy, "withdraw.all", "phone");

    assertThat(audit("staff-day#"))
        .extracting(it -> Tables.text(it, "action") + " " + Tables.text(it, "subjectOf"))
        .contains("ordered " + number);
  }

  /** Whoever may write the table has no key of links. */
  @Test
  void whoWritesTheTableMakesUpNoFirstPerson() throws Exception {
    var held = waiting();
    var privacy = new Staff(host, "privacy");
    var row = new HashMap<>(theRow());
    var theirs = Objects.requireNonNull(row.get("proof")).b().asByteArray().clone();
    theirs[0]++; // Somebody else is to have entered it.
    row.put("proof", AttributeValue.fromB(SdkBytes.fromByteArray(theirs)));
    tables.put("requests", List.of(row));

    assertThat(confirms(privacy, held).body()).contains("Nobody of ours has entered this");
    assertThat(confirms(new Staff(host, "admin"), held).statusCode()).isEqualTo(409);
    host.drain(LIMIT);
    assertThat(new Records(host).isKnown(ada.address)).isTrue();
    assertThat(host.logs().toString()).contains("entered-forged");
  }

  @Test
  void anotherRoleOrChannelInTheRowIsForgedToo() throws Exception {
    var held = waiting();
    tables.set(Tables.text(theRow(), "id"), Map.of("behalf", "letter operator"));
    assertThat(confirms(new Staff(host, "admin"), held).statusCode()).isEqualTo(409);

    tables.set(Tables.text(theRow(), "id"), Map.of("behalf", "phone privacy"));
    assertThat(confirms(new Staff(host, "admin"), held).statusCode()).isEqualTo(409);

    tables.set(Tables.text(theRow(), "id"), Map.of("behalf", "letter privacy"));
    assertThat(confirms(new Staff(host, "admin"), held).statusCode()).isEqualTo(303);
  }

  /** Whoever releases what is held has no right to erase anybody. */
  @Test
  void toReleaseItIsNotToConfirmIt() throws Exception {
    waiting();
    var id = Tables.text(theRow(), "id");

    new Backups(host).returns("ReconcileFunction", Map.of("release", id, "for", "second-person"));
    host.drain(LIMIT);

    assertThat(tables.status(id)).isEqualTo("HELD second-person");
    tables.setStatus(id, "VERIFIED");
    host.drain(LIMIT);
    assertThat(tables.status(id)).isEqualTo("HELD forged");
    assertThat(new Records(host).isKnown(ada.address)).isTrue();
  }

  @Test
  void theSecondPersonMayRejectIt() throws Exception {
    var held = waiting();
    var admin = new Staff(host, "admin");

    assertThat(admin.posts(held, Map.of("decision", "reject", "for", "second-person")).statusCode())
        .isEqualTo(303);
    assertThat(Tables.text(theRow(), "status")).isEqualTo("ERASED");
    assertThat(theRow()).doesNotContainKeys("sealed", "proof", "emailIndex");
    assertThat(confirms(admin, held).statusCode()).isEqualTo(409);
  }

  @Test
  void itIsForWhoMay() throws Exception {
    for (var role : List.of("agent", "viewer")) {
      var staff = new Staff(host, role);
      assertThat(staff.get(customer).body()).doesNotContain("name=\"deed\"");
      assertThat(enters(staff, "erase", "letter").statusCode()).isEqualTo(404);
    }
    assertThat(tables.items("requests")).isEmpty();
    var held = waiting();
    var agent = new Staff(host, "agent");
    assertThat(agent.get(held).statusCode()).isEqualTo(404);
    assertThat(confirms(agent, held).statusCode()).isEqualTo(404);
    assertThat(tables.status(Tables.text(theRow(), "id"))).isEqualTo("HELD second-person");
  }

  @Test
  void whatIsIncompleteOrOfADayThatCannotBeIsRefused() throws Exception {
    var privacy = new Staff(host, "privacy");
    for (var wrong :
        List.of(
            Map.of(
                "received",
                LocalDate.ofInstant(clock.instant(), Business.load().timeZone())
                    .plusDays(1)
                    .toString()),
            Map.of("received", received().minusDays(200).toString()),
            Map.of("received", "yesterday"),
            Map.of("deed", "everything"),
            Map.of("channel", "pigeon"),
            Map.of("check", ""),
            Map.of("once", "short"))) {
      var form = form("access", "letter");
      form.putAll(wrong);
      assertThat(privacy.posts(customer, form).statusCode()).as(wrong.toString()).isEqualTo(400);
    }
    var unknown = privacy.posts("/staff/customers/nobody", form("access", "letter"));
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(tables.items("requests")).isEmpty();
  }

  @Test
  void aPageThatIsSentTwiceEntersOneRequest() throws Exception {
    var privacy = new Staff(host, "privacy");
    var page = privacy.get(customer).body();
    var form = form("erase", "letter");
    form.put("once", page.replaceFirst("(?s).*name=\"once\" value=\"([^\"]+)\".*", "$1"));

    assertThat(privacy.posts(customer, form).statusCode()).isEqualTo(303);
    assertThat(privacy.posts(customer, form).statusCode()).isEqualTo(409);
    assertThat(tables.items("requests")).hasSize(1);
  }

  @Test
  void anotherPagesTokenOrAnotherSiteEntersNothing() throws Exception {
    var privacy = new Staff(host, "privacy");
    var form = form("erase", "letter");
    form.put("csrf", "of another page");

    assertThat(
            privacy
                .sends(customer, form, "Sec-Fetch-Site", "same-origin", "Origin", host.uri() + "")
                .statusCode())
        .isEqualTo(403);
    assertThat(tables.items("requests")).isEmpty();
  }

  @Test
  void theOrderByCommandLineDoesTheSame() throws Exception {
    var order = order("erase");
    order.put("email", ada.address);
    var entered = orders("ask", order);
    assertThat(entered.path("outcome").asText()).isEqualTo("waiting");
    var id = entered.path("request").asText();

    assertThat(confirmedBy(id, " Grace@Example.NET ")).isEqualTo("same-person");
    assertThat(confirmedBy(id, "alan@example.net")).isEqualTo("confirmed");
    assertThat(confirmedBy(id, "alan@example.net")).isEqualTo("gone");
    host.drain(LIMIT);
    Requests.wake(this, Tables.text(theRow(), "id"));
    assertThat(new Records(host).isKnown(ada.address)).isFalse();
  }

  @Test
  void whoIsAloneSaysSo() throws Exception {
    var order = order("erase");
    order.put("customer", number);
    order.put("alone", true);

    assertThat(orders("ask", order).path("outcome").asText()).isEqualTo("entered");
    host.drain(LIMIT);
    Requests.wake(this, Tables.text(theRow(), "id"));
    assertThat(new Records(host).isKnown(ada.address)).isFalse();
    assertThat(audit("behalf#"))
        .extracting(it -> Tables.text(it, "action"))
        .containsExactly("ordered", "entered-alone");
  }

  /** Whoever took over StaffFunction could name any two people. */
  @Test
  void noMoreAreErasedSoOnOneDayThanAFew() throws Exception {
    var held = waiting();
    takePlaces("erase", 50);
    long lines = told(LIMIT_CODE);
    long counted = told(LIMIT_COUNT);

    assertThat(confirms(new Staff(host, "admin"), held).statusCode()).isEqualTo(429);
    assertThat(actions()).endsWith("refused local-admin enough");
    assertThat(told(LIMIT_CODE)).isEqualTo(lines + 1);
    assertThat(told(LIMIT_COUNT)).isEqualTo(counted + 1);
    assertThat(enters(new Staff(host, "privacy"), "erase", "phone").statusCode())
        .as("it waits, and erases nobody")
        .isEqualTo(303);
    assertThat(enters(new Staff(host, "privacy"), "access", "phone").statusCode()).isEqualTo(303);
    clock.advance(Duration.ofDays(1));
    assertThat(confirms(new Staff(host, "admin"), held).statusCode()).isEqualTo(303);
  }

  @ParameterizedTest
  @ValueSource(strings = {"access", "withdraw.all"})
  void noMoreIsMailedOrWithdrawnSoEither(String deed) throws Exception {
    takePlaces(deed.replace(".all", ""), 50);
    long counted = told(LIMIT_COUNT);

    assertThat(enters(new Staff(host, "privacy"), deed, "letter").statusCode()).isEqualTo(429);
    assertThat(tables.items("requests")).isEmpty();
    assertThat(actions()).containsExactly("ordered local-privacy");
    assertThat(told(LIMIT_COUNT)).isEqualTo(counted + 1);
  }

  /** How often a line of the log has it. */
  private long told(String what) {
    return host.logs().getOrDefault("DeletionFunction", List.of()).stream()
        .filter(it -> it.contains(what))
        .count();
  }

  /** Each has counted before any of them is written. */
  @Test
  void ofManyAtTheSameMomentNoMoreAreErasedThanThereArePlaces() throws Exception {
    takePlaces("erase", 48);
    try (var pool = Executors.newFixedThreadPool(6)) {
      var orders = new ArrayList<Callable<String>>();
      for (int i = 0; i < 6; i++) {
        var order = order("erase");
        order.put("email", "person" + i + "@example.net");
        order.put("alone", true);
        orders.add(() -> orders("ask", order).path("outcome").asText());
      }
      var outcomes = new ArrayList<String>();
      for (var each : pool.invokeAll(orders)) {
        outcomes.add(each.get());
      }
      assertThat(outcomes)
          .containsExactlyInAnyOrder("entered", "entered", "enough", "enough", "enough", "enough");
    }
  }

  private void takePlaces(String kind, int count) {
    var day = Timestamp.of(clock.instant()).substring(0, 10);
    var rows = new ArrayList<Map<String, AttributeValue>>();
    for (int i = 0; i < count; i++) {
      rows.add(
          Map.of(
              "customerId", AttributeValue.fromS("behalf-places#" + day + "#" + kind),
              "at#id", AttributeValue.fromS("%03d".formatted(i)),
              "row", AttributeValue.fromS("r" + i)));
    }
    tables.put("audit", rows);
  }

  @Test
  void whatNobodyConfirmsRingsAsItsTimeRunsOut() throws Exception {
    waiting();
    clock.advance(Duration.ofDays(20));

    var answer = new Backups(host).returns("DeadlineFunction", Map.of());
    assertThat(answer.path("requests").path("half").asInt()).isEqualTo(1);
  }

  private LocalDate received() {
    return LocalDate.ofInstant(clock.instant(), Business.load().timeZone()).minusDays(3);
  }

  private Map<String, String> form(String deed, String channel) {
    var form = new HashMap<String, String>();
    form.put("deed", deed);
    form.put("channel", channel);
    form.put("received", received().toString());
    form.put("check", "called-back");
    form.put("once", "AAAAAAAAAAAAAAAAAAAAA" + "AQgw".charAt(pages++ % 4));
    return form;
  }

  private HttpResponse<String> enters(Staff staff, String deed, String channel) throws Exception {
    return staff.posts(customer, form(deed, channel));
  }

  private static HttpResponse<String> confirms(Staff staff, String held) throws Exception {
    return staff.posts(held, Map.of("confirm", "yes"));
  }

  /** An erasure that was entered; its page. */
  private String waiting() throws Exception {
    assertThat(enters(new Staff(host, "privacy"), "erase", "letter").statusCode()).isEqualTo(303);
    return "/staff/held/" + Tables.text(theRow(), "id");
  }

  private Map<String, Object> order(String deed) {
    var order = new HashMap<String, Object>(form(deed, "phone"));
    order.remove("once");
    order.put("by", "grace@example.net");
    order.put("role", "privacy");
    return order;
  }

  private JsonNode orders(String what, Map<String, ?> order) {
    return new Backups(host).returns("DeletionFunction", Map.of(what, order));
  }

  private String confirmedBy(String id, String by) {
    return orders("confirm", Map.of("request", id, "by", by, "role", "admin"))
        .path("outcome")
        .asText();
  }

  private Map<String, AttributeValue> theRow() {
    return tables.items("requests").getFirst();
  }

  private URI lastLink() throws Exception {
    return Person.link(ada.newestMail());
  }

  private List<String> requestsFile() throws Exception {
    return new Staff(host, "admin").get("/staff/requests.csv").body().lines().skip(1).toList();
  }

  private List<Map<String, AttributeValue>> audit(String key) {
    return tables.items("audit").stream()
        .filter(it -> Tables.text(it, "customerId").startsWith(key))
        .sorted((one, other) -> Tables.text(one, "at#id").compareTo(Tables.text(other, "at#id")))
        .toList();
  }

  /** What deletion has of what was done in somebody's name, in its order. */
  private List<String> actions() {
    return audit("behalf#").stream()
        .map(
            it ->
                "%s %s %s"
                    .formatted(
                        Tables.text(it, "action"),
                        Tables.text(it, "who"),
                        Tables.text(it, "action").equals("refused")
                            ? Tables.text(it, "reason")
                            : "")
                    .strip())
        .toList();
  }

  private static void disturb(String function, String operation) {
    CallInterceptor.disturb(
        new Disturbance() {
          @Override
          public void before(Call call) {
            if (call.function().equals(function) && call.operation().equals(operation)) {
              throw new IllegalStateException("it dies here");
            }
          }
        });
  }
}
