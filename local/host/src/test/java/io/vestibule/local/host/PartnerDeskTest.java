package io.vestibule.local.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vestibule.core.targets.Target;
import io.vestibule.core.targets.Targets;
import io.vestibule.delivery.egress.Egress;
import io.vestibule.delivery.kind.Answer;
import io.vestibule.delivery.kind.Bot;
import io.vestibule.delivery.kind.Message;
import io.vestibule.delivery.kind.Order;
import io.vestibule.delivery.kind.Secret;
import io.vestibule.delivery.kind.Webhook;
import io.vestibule.local.account.Closing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The partners of the local run, called by what calls the real ones. */
class PartnerDeskTest {

  private static final String ROOT = "/_local/partners/";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Closing closing = new Closing();
  private final Webhook webhook = new Webhook(new Egress());
  private final Bot bot = new Bot(new Egress(), Optional.empty());
  private WebServer server;
  private PartnerDesk desk;
  private LocalTargets local;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    server = WebServer.listen(0);
    closing.then(server::close);
    Files.copy(Path.of("..", "targets", "demo.json"), folder.resolve("demo.json"));
    for (String house : List.of("feishu", "dingtalk", "slack")) {
      Files.writeString(
          folder.resolve(house + ".json"),
          "{\"kind\": \"bot\", \"bot\": \"%s\", \"ground\": \"contract\"}".formatted(house));
      Files.writeString(
          folder.resolve(house + ".secret.json"),
          "{\"keys\": [\"key\"], \"url\": \"http://localhost:{port}%s%s/%s\"}"
              .formatted(ROOT, house, house));
    }
    local = LocalTargets.of(folder, server.uri().getPort(), closing);
    desk = new PartnerDesk(target -> local.secret("vestibule/" + target), Clock.systemUTC());
    server.serve(request -> desk.answer(request.path().substring(ROOT.length()), request));
  }

  @AfterEach
  void stop() throws IOException {
    closing.close();
  }

  @Test
  void theDemonstrationTakesAWebhookThatIsSignedWithItsSecretAndTellsWhatCame() throws IOException {
    assertThat(webhook.send(order("demo"), messages())).isEqualTo(Answer.taken());

    var call = calls("demo").path(0);
    assertThat(call.path("method").asText()).isEqualTo("POST");
    assertThat(call.path("path").asText()).isEqualTo(ROOT + "demo/hook");
    assertThat(call.path("headers").path("webhook-id").asText()).isEqualTo("msg_1");
    assertThat(JSON.readTree(call.path("body").asText()).path("data").path("number").asText())
        .isEqualTo("V-7K2M9Q");
    assertThat(call.path("answered").asInt()).isEqualTo(204);
  }

  @Test
  void aWebhookThatIsNotSignedSoOrIsOfAnotherTimeIsRefused() throws IOException {
    var good = order("demo");
    var stranger = new Secret(List.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), Optional.empty());

    assertThat(webhook.send(new Order(good.target(), stranger, good.at(), "msg_1"), messages()))
        .isEqualTo(new Answer.Stopped("refused-credentials"));
    assertThat(
            webhook.send(
                new Order(good.target(), good.secret(), good.at().minusSeconds(301), "msg_1"),
                messages()))
        .isEqualTo(new Answer.Stopped("refused-credentials"));
    assertThat(calls("demo")).hasSize(2).allMatch(it -> it.path("answered").asInt() == 401);
  }

  @Test
  void aPartnerIsDownForTwoCallsAndThenTakesTheSameOnce() throws IOException {
    set("demo", "{\"mode\": \"status\", \"status\": 500, \"times\": 2}");

    for (int attempt = 0; attempt < 2; attempt++) {
      assertThat(webhook.send(order("demo"), messages())).isEqualTo(Answer.later("status-500"));
    }
    assertThat(webhook.send(order("demo"), messages())).isEqualTo(Answer.taken());

    assertThat(calls("demo"))
        .extracting(it -> it.path("answered").asInt())
        .containsExactly(500, 500, 204);
  }

  @Test
  void aPartnerSaysThatItIsCalledTooOftenThatItDoesNotKnowUsOrThatItIsGone() throws IOException {
    set("demo", "{\"mode\": \"limit\"}");
    assertThat(webhook.send(order("demo"), messages()))
        .isEqualTo(new Answer.Later(Optional.of(Duration.ofMinutes(1)), "status-429"));
    set("demo", "{\"mode\": \"badToken\"}");
    assertThat(webhook.send(order("demo"), messages()))
        .isEqualTo(new Answer.Stopped("refused-credentials"));
    set("demo", "{\"mode\": \"status\", \"status\": 410}");
    assertThat(webhook.send(order("demo"), messages())).isEqualTo(new Answer.Stopped("gone"));
    set("demo", "{\"mode\": \"ok\"}");
    assertThat(webhook.send(order("demo"), messages())).isEqualTo(Answer.taken());
  }

  @ParameterizedTest
  @ValueSource(strings = {"feishu", "dingtalk", "slack"})
  void botsAreAsStrictAsTheirHouses(String house) throws IOException {
    var good = order(house);
    var stranger = new Secret(List.of("other"), good.secret().url());

    assertThat(bot.send(good, messages())).isEqualTo(Answer.taken());
    if (!house.equals("slack")) {
      assertThat(bot.send(new Order(good.target(), stranger, good.at(), "msg_1"), messages()))
          .isEqualTo(new Answer.Stopped("refused-credentials"));
    }
    set(house, "{\"mode\": \"errorIn200\"}");
    assertThat(bot.send(good, messages())).isNotEqualTo(Answer.taken());
    assertThat(calls(house)).allMatch(it -> it.path("answered").asInt() == 200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "demo | {\"mode\": \"odd\"} | 400",
        "demo | { | 400",
        "demo | {\"mode\": \"status\", \"status\": 1} | 400",
        "../x | {} | 404"
      })
  void whatNobodyUnderstandsIsSaid(String target, String wish, int status) {
    assertThat(desk.answer(target, request("POST", wish)).status()).isEqualTo(status);
  }

  @Test
  void aSecretIsThatOfItsFileOrMadeOnceAndNobodyElsesIsTold() {
    assertThat(local.secret("test-vestibule/slack").orElseThrow())
        .contains("http://localhost:" + server.uri().getPort() + "/_local/partners/slack/slack");
    assertThat(local.secret("vestibule/demo")).isEqualTo(local.secret("vestibule/demo"));
    assertThat(local.secret("vestibule/demo").orElseThrow()).startsWith("{\"keys\": [\"whsec_");
    assertThat(local.secret("vestibule/other")).isEmpty();
    assertThat(local.secret("vestibule/../demo")).isEmpty();
    assertThat(local.secret("demo")).isEmpty();
  }

  @Test
  void whatFunctionsSeeOfTheTargetsIsGoneWithTheRun() throws IOException {
    assertThat(local.folder().resolve("slack.json")).exists();
    assertThat(local.folder().resolve("slack.secret.json")).doesNotExist();

    closing.close();

    assertThat(local.folder()).doesNotExist();
  }

  private Order order(String name) throws IOException {
    Target target =
        new Targets(Optional.empty(), Optional.of(local.folder())).find(name).orElseThrow();
    var secret = JSON.readTree(local.secret("vestibule/" + name).orElseThrow());
    return new Order(
        target,
        new Secret(
            secret.path("keys").valueStream().map(JsonNode::asText).toList(),
            Optional.ofNullable(secret.path("url").textValue())),
        Instant.now(),
        "msg_1");
  }

  private static List<Message> messages() {
    return List.of(
        new Message(
            Message.CONFIRMED,
            "u-1",
            "V-7K2M9Q",
            "contact",
            "Contact us",
            Instant.parse("2026-11-28T02:00:00Z"),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty()));
  }

  private void set(String target, String wish) {
    assertThat(desk.answer(target, request("POST", wish)).status()).isEqualTo(200);
  }

  private JsonNode calls(String target) throws IOException {
    return JSON.readTree(desk.answer(target, request("GET", "")).body());
  }

  private static WebRequest request(String method, String body) {
    return new WebRequest(method, ROOT, "", "HTTP/1.1", new TreeMap<>(), body.getBytes(UTF_8));
  }
}
