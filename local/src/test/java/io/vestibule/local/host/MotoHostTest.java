package io.vestibule.local.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.local.aws.MotoServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The same run with an emulator outside of this process. */
class MotoHostTest {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Pattern LINK = Pattern.compile("(/verify/[\\w-]+)\\?token=([\\w-]+)");

  @Test
  void aSubmissionBecomesACustomerInMoto() throws Exception {
    try (var moto = MotoServer.start();
        var host = LocalHost.start(with(moto.endpoint()));
        var client = HttpClient.newHttpClient()) {
      var submission = "{\"name\":\"Ada\",\"email\":\"ada@example.org\",\"message\":\"Hi\"}";
      var _ =
          client.send(
              post(host, "/forms/contact", "application/json", submission),
              BodyHandlers.discarding());
      host.drain(SOON);
      var link = LINK.matcher(host.inbox().mails().getLast().html());
      assertThat(link.find()).isTrue();
      var _ =
          client.send(
              post(
                  host,
                  link.group(1),
                  "application/x-www-form-urlencoded",
                  "token=" + link.group(2)),
              BodyHandlers.discarding());
      host.drain(SOON);

      assertThat(host.operator().dynamoDb().scan(scan -> scan.tableName("customers")).items())
          .hasSize(1);
    }
  }

  private static Options with(URI aws) {
    return new Options(
        Path.of("../template.yaml"), 0, Clock.systemUTC(), Optional.of(aws), Map.of(), line -> {});
  }

  private static HttpRequest post(LocalHost host, String path, String type, String body) {
    return HttpRequest.newBuilder(host.uri().resolve(path))
        .header("Content-Type", type)
        .POST(BodyPublishers.ofString(body))
        .build();
  }
}
