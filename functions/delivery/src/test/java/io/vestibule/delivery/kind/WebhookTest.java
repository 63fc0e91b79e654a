package io.vestibule.delivery.kind;

import static io.vestibule.delivery.kind.Orders.ID;
import static io.vestibule.delivery.kind.Orders.KEY;
import static io.vestibule.delivery.kind.Orders.NEWER_KEY;
import static io.vestibule.delivery.kind.Orders.NOW;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.vestibule.core.Json;
import io.vestibule.core.targets.Target;
import io.vestibule.delivery.egress.Egress;
import java.io.IOException;
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

class WebhookTest {

  private static final String FULL =
      """
      {"kind": "webhook", "url": "%s", "ground": "processor", "country": "DE", "content": "full",
       "fields": {"email": "mail", "message": "text"}}
      """;
  private static final String VALUES =
      """
      {"message": "A question: 在吗?", "email": "na@example.com", "phone": "010 1234567"}
      """;

  @TempDir private Path folder;
  private Receiver receiver;
  private final Kind webhook = new io.vestibule.delivery.kind.Webhook(new Egress());

  @BeforeEach
  void listen() throws IOException {
    receiver = new Receiver();
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void theVectorOfTheStandardIsSigned() {
    var headers =
        WebhookSigner.of(List.of(KEY))
            .orElseThrow()
            .headers(ID, NOW, "{\"test\": 2432232314}".getBytes(UTF_8));

    assertThat(headers)
        .containsEntry("webhook-id", ID)
        .containsEntry("webhook-timestamp", "1614265330")
        .containsEntry("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void thePublishedLibraryTakesWhatIsSentAndNothingElse() {
    var order = now(order(FULL, KEY));

    assertThat(webhook.send(order, List.of(Orders.message(order, VALUES))))
        .isEqualTo(Answer.taken());

    var call = receiver.calls().getFirst();
    assertThatCode(() -> new Webhook(KEY).verify(text(call), call.headers()))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> new Webhook(NEWER_KEY).verify(text(call), call.headers()))
        .isInstanceOf(WebhookVerificationException.class);
    assertThatThrownBy(() -> new Webhook(KEY).verify(text(call) + " ", call.headers()))
        .isInstanceOf(WebhookVerificationException.class);
  }

  @Test
  void whileTheSecretChangesEachOfTheTwoVerifies() {
    var order = now(order(FULL, NEWER_KEY, KEY));

    webhook.send(order, List.of(Orders.message(order, VALUES)));

    var call = receiver.calls().getFirst();
    assertThatCode(() -> new Webhook(KEY).verify(text(call), call.headers()))
        .doesNotThrowAnyException();
    assertThatCode(() -> new Webhook(NEWER_KEY).verify(text(call), call.headers()))
        .doesNotThrowAnyException();
  }

  @Test
  void itIsToldTheFieldsThatItMayKnowUnderItsOwnNames() throws IOException {
    var order = order(FULL, KEY);

    webhook.send(order, List.of(Orders.message(order, VALUES)));

    assertThat(body())
        .isEqualTo(
            Json.MAPPER.readTree(
                """
                {"type": "submission.confirmed", "timestamp": "2026-11-28T02:00:00.000Z",
                 "data": {"customer": "u-1", "number": "V-7K2M9Q", "form": "contact",
                          "fields": {"mail": "na@example.com", "text": "A question: 在吗?"}}}
                """));
    assertThat(receiver.calls().getFirst().header("Content-Type")).startsWith("application/json");
  }

  @Test
  void aThinOneIsToldNoValue() {
    var order = order(FULL.replace("\"full\"", "\"thin\""), KEY);

    webhook.send(order, List.of(Orders.message(order, VALUES)));

    assertThat(text(receiver.calls().getFirst()))
        .contains("V-7K2M9Q")
        .doesNotContain("fields", "na@example.com", "question");
  }

  @Test
  void whatIsTooLongForACallIsToldWithoutValues() throws IOException {
    var order = order(FULL, KEY);

    webhook.send(
        order,
        List.of(Orders.message(order, "{\"message\": \"%s\"}".formatted("水".repeat(7_000)))));

    assertThat(receiver.calls().getFirst().body()).hasSizeLessThan(20_000);
    assertThat(body().path("data").has("fields")).isFalse();
    assertThat(body().path("data").path("withheld").asText()).isEqualTo("size");
  }

  @Test
  void everyAttemptHasTheSameIdAndBodyAndATimeOfItsOwn() {
    receiver.answer(500, "", Map.of());
    receiver.answer(500, "", Map.of());
    var order = order(FULL, KEY);
    var message = Orders.message(order, VALUES);

    for (int second = 0; second < 3; second++) {
      webhook.send(
          new Order(order.target(), order.secret(), NOW.plusSeconds(second), ID), List.of(message));
    }

    assertThat(receiver.calls()).extracting(it -> it.header("webhook-id")).containsOnly(ID);
    assertThat(receiver.calls())
        .extracting(WebhookTest::text)
        .hasSize(3)
        .containsOnly(text(receiver.calls().getFirst()));
    assertThat(receiver.calls())
        .extracting(it -> it.header("webhook-timestamp"))
        .containsExactly("1614265330", "1614265331", "1614265332");
  }

  @Test
  void anErasureAndAWithdrawalNameTheEntriesAndNobody() throws IOException {
    var order = order(FULL, KEY);
    var numbers = List.of("V-7K2M9Q", "V-AAAAAA");

    webhook.erase(order, new Erasure("u-1", numbers, Set.of(), Target.OnErase.DELETE, NOW));
    assertThat(body())
        .isEqualTo(
            Json.MAPPER.readTree(
                """
                {"type": "customer.erased", "timestamp": "2021-02-25T15:02:10.000Z",
                 "data": {"customer": "u-1", "numbers": ["V-7K2M9Q", "V-AAAAAA"],
                  "wanted": "delete"}}
                """));

    webhook.unsubscribe(order, new Withdrawal("u-1", numbers, "marketing", NOW));
    assertThat(body().path("type").asText()).isEqualTo("consent.withdrawn");
    assertThat(body().path("data").path("purpose").asText()).isEqualTo("marketing");
  }

  @ParameterizedTest
  @CsvSource({
    "200, Taken",
    "204, Taken",
    "302, Later status-302",
    "307, Later status-307",
    "400, Failed status-400",
    "401, Stopped refused-credentials",
    "403, Stopped refused-credentials",
    "404, Later status-404",
    "410, Stopped gone",
    "422, Failed status-422",
    "429, Later status-429",
    "500, Later status-500",
    "504, Later status-504",
  })
  void onlySuccessIsSuccess(int status, String expected) {
    receiver.answer(status, "", Map.of("Location", receiver.url("/other").toString()));
    var order = order(FULL, KEY);

    var answer = webhook.send(order, List.of(Orders.message(order, VALUES)));

    assertThat(
            switch (answer) {
              case Answer.Taken _ -> "Taken";
              case Answer.Later(_, var code, _) -> "Later " + code;
              case Answer.Failed(var code, _) -> "Failed " + code;
              case Answer.Stopped(var code) -> "Stopped " + code;
            })
        .isEqualTo(expected);
  }

  @Test
  void aPartnerSaysForHowLongItWantsToBeLeftAlone() {
    receiver.answer(429, "", Map.of("Retry-After", "120"));
    receiver.answer(503, "", Map.of("Retry-After", "Thu, 25 Feb 2021 15:03:10 GMT"));
    receiver.answer(503, "", Map.of("Retry-After", "soon"));
    var order = order(FULL, KEY);
    var message = List.of(Orders.message(order, VALUES));

    assertThat(webhook.send(order, message))
        .isEqualTo(new Answer.Later(Optional.of(Duration.ofMinutes(2)), "status-429"));
    assertThat(webhook.send(order, message))
        .isEqualTo(new Answer.Later(Optional.of(Duration.ofMinutes(1)), "status-503"));
    assertThat(webhook.send(order, message)).isEqualTo(Answer.later("status-503"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "whsec_",
        "whsec_c2hvcnQ=",
        "whsec_%%%",
        "whpk_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3"
      })
  void withoutASecretThatIsOneNothingIsSent(String secret) {
    var order = order(FULL, secret);

    assertThat(webhook.send(order, List.of(Orders.message(order, VALUES))))
        .isEqualTo(new Answer.Stopped("secret-unusable"));
    assertThat(receiver.calls()).isEmpty();
  }

  @Test
  void nothingOfAPersonAndNoSecretIsInAnyText() {
    var order = order(FULL, KEY);
    var message = Orders.message(order, VALUES);

    assertThat(order + " " + message + " " + message.fields())
        .doesNotContain("na@example.com", "question", KEY);
  }

  private Order order(String file, String... keys) {
    return Orders.order(folder, file.formatted(receiver.url("/hook")), keys);
  }

  /** The library compares with the machine's clock. */
  private static Order now(Order order) {
    return new Order(order.target(), order.secret(), Instant.now(), order.messageId());
  }

  private JsonNode body() throws IOException {
    return Json.MAPPER.readTree(receiver.calls().getLast().body());
  }

  private static String text(Receiver.Call call) {
    return new String(call.body(), UTF_8);
  }
}
