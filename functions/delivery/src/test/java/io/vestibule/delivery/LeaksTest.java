package io.vestibule.delivery;

import static io.vestibule.delivery.Office.GROUND;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.store.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What the delivery must not tell to anybody but its targets. */
class LeaksTest {

  private static final String SECRET_PATH = "/hook-of-ours-only";

  @Test
  @Tag("slow")
  void neitherPeopleNorSecretsAreInLogsMetricsAndRows(@TempDir Path folder) throws IOException {
    try (var office = new Office(folder)) {
      String printed = Office.printed(() -> everything(office));

      assertThat(office.told().toString()).contains(Office.CANARY);
      assertThat(office.mails().toString()).contains(Office.CANARY);
      assertThat(printed)
          .contains("status-422", "lane-stopped", "no-answer", "entry-unreadable", "one-failed")
          .doesNotContain(Office.CANARY, "Ada", Office.KEY, SECRET_PATH);
      for (var table : new Table[] {Table.DELIVERIES, Table.LANES, Table.RECIPIENTS, Table.AUDIT}) {
        assertThat(office.all(table).toString())
            .as(table.name())
            .isNotEqualTo("[]")
            .doesNotContain(Office.CANARY, "Ada", Office.KEY, SECRET_PATH);
      }
    }
  }

  private static void everything(Office office) {
    office.webhook("demo", GROUND);
    office.target("gone", webhook("http://localhost:1/"));
    office.secret("gone", "{\"keys\": [\"" + Office.KEY + "\"]}");
    office.target("keyless", webhook(office.receiver.url("/keyless").toString()));
    office.secret("keyless", Office.KEY);
    office.target("chat", "{\"kind\": \"bot\", \"bot\": \"slack\"" + GROUND + "}");
    office.secret("chat", "{\"url\": \"http://localhost:1" + SECRET_PATH + "\"}");
    office.target("mail", "{\"kind\": \"mail\", \"to\": \"staff@business.example\"" + GROUND + "}");
    office.receiver.answer(422, "about person1@" + Office.CANARY, Map.of());
    office.handsIn();
    office.wake();
    office.receiver.answer(500, "about person2@" + Office.CANARY, Map.of());
    var unreadable = office.handsIn();
    var entry = new HashMap<>(office.entry(unreadable));
    entry.put("ciphertext", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[50])));
    office.put(Table.ENTRIES, entry);
    office.wake();
    DyingCalls.fail("SendEmail");
    office.handsIn();
    office.wake();
    DyingCalls.fail("TransactWriteItems");
    office.advance(Duration.ofHours(1));
    office.handsIn();
    office.wake();
    DyingCalls.calm();
    office.advance(Duration.ofHours(1));
    office.wake();
    var ada = office.handsIn();
    office.wake();
    office.erase(ada, "request");
    office.advance(Duration.ofHours(1));
    office.receiver.answer(410, "", Map.of());
    office.wake();
  }

  private static String webhook(String url) {
    return "{\"kind\": \"webhook\", \"url\": \"%s\"%s}".formatted(url, GROUND);
  }
}
