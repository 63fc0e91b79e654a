package io.vestibule.local.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Json;
import io.vestibule.local.doctor.DoctorTool;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What make doctor says of a run on this machine. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DoctorTest extends Journey {

  @Override
  protected Map<String, String> parameters() {
    return Map.of("StaffSignIn", "oidc", "StaffMail", "owner@business.example");
  }

  @Test
  @Order(1)
  void beforeTheFirstBackupAndDrillThoseAreWhatIsMissing() throws Exception {
    var told = new ArrayList<JsonNode>();

    assertThat(examine(told)).isFalse();
    assertThat(names(told))
        .containsExactly(
            "identity",
            "dkim",
            "sandbox",
            "staff-mail",
            "backup",
            "drill",
            "alarms",
            "keys",
            "quotas",
            "sign-in",
            "lanes");
    assertThat(wrong(told)).containsExactly("backup", "drill");
    assertThat(cure(told, "backup")).contains("BackupFunction");
  }

  @Test
  @Order(2)
  void afterABackupAndADrillNothingIs() throws Exception {
    somebody().becomesACustomer(Map.of());
    var backups = new Backups(host);
    backups.returns("BackupFunction", Map.of());
    backups.returns("DrillFunction", Map.of());
    var told = new ArrayList<JsonNode>();

    assertThat(examine(told)).isTrue();
    assertThat(wrong(told)).isEmpty();
    assertThat(cure(told, "alarms")).isEqualTo("Nobody evaluates alarms in a run on this machine.");
    assertThat(cure(told, "backup")).isEmpty();
  }

  @Test
  @Order(3)
  void aStoppedLaneAndAKeyThatIsToBeDeletedAreNamed() throws Exception {
    host.operator()
        .dynamoDb()
        .putItem(
            put ->
                put.tableName("lanes")
                    .item(
                        Map.of(
                            "target", AttributeValue.fromS("zoho"),
                            "stopped", AttributeValue.fromS("gone"))));
    var key = host.stack().keys().getFirst().arn();
    host.operator().kms().scheduleKeyDeletion(it -> it.keyId(key).pendingWindowInDays(7));
    var told = new ArrayList<JsonNode>();
    try {
      assertThat(examine(told)).isFalse();
    } finally {
      host.operator().kms().cancelKeyDeletion(it -> it.keyId(key));
      host.operator().kms().enableKey(it -> it.keyId(key));
      tables.clear("lanes");
    }

    assertThat(wrong(told)).containsExactly("keys", "lanes");
    assertThat(cure(told, "keys")).contains(key, "PendingDeletion");
    assertThat(cure(told, "lanes")).contains("zoho (gone)");
  }

  @Test
  @Order(4)
  void aBackupOfTheDayBeforeYesterdayIsOld() throws Exception {
    clock.advance(Duration.ofHours(37));
    var told = new ArrayList<JsonNode>();

    assertThat(examine(told)).isFalse();
    assertThat(wrong(told)).containsExactly("backup");

    clock.advance(Duration.ofDays(34));
    told.clear();
    examine(told);
    assertThat(wrong(told)).containsExactly("backup", "drill");
  }

  @Test
  @Order(5)
  void whereNothingRunsItSaysSo() throws Exception {
    var told = new ArrayList<JsonNode>();

    assertThat(examine(URI.create("http://localhost:1"), told)).isFalse();
    assertThat(wrong(told)).containsExactly("stack");
    assertThat(cure(told, "stack")).contains("make run");
  }

  private boolean examine(List<JsonNode> told) throws Exception {
    return examine(host.uri(), told);
  }

  private static boolean examine(URI run, List<JsonNode> told) throws Exception {
    var lines = new ByteArrayOutputStream();
    boolean isWell = DoctorTool.run("local", run, new PrintStream(lines, true, UTF_8));
    for (var line : lines.toString(UTF_8).lines().toList()) {
      told.add(Json.MAPPER.readTree(line));
    }
    return isWell;
  }

  private static List<String> names(List<JsonNode> told) {
    return told.stream().map(it -> it.path("check").asText()).toList();
  }

  private static List<String> wrong(List<JsonNode> told) {
    return names(told.stream().filter(it -> !it.path("ok").asBoolean()).toList());
  }

  private static String cure(List<JsonNode> told, String check) {
    return told.stream()
        .filter(it -> it.path("check").asText().equals(check))
        .map(it -> it.path("cure").asText())
        .findFirst()
        .orElseThrow();
  }
}
