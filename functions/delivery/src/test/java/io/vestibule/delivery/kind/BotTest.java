package io.vestibule.delivery.kind;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Json;
import io.vestibule.core.targets.Target;
import io.vestibule.delivery.egress.Egress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BotTest {

  private static final String VALUES =
      "{\"message\": \"A question\", \"email\": \"na@example.com\"}";

  /** The time of the vectors. */
  private static final Instant THEN = Instant.ofEpochSecond(1_599_360_473);

  @TempDir private Path folder;
  private Receiver receiver;
  private final Kind bot = new Bot(new Egress(), Optional.of(URI.create("https://staff.example/")));

  @BeforeEach
  void listen() throws IOException {
    receiver = new Receiver();
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void feishuIsSignedAsItsVectorIs() throws IOException {
    var order = order("feishu", "/bot/v2/hook/token", "demo");
    receiver.answer(200, "{\"code\":0,\"msg\":\"success\"}", Map.of());

    assertThat(send(order)).isEqualTo(Answer.taken());

    assertThat(Json.MAPPER.readTree(receiver.calls().getFirst().body()))
        .isEqualTo(
            Json.MAPPER.readTree(
                """
                {"timestamp": "1599360473", "sign": "l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8=",
                 "msg_type": "text",
                 "content": {"text": "New: Contact us · 2\\nhttps://staff.example/"}}
                """));
  }

  @Test
  void dingtalkIsSignedAsItsVectorIs() throws IOException {
    var order = order("dingtalk", "/robot/send?access_token=t", "SECdemo");
    receiver.answer(200, "{\"errcode\":0,\"errmsg\":\"ok\"}", Map.of());

    assertThat(send(order)).isEqualTo(Answer.taken());

    var call = receiver.calls().getFirst();
    assertThat(call.path())
        .isEqualTo(
            "/robot/send?access_token=t&timestamp=1599360473000"
                + "&sign=tGWkA5eQOQNCNPDgphtxIoNLO%2B%2FgD8Lcb705KQoRzeY%3D");
    assertThat(Json.MAPPER.readTree(call.body()).path("markdown").path("title").asText())
        .isEqualTo("New: Contact us · 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"feishu", "dingtalk", "slack"})
  void noBotIsToldAnythingOfAnybody(String house) {
    send(order(house, "/x", "key"));

    assertThat(new String(receiver.calls().getFirst().body(), UTF_8))
        .contains("Contact us · 2")
        .doesNotContain("question", "na@example.com", "V-7K2M9Q", "u-1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "feishu   | 200 | {\"code\":0}             | Taken",
        "feishu   | 200 | {\"code\":19021}         | Stopped[code=refused-credentials]",
        "feishu   | 200 | {\"code\":11232}         | Later[retryAfter=Optional.empty, code=too-fast, isOfOne=false]",
        "feishu   | 200 | {\"code\":9499}          | Later[retryAfter=Optional.empty, code=error-in-answer, isOfOne=false]",
        "feishu   | 200 | <html>                   | Later[retryAfter=Optional.empty, code=error-in-answer, isOfOne=false]",
        "feishu   | 200 | {}                       | Later[retryAfter=Optional.empty, code=error-in-answer, isOfOne=false]",
        "dingtalk | 200 | {\"errcode\":0}          | Taken",
        "dingtalk | 200 | {\"errcode\":130101}     | Later[retryAfter=Optional[PT10M], code=too-fast, isOfOne=false]",
        "dingtalk | 200 | {\"errcode\":310000}     | Stopped[code=refused-credentials]",
        "slack    | 200 | ok                       | Taken",
        "slack    | 200 | no_service               | Stopped[code=refused-credentials]",
        "slack    | 200 | hello                    | Later[retryAfter=Optional.empty, code=error-in-answer, isOfOne=false]",
        "slack    | 403 | invalid_token            | Stopped[code=refused-credentials]",
        "slack    | 400 | invalid_payload          | Failed[code=status-400, field=Optional.empty]",
        "slack    | 500 | oh                       | Later[retryAfter=Optional.empty, code=status-500, isOfOne=false]",
      })
  void whatIsWrongInsideAGoodStatusIsSeen(String house, int status, String body, String expected) {
    receiver.answer(status, body, Map.of());

    assertThat(send(order(house, "/x", "key"))).hasToString(expected);
  }

  @Test
  void thereIsNothingToEraseAndNothingIsSent() {
    var order = order("slack", "/x", "key");

    assertThat(
            bot.erase(
                order,
                new Erasure("u-1", List.of("V-7K2M9Q"), Set.of(), Target.OnErase.DELETE, THEN)))
        .isEqualTo(Answer.taken());
    assertThat(receiver.calls()).isEmpty();
    assertThat(order.target().gathered()).isEqualTo(Duration.ofMinutes(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"not an address", "http://[", "http://169.254.169.254/"})
  void anAddressThatIsNoneOrInsideIsNotCalled(String url) {
    var order = order("slack", "/x", "key");
    var bad = new Secret(List.of(), Optional.of(url));

    assertThat(
            bot.send(
                new Order(order.target(), bad, THEN, Orders.ID),
                List.of(Orders.message(order, VALUES))))
        .isInstanceOf(Answer.Stopped.class);
    assertThat(receiver.calls()).isEmpty();
  }

  private Answer send(Order order) {
    var message = Orders.message(order, VALUES);
    return bot.send(order, List.of(message, message));
  }

  private Order order(String house, String path, String key) {
    var secret = new Secret(List.of(key), Optional.of(receiver.url(path).toString()));
    var order =
        Orders.order(
            folder,
            "{\"kind\": \"bot\", \"bot\": \"%s\", \"ground\": \"contract\"}".formatted(house),
            secret);
    return new Order(order.target(), secret, THEN, Orders.ID);
  }
}
