package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Json;
import io.vestibule.core.RowId;
import io.vestibule.store.rows.OpenSubmissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Records that a stream forgot. In this template the mailer gets no record until a row's third
 * touch, and storage none until a row's first touch after the press.
 */
class LostRecordsTest extends Journey {

  @TempDir private static Path folder;

  @Override
  Path template() throws IOException {
    var lossy =
        Files.readString(TEMPLATE)
            .replace("{\"status\":{\"S\":[\"PENDING\"]}}", afterTouches("PENDING", 3))
            .replace("{\"status\":{\"S\":[\"VERIFIED\"]}}", afterTouches("VERIFIED", 1));
    return Files.writeString(folder.resolve("template.yaml"), lossy);
  }

  private static String afterTouches(String status, int touches) {
    return "{\"status\":{\"S\":[\"%s\"]},\"touches\":{\"N\":[\"%d\"]}}".formatted(status, touches);
  }

  @Test
  void whatAStreamForgotIsTouchedEverySixHoursUntilItIsACustomer() throws Exception {
    var ada = somebody();
    var id = ada.submits(Map.of());
    var countedBefore = countedAsStuck();

    after(Duration.ofMinutes(14));
    assertThat(tables.submission(id)).as("young").doesNotContainKey("touches");
    after(Duration.ofMinutes(2));
    assertThat(touches(id)).as("not so young").isEqualTo("1");
    after(Duration.ofHours(5));
    assertThat(touches(id)).as("touched not long ago").isEqualTo("1");
    assertThat(countedAsStuck()).isEqualTo(countedBefore);
    after(Duration.ofHours(1));
    assertThat(touches(id)).as("touched long ago").isEqualTo("2");
    assertThat(tables.status(id)).isEqualTo("PENDING");
    after(Duration.ofMinutes(16));
    assertThat(countedAsStuck()).as("for the alarm").isGreaterThan(countedBefore);
    after(Duration.ofHours(6));
    assertThat(tables.status(id)).isEqualTo("MAILED");

    ada.presses(ada.link());
    after(Duration.ofMinutes(14));
    assertThat(tables.status(id)).isEqualTo("VERIFIED");
    after(Duration.ofMinutes(2));
    assertThat(tables.status(id)).isEqualTo("DONE");
    assertThat(ada.mails()).hasSize(1);
    assertThat(new Records(host).value(ada.address, "message")).isEqualTo("Hello");
  }

  @Test
  void whatWasConfirmedAndHeldGoesToStorageWhenItIsReleased() throws Exception {
    var ada = somebody();
    var id = ada.submits(Map.of());
    touchedForTheThirdTime(id);
    ada.presses(ada.link());
    tables.set(id, Map.of("status", "HELD", "open", "HELD#0", "reason", "too-large"));

    var event = Json.MAPPER.createObjectNode().put("release", id);
    host.functions().invoke("ReconcileFunction", event, "test");
    assertThat(tables.status(id)).isEqualTo("VERIFIED");
    after(Duration.ofHours(6));
    assertThat(tables.status(id)).isEqualTo("DONE");
    assertThat(new Records(host).isKnown(ada.address)).isTrue();
  }

  /** As the reconciler touches it in the end. */
  private void touchedForTheThirdTime(String id) {
    var submissions = new OpenSubmissions(host.operator().dynamoDb(), "submissions");
    var row = submissions.read(List.of(new RowId(id))).getFirst();
    assertThat(submissions.touch(row, 3, clock.instant())).isTrue();
  }

  /** A later run. */
  private void after(Duration time) throws InterruptedException {
    clock.advance(time);
    host.functions().invoke("ReconcileFunction", Json.MAPPER.createObjectNode(), "test");
    host.drain(LIMIT);
  }

  private String touches(String id) {
    var touches = tables.submission(id).get("touches");
    return touches == null ? "" : touches.n();
  }

  private long countedAsStuck() {
    return host.logs().getOrDefault("ReconcileFunction", List.of()).stream()
        .filter(line -> line.contains("SubmissionStuck"))
        .count();
  }
}
