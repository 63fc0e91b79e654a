package io.vestibule.local.ses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vestibule.local.aws.Backend.Response;
import io.vestibule.local.aws.BackendServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Records in the form that LocalStack and Floci document; moto's is read from moto itself. */
class OutsideInboxTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC);

  @Test
  void readsWhatLocalStackKeeps() throws IOException {
    var record =
        """
        {"messages": [{"Id": "1", "Region": "eu-central-1", "Source": "a@sender.example",
          "Destination": {"ToAddresses": ["ada@reader.example"], "CcAddresses": ["b@reader.example"]},
          "Subject": "Hi", "Body": {"text_part": "您好", "html_part": null},
          "Timestamp": "2026-11-21T08:37:13"}]}
        """;

    assertThat(mailsIn(record))
        .containsExactly(
            new Mail(
                List.of("ada@reader.example", "b@reader.example"),
                "Hi",
                "您好",
                "",
                Instant.parse("2026-11-21T08:37:13Z"),
                Map.of("From", "a@sender.example")));
  }

  @Test
  void readsWhatFlociKeepsAndLeavesRawMailsOut() throws IOException {
    var record =
        """
        {"messages": [
          {"Id": "1", "Source": "a@sender.example", "RawData": "From: …", "Timestamp": "…"},
          {"Id": "2", "Source": "a@sender.example", "Destination": {},
           "Subject": "Hi", "Body": {"text_part": "t", "html_part": "<p>h</p>"},
           "Timestamp": "2026-11-21T08:37:13.123Z"}]}
        """;

    assertThat(mailsIn(record))
        .singleElement()
        .satisfies(
            mail -> {
              assertThat(mail.html()).isEqualTo("<p>h</p>");
              assertThat(mail.at()).isEqualTo(Instant.parse("2026-11-21T08:37:13.123Z"));
            });
  }

  @Test
  void anEmptyRecordIsAnEmptyInbox() throws IOException {
    assertThat(mailsIn("{\"messages\": []}")).isEmpty();
  }

  @Test
  void saysWhichEmulatorKeepsNoRecord() {
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> mailsIn("<html>"))
        .withMessageContaining("neither as LocalStack does nor as moto does");
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(new OutsideInbox(URI.create("http://127.0.0.1:1"), CLOCK)::mails);
  }

  private static List<Mail> mailsIn(String record) throws IOException {
    try (var server =
        new BackendServer(
            request ->
                new Response(
                    request.target().equals("/_aws/ses") ? 200 : 404,
                    Map.of(),
                    record.getBytes(StandardCharsets.UTF_8)))) {
      return new OutsideInbox(server.endpoint(), CLOCK).mails();
    }
  }
}
