package io.vestibule.local.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.vestibule.core.Json;
import io.vestibule.local.aws.Cases;
import io.vestibule.local.gateway.CallLog.Call;
import io.vestibule.local.journey.Stranger.Answer;
import java.io.IOException;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whoever hands the same thing in again, because no answer came, has handed it in once. */
class IdempotencyTest extends Journey {

  /** All cases are a hundred. */
  private static final int RETRIES = Cases.areAll() ? 100 : 20;

  private static final String FORM = "/forms/contact";
  private static final String JSON = "application/json";
  private static final String URL_ENCODED = "application/x-www-form-urlencoded";
  private static final Pattern NONCE = Pattern.compile("name=\"_nonce\" value=\"([^\"]*)\"");

  private Stranger client;

  @BeforeAll
  void arrive() {
    client = new Stranger(host);
  }

  @Test
  void aRetryIsTheSameSubmissionWithTheSameAnswerAndNothingMore() throws Exception {
    var ada = somebody();
    var first = post(ada, "Hello", "Idempotency-Key: \"one\"");
    assertThat(ada.mails()).hasSize(1);
    var before = tables.snapshot();
    var counted = accepted();

    var again = post(ada, "Hello", "Idempotency-Key: \"one\"");

    assertThat(again.status()).isEqualTo(first.status()).isEqualTo(202);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(ada.mails()).hasSize(1);
    assertThat(tables.snapshot()).isEqualTo(before);
    assertThat(accepted()).isEqualTo(counted);
  }

  @Test
  void whatHasBecomeOfTheSubmissionMakesNoDifference() throws Exception {
    var ada = somebody();
    var first = post(ada, "Hello", "Idempotency-Key: done");
    ada.presses(ada.link());
    host.drain(LIMIT);
    assertThat(tables.status(id(first))).isEqualTo("DONE");
    var before = tables.snapshot();
    clock.advance(Duration.ofDays(1));

    assertThat(post(ada, "Hello", "Idempotency-Key: done").body()).isEqualTo(first.body());
    host.drain(LIMIT);
    assertThat(tables.snapshot()).isEqualTo(before);
    assertThat(ada.mails()).hasSize(1);
  }

  @Test
  void theSameKeyWithAnotherBodyAndAnotherKeyWithTheSameBodyAreOtherSubmissions() throws Exception {
    var ada = somebody();
    var ids = new HashSet<String>();

    ids.add(id(post(ada, "Hello", "Idempotency-Key: a")));
    ids.add(id(post(ada, "Hello!", "Idempotency-Key: a")));
    ids.add(id(post(ada, "Hello", "Idempotency-Key: b")));
    ids.add(id(post(somebody(), "Hello", "Idempotency-Key: a")));
    ids.add(id(post(ada, "Hello", "Idempotency-Key: a", "Accept-Language: zh")));
    ids.add(id(post(ada, "Hello")));
    ids.add(id(post(ada, "Hello")));

    assertThat(ids).hasSize(7).allSatisfy(id -> assertThat(tables.submission(id)).isNotEmpty());
  }

  @Test
  void theSameContentIsTheSameHoweverItIsWritten() throws Exception {
    var ada = somebody();
    var first = id(post(ada, "Zoë", "Idempotency-Key: \"k\\\"1\\\\\""));
    String reordered =
        "{\"name\":\" Ada \",\"company\":null,\"_next\":\"x\",\"message\":\"Zoe\u0308\",\"email\":\"%s\"}"
            .formatted(ada.address);
    String form = "message=Zo%C3%AB&name=Ada&phone=&email=" + encode(ada.address);

    assertThat(id(client.posts(FORM, JSON, reordered, "Idempotency-Key: k\"1\\"))).isEqualTo(first);
    assertThat(
            id(client.posts(FORM, URL_ENCODED, form, "Idempotency-Key: k\"1\\", "Accept: " + JSON)))
        .isEqualTo(first);
  }

  @Test
  void manyRetriesAtOnceAreOneSubmission() throws Exception {
    var ada = somebody();
    post(ada, "Hello", "Idempotency-Key: warm");
    var rows = tables.items("submissions").size();
    Callable<Answer> post = () -> post(ada, "At once", "Idempotency-Key: at-once");
    var bodies = new HashSet<String>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < RETRIES; i++) {
        answers.add(threads.submit(post));
      }
      for (var answer : answers) {
        bodies.add(answer.get().body());
      }
    }

    assertThat(bodies).hasSize(1);
    assertThat(tables.items("submissions")).hasSize(rows + 1);
    assertThat(ada.mails()).hasSize(2);
  }

  @Test
  void aPageIsOneSubmissionHoweverOftenItsButtonIsPressed() throws Exception {
    var ada = somebody();
    String nonce = nonce(client.gets(FORM));
    String other = nonce(client.gets(FORM));
    assertThat(nonce).matches("[\\w-]{22}\\.\\d{10}\\.[\\w-]{22}").isNotEqualTo(other);

    clock.advance(Duration.ofSeconds(5));
    String page = fill(ada, nonce);
    var thanks = client.posts(FORM, URL_ENCODED, page);
    var rows = tables.items("submissions").size();
    assertThat(client.posts(FORM, URL_ENCODED, page).body()).isEqualTo(thanks.body());
    assertThat(tables.items("submissions")).hasSize(rows);
    assertThat(client.posts(FORM, URL_ENCODED, fill(ada, other)).body())
        .isNotEqualTo(thanks.body());
    assertThat(tables.items("submissions")).hasSize(rows + 1);
  }

  @Test
  void aPictureIsOneButtonWhereverItIsPressed() throws Exception {
    String page = fill(somebody(), nonce(client.gets(FORM)));
    clock.advance(Duration.ofSeconds(5));

    var thanks = client.posts(FORM, URL_ENCODED, page + "&go.x=17&go.y=4");
    var rows = tables.items("submissions").size();

    assertThat(client.posts(FORM, URL_ENCODED, page + "&go.x=3&go.y=9").body())
        .isEqualTo(thanks.body());
    assertThat(tables.items("submissions")).hasSize(rows);
  }

  @Test
  void aPageThatIsShownAgainIsStillTheSameAndOneWithoutANonceGetsOne() throws Exception {
    String nonce = nonce(client.gets(FORM));

    assertThat(nonce(client.posts(FORM, URL_ENCODED, "email=ada&_nonce=" + nonce)))
        .isEqualTo(nonce);
    assertThat(nonce(client.posts(FORM, URL_ENCODED, "email=ada"))).hasSizeGreaterThan(22);
  }

  @Test
  void aPostUnderAKeyIsOneRequestToDynamoDbOnceTheKeyOfTheHashIsKnown() throws Exception {
    var ada = somebody();
    post(ada, "Hello", "Idempotency-Key: warms-the-environment");
    try (var recording = host.calls().record()) {
      post(ada, "Hello", "Idempotency-Key: counted");
      post(ada, "Hello", "Idempotency-Key: counted");
      assertThat(recording.of("IntakeFunction"))
          .extracting(Call::operation, Call::status)
          .containsExactly(tuple("PutItem", 200), tuple("PutItem", 400));
    }
  }

  private Answer post(Person person, String message, String... headers) throws IOException {
    var body =
        Json.MAPPER
            .createObjectNode()
            .put("email", person.address)
            .put("name", "Ada")
            .put("message", message);
    return client.posts(FORM, JSON, body.toString(), headers);
  }

  private static String id(Answer answer) throws IOException {
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    return Json.MAPPER.readTree(answer.body()).path("id").asText();
  }

  private static String fill(Person person, String nonce) {
    return "email=%s&name=Ada&message=Hello&_nonce=%s".formatted(encode(person.address), nonce);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private static String nonce(Answer page) {
    var nonce = NONCE.matcher(page.body());
    assertThat(nonce.find()).isTrue();
    return nonce.group(1);
  }

  /** How often an acceptance was counted. */
  private long accepted() {
    return host.logs().getOrDefault("IntakeFunction", List.of()).stream()
        .filter(line -> line.contains("\"SubmissionAccepted\":1"))
        .count();
  }
}
