package io.vestibule.local.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Env;
import io.vestibule.core.Json;
import io.vestibule.keys.CustomerKeys;
import io.vestibule.keys.KeysetKey;
import io.vestibule.local.doctor.AuditTool;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What is on record of staff explains each key that was used for them, and has an end. */
class StaffAuditTest extends Journey {

  private final List<JsonNode> told = new ArrayList<>();

  @Override
  protected Map<String, String> parameters() {
    return Map.of("StaffSignIn", "oidc", "StaffAuditDays", "90");
  }

  /** A day of its own for each test: the run keeps the calls of the days before. */
  @BeforeEach
  void anotherDay() throws Exception {
    clock.advance(Duration.ofDays(1));
    new Backups(host).returns("KeyRotationFunction", Map.of()); // As each day has its own key.
    tables.clear("entries");
    told.clear();
  }

  @Test
  void eachKeyThatWasUsedForSomebodyHasAnEarlierRow() throws Exception {
    somebody().becomesACustomer(Map.of());
    var agent = new Staff(host, "agent");
    agent.get(agent.newest());

    assertThat(compare()).isTrue();
    assertThat(told.getLast().path("unwrapped").asInt()).isEqualTo(1);
    assertThat(told.getLast().path("unexplained").asInt()).isZero();
  }

  @Test
  void aKeyThatWasUsedWithoutARowIsListed() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    var number = new Records(host).customerId(ada.address);
    unwrap(number);

    assertThat(compare()).isFalse();
    assertThat(told.getFirst().path("customer").asText()).isEqualTo(number);
    assertThat(told.getLast().path("unexplained").asInt()).isEqualTo(1);
  }

  @Test
  void aLookExplainsNoKeyThatIsUsedAMinuteLater() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    var agent = new Staff(host, "agent");
    agent.get(agent.newest());
    clock.advance(Duration.ofMinutes(1));
    unwrap(new Records(host).customerId(ada.address));

    assertThat(compare()).isFalse();
    assertThat(told.getLast().path("unwrapped").asInt()).isEqualTo(2);
    assertThat(told.getLast().path("unexplained").asInt()).isEqualTo(1);
  }

  @Test
  void whatNeedsNobodysKeyExplainsNoneThatIsUsedInTheSameMoment() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    var number = new Records(host).customerId(ada.address);
    var admin = new Staff(host, "admin");
    admin.posts(admin.newest(), Map.of("from", "new", "to", "taken"));
    admin.posts("/staff/customers/" + number, Map.of("lift", "yes"));
    unwrap(number);

    assertThat(compare()).isFalse();
    assertThat(told.getFirst().path("customer").asText()).isEqualTo(number);
    assertThat(told.getLast().path("unexplained").asInt()).isEqualTo(1);
  }

  @Test
  void aNoteExplainsTheKeyThatItIsSealedWith() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    var number = new Records(host).customerId(ada.address);
    new Staff(host, "agent")
        .posts(
            "/staff/customers/" + number,
            Map.of("note", "Rang back", "once", "aaaaaaaaaaaaaaaaaaaaaa"));

    assertThat(compare()).isTrue();
    assertThat(told.getLast().path("unwrapped").asInt()).isEqualTo(1);
  }

  @Test
  void whereNothingRunsNothingIsCalledWell() throws Exception {
    var lines = new ByteArrayOutputStream();
    boolean isWell =
        AuditTool.run(
            "local",
            LocalDate.EPOCH,
            URI.create("http://localhost:1"),
            new PrintStream(lines, true, UTF_8));

    assertThat(isWell).isFalse();
    assertThat(lines.toString(UTF_8)).contains("error");
  }

  @Test
  void whatNamesAMemberOfStaffHasAnEndAndWhatWasDoneToCustomersHasNone() throws Exception {
    tables.clear("audit");
    somebody().becomesACustomer(Map.of());
    var agent = new Staff(host, "agent");
    var entry = agent.newest();
    agent.get(entry);
    agent.posts(entry, Map.of("from", "new", "to", "taken"));
    agent.posts("/staff/sign-out", Map.of());
    var end = clock.instant().plus(Duration.ofDays(90)).getEpochSecond();

    var rows = tables.items("audit");
    assertThat(rows).filteredOn(StaffAuditTest::isOfStaff).hasSizeGreaterThanOrEqualTo(6);
    assertThat(rows)
        .allSatisfy(
            row -> {
              if (isOfStaff(row)) {
                assertThat(Long.parseLong(requireNonNull(row.get("expiresAt")).n()))
                    .isBetween(end - 600, end);
              } else {
                assertThat(row).doesNotContainKeys("expiresAt", "who");
              }
            });
    assertThat(rows).anyMatch(row -> !isOfStaff(row));
  }

  private static boolean isOfStaff(Map<String, AttributeValue> row) {
    return Tables.text(row, "customerId").startsWith("staff-");
  }

  /** As whoever has taken StaffFunction over. */
  private void unwrap(String number) throws Exception {
    var env =
        Env.of(
            Map.of(
                "AWS_REGION",
                host.stack().region(),
                "AWS_ENDPOINT_URL",
                host.aws().toString(),
                "AWS_ACCESS_KEY_ID",
                "StaffFunction",
                "AWS_SECRET_ACCESS_KEY",
                "local"));
    var key =
        host.stack().function("StaffFunction").orElseThrow().environment().get("KEYSET_KEY_ARN");
    var wrapped =
        requireNonNull(
                tables.items("identities").stream()
                    .filter(it -> Tables.text(it, "customerId").equals(number))
                    .findFirst()
                    .orElseThrow()
                    .get("wrapped"))
            .b()
            .asByteArray();
    new CustomerKeys(KeysetKey.of(env, requireNonNull(key))).unwrap(number, wrapped);
  }

  private boolean compare() throws Exception {
    var lines = new ByteArrayOutputStream();
    var day = clock.instant().atOffset(ZoneOffset.UTC).toLocalDate();
    boolean isWell = AuditTool.run("local", day, host.uri(), new PrintStream(lines, true, UTF_8));
    for (var line : lines.toString(UTF_8).lines().toList()) {
      told.add(Json.MAPPER.readTree(line));
    }
    return isWell;
  }
}
