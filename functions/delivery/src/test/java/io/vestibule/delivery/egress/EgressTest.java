package io.vestibule.delivery.egress;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.delivery.kind.Receiver;
import io.vestibule.local.aws.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EgressTest {

  private static final byte[] BODY = {'{', '}'};

  /** Whoever waits for so long for what is not answered has waited. */
  private static final Duration LONG = Duration.ofSeconds(30);

  private final Egress egress = egress(Patience.LIMIT, Patience.LIMIT);
  private final CountDownLatch isOver = new CountDownLatch(1);
  private Receiver receiver;

  @BeforeEach
  void listen() throws IOException {
    receiver = new Receiver();
  }

  @AfterEach
  void close() {
    isOver.countDown();
    receiver.close();
  }

  @Test
  void aTargetOfALocalRunIsCalledOnThisMachineAndAnyOtherIsNot() {
    assertThat(post(true, receiver.url("/a"))).isInstanceOf(Reply.Answered.class);
    assertThat(post(false, receiver.url("/b"))).isEqualTo(new Reply.NotPublic());
    assertThat(receiver.calls()).hasSize(1);
  }

  @Test
  void aNameThatStandsForAnAddressInsideIsNotCalled() {
    assertThat(post(false, URI.create("https://hooks.example.com/")))
        .isEqualTo(new Reply.NotPublic());
    assertThat(post(true, URI.create("https://hooks.example.com/")))
        .isEqualTo(new Reply.NotPublic());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0177.0.0.1/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://localhost./",
        "https://localhost/",
        "http://hooks.example.com/",
        "http://127.0.0.1:9001/2018-06-01/runtime/invocation/next",
      })
  void noSpellingGetsInside(String url) {
    assertThat(post(false, URI.create(url))).isEqualTo(new Reply.NotPublic());
    assertThat(post(true, URI.create(url))).isEqualTo(new Reply.NotPublic());
  }

  @Test
  void nobodyIsFollowed() throws IOException {
    try (var other = new Receiver()) {
      receiver.answer(
          exchange -> {
            exchange.getResponseHeaders().set("Location", other.url("/").toString());
            exchange.sendResponseHeaders(307, -1);
          });

      assertThat(status(post(true, receiver.url("/")))).isEqualTo(307);
      assertThat(other.calls()).isEmpty();
    }
  }

  @Test
  void aCallIsMadeOnceWhateverComesBack() {
    receiver.answer(
        exchange -> {
          exchange.getResponseHeaders().set("Retry-After", "1");
          exchange.sendResponseHeaders(503, -1);
        });

    assertThat(status(post(true, receiver.url("/")))).isEqualTo(503);
    assertThat(receiver.calls()).hasSize(1);
  }

  @Test
  void ofALongAnswerTheBeginningIsRead() {
    receiver.answer(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (var body = exchange.getResponseBody()) {
            for (int i = 0; i < 10_000; i++) {
              body.write(new byte[4_096]);
            }
          }
        });

    var reply = (Reply.Answered) post(true, receiver.url("/"));

    assertThat(reply.body()).hasSize(4_096);
  }

  @Test
  void whoDoesNotAnswerIsNotWaitedFor() {
    receiver.answer(
        exchange -> {
          isOverWithin(LONG);
          exchange.sendResponseHeaders(204, -1);
        });

    assertThat(post(egress(Duration.ofMillis(400), Patience.LIMIT), true, receiver.url("/")))
        .isEqualTo(new Reply.NoAnswer());
  }

  @Test
  @Tag("slow")
  void whoAnswersByteByByteIsNotWaitedForEither() {
    receiver.answer(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          var between = Duration.ofMillis(200);
          for (long i = 0; i < LONG.dividedBy(between) && !isOverWithin(between); i++) {
            exchange.getResponseBody().write('x');
            exchange.getResponseBody().flush();
          }
        });

    assertThat(post(egress(Patience.LIMIT, Duration.ofSeconds(1)), true, receiver.url("/")))
        .isEqualTo(new Reply.NoAnswer());
  }

  @Test
  void whoIsNotThereDoesNotAnswer() throws IOException {
    URI gone;
    try (var closed = new Receiver()) {
      gone = closed.url("/");
    }

    assertThat(post(true, gone)).isEqualTo(new Reply.NoAnswer());
  }

  private static Egress egress(Duration silence, Duration longest) {
    return new Egress(
        name -> new InetAddress[] {InetAddress.getLoopbackAddress()}, silence, longest);
  }

  private Reply post(boolean mayBeHere, URI url) {
    return post(egress, mayBeHere, url);
  }

  private static Reply post(Egress egress, boolean mayBeHere, URI url) {
    return egress.post(url, mayBeHere, Map.of(), BODY);
  }

  private static int status(Reply reply) {
    return ((Reply.Answered) reply).status();
  }

  /** Whether the test is over before so much time has passed. */
  private boolean isOverWithin(Duration time) {
    try {
      return isOver.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
