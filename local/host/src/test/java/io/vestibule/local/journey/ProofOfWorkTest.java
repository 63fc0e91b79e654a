package io.vestibule.local.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Json;
import io.vestibule.local.gateway.CallLog.Call;
import io.vestibule.local.journey.Stranger.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.altcha.altcha.Altcha;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A form that asks for work: {@code guarded}, which only tests have. */
class ProofOfWorkTest extends Journey {

  private static final String GUARDED = "/forms/guarded";
  private static final String JSON = "application/json";
  private static final Pattern EMBEDDED = Pattern.compile("data-challenge=\"([^\"]*)\"");

  private Stranger client;

  @BeforeAll
  void arrive() {
    client = new Stranger(host);
  }

  @Test
  void whoDoesTheWorkIsTakenInWithTheMarkThatItIsSpentAndMailedLikeAnybody() throws Exception {
    var ada = somebody();
    var before = marks();
    var answer = post(ada, "Hello", solved());

    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    assertThat(ada.mails()).hasSize(1);
    var marks = new ArrayList<>(marks());
    marks.removeAll(before);
    assertThat(marks).hasSize(1);
    var mark = marks.getFirst();
    assertThat(mark).containsOnlyKeys("id", "form", "expiresAt");
    assertThat(Tables.text(mark, "id")).matches("p[A-Za-z0-9_-]{22}");
    assertThat(Long.parseLong(requireNonNull(mark.get("expiresAt")).n()))
        .isGreaterThan(clock.instant().plus(Duration.ofMinutes(10)).getEpochSecond());
  }

  @Test
  void withoutTheWorkItIsRefusedTogetherWithEverythingElseInThePersonsLanguage() throws Exception {
    var english = client.posts(GUARDED, JSON, "{\"email\":\"ada\"}");
    var chinese = client.posts(GUARDED, JSON, "{\"email\":\"ada\",\"_lang\":\"zh\"}");

    assertThat(english.status()).isEqualTo(422);
    assertThat(Json.MAPPER.readTree(english.body()).get("errors"))
        .extracting(error -> error.get("pointer").asText())
        .containsExactly("/email", "/_altcha");
    assertThat(english.body()).contains("Please allow scripts and send the form once more.");
    assertThat(chinese.body()).contains("请启用脚本后再提交一次。");
  }

  @Test
  void wrongWorkIsRefusedAndNothingIsWritten() throws Exception {
    var ada = somebody();
    var before = tables.items("submissions").size();
    ObjectNode right = solution(challenge());
    var wrongs = new ArrayList<ObjectNode>();
    wrongs.add(right.deepCopy().put("number", right.get("number").asLong() + 1));
    wrongs.add(right.deepCopy().put("number", -1));
    wrongs.add(right.deepCopy().put("number", 1.5));
    wrongs.add(right.deepCopy().put("number", "1"));
    wrongs.add(right.deepCopy().put("algorithm", "SHA-1"));
    wrongs.add(right.deepCopy().put("algorithm", "none"));
    wrongs.add(right.deepCopy().put("signature", "0".repeat(64)));
    wrongs.add(right.deepCopy().put("challenge", "0".repeat(64)));
    wrongs.add(right.deepCopy().putNull("salt"));
    String salt = right.get("salt").asText();
    for (String other :
        List.of(
            salt.replace("&", ""),
            salt + "&",
            salt.replaceFirst("expires=\\d+", "expires=999999999999"),
            salt.replaceFirst("expires=\\d+", "expires=99999999999999999999"),
            salt.replaceFirst("expires=\\d+", "expires=%zz"),
            salt.replaceFirst("[?].*", ""),
            "?",
            "\u0000")) {
      wrongs.add(right.deepCopy().put("salt", other));
    }

    for (ObjectNode wrong : wrongs) {
      assertRefused(post(ada, "Hello", encode(wrong)), "does not fit this form");
    }
    assertThat(tables.items("submissions")).hasSize(before);
    assertThat(post(ada, "Hello", encode(right)).status()).isEqualTo(202);
  }

  @Test
  void whatIsNoSolutionAtAllIsRefusedLikeAWrongOne() throws Exception {
    var ada = somebody();
    String deep = "[".repeat(20_000) + "]".repeat(20_000);
    for (String hostile :
        List.of(
            "x",
            "not base64!",
            "=".repeat(100),
            "a".repeat(60_000),
            "e30=",
            "bnVsbA==",
            Base64.getEncoder().encodeToString(new byte[300]),
            Base64.getEncoder().encodeToString(deep.substring(0, 1_000).getBytes(UTF_8)),
            Base64.getEncoder().encodeToString(deep.getBytes(UTF_8)),
            "\u0000",
            "é中\ud83d\ude00",
            "{\"algorithm\":\"SHA-256\"}")) {
      assertThat(post(ada, "Hello", hostile).status()).as(hostile).isEqualTo(422);
    }
    for (String raw : List.of("{}", "[]", "[\"a\"]", "1e999", "true", "{\"a\":" + deep + "}")) {
      String body = "{\"email\":\"%s\",\"_altcha\":%s}".formatted(ada.address, raw);
      assertThat(client.posts(GUARDED, JSON, body).status()).as(raw).isIn(400, 422);
    }
    assertThat(ada.mails()).isEmpty();
  }

  @Test
  void workIsGoodForTenMinutes() throws Exception {
    var ada = somebody();
    clock.stop();
    var inTime = solved();
    clock.advance(Duration.ofMinutes(10));
    var late = solved();

    assertThat(post(ada, "In time", inTime).status()).isEqualTo(202);
    clock.advance(Duration.ofMinutes(10).plusSeconds(1));
    assertRefused(post(ada, "Late", late), "too old by now");
  }

  @Test
  void workForAnotherFormIsNoneForThisOne() throws Exception {
    var other = client.gets("/forms/guarded-too", "Accept: " + JSON);
    var solution = encode(solution(Json.MAPPER.readTree(other.body()).get("challenge")));

    assertRefused(post(somebody(), "Hello", solution), "does not fit this form");
  }

  @Test
  void workIsGoodForOnePost() throws Exception {
    var ada = somebody();
    var solution = solved();
    assertThat(post(ada, "First", solution).status()).isEqualTo(202);
    var before = tables.items("submissions").size();

    assertRefused(post(ada, "Second", solution), "was used before");
    assertRefused(post(somebody(), "First", solution), "was used before");
    assertRefused(post(ada, "First", solution, "Idempotency-Key: new"), "was used before");
    assertThat(tables.items("submissions")).hasSize(before);
  }

  @Test
  void whoHeardNoAnswerSendsTheVerySamePostAgainAndHasSentItOnce() throws Exception {
    var ada = somebody();
    var solution = solved();
    var first = post(ada, "Hello", solution, "Idempotency-Key: lost");

    var again = post(ada, "Hello", solution, "Idempotency-Key: lost");
    var withNewWork = post(ada, "Hello", solved(), "Idempotency-Key: lost");

    assertThat(first.status()).isEqualTo(202);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(withNewWork.body()).isEqualTo(first.body());
    assertThat(ada.mails()).hasSize(1);
    assertRefused(post(ada, "Hello!", solution, "Idempotency-Key: lost"), "was used before");
  }

  @Test
  void ofManyPostsAtOnceWithOneChallengeExactlyOneIsTakenIn() throws Exception {
    var ada = somebody();
    var solution = solved();
    var before = tables.items("submissions").size();
    var statuses = new ArrayList<Integer>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Answer>> answers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        String message = "Number " + i;
        Callable<Answer> post = () -> post(ada, message, solution);
        answers.add(threads.submit(post));
      }
      for (var answer : answers) {
        statuses.add(answer.get().status());
      }
    }

    assertThat(statuses).containsOnlyOnce(202);
    assertThat(statuses).filteredOn(status -> status != 202).containsOnly(422);
    assertThat(tables.items("submissions")).hasSize(before + 2);
  }

  @Test
  void itIsOneRequestToDynamoDb() throws Exception {
    post(somebody(), "Warms the environment", solved());
    var solution = solved();
    try (var recording = host.calls().record()) {
      post(somebody(), "Hello", solution);
      assertThat(recording.of("IntakeFunction"))
          .extracting(Call::service, Call::operation, Call::status)
          .containsExactly(tuple("dynamodb", "TransactWriteItems", 200));
    }
  }

  @Test
  void thePageHasAChallengeAndTheScriptAndSaysWhatToDoWithoutScripts() throws Exception {
    var page = Page.opened(client, GUARDED);
    var embedded = EMBEDDED.matcher(page.answer().body());

    assertThat(embedded.find()).isTrue();
    assertThat(page.answer().body())
        .contains("<script src=\"/vestibule.js\" defer></script>")
        .containsPattern("<noscript><p class=\"errors\">This form needs scripts");
    assertThat(page.answer().header("content-security-policy"))
        .contains("script-src 'self'; connect-src 'self';");
    JsonNode challenge =
        Json.MAPPER.readTree(embedded.group(1).replace("&#34;", "\"").replace("&amp;", "&"));
    var answer =
        page.sends(Map.of("email", somebody().address, "_altcha", encode(solution(challenge))));
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
  }

  @Test
  void aPageWithoutTheWorkIsShownAgainWithAllThatWasTypedAndANewChallenge() throws Exception {
    var shown =
        client.posts(
            GUARDED, "application/x-www-form-urlencoded", "email=ada%40example.net&message=Hi");

    assertThat(shown.status()).isEqualTo(422);
    assertThat(shown.body())
        .contains("Protection against machines: Your browser has not sent", "ada@example.net")
        .containsPattern(EMBEDDED);
  }

  @Test
  void pagesOfFormsThatAskForNoWorkRunNoScripts() throws Exception {
    var page = client.gets("/forms/contact");

    assertThat(page.body()).doesNotContain("<script", "<noscript", "_altcha");
    assertThat(page.header("content-security-policy")).doesNotContain("script-src", "connect-src");
  }

  @Test
  void scriptsOfListedOriginsMayFetchAChallenge() throws Exception {
    var listed = client.gets(GUARDED, "Accept: " + JSON, "Origin: https://www.example.com");
    var other = client.gets(GUARDED, "Accept: " + JSON, "Origin: https://evil.example");

    assertThat(listed.header("access-control-allow-origin")).isEqualTo("https://www.example.com");
    assertThat(listed.header("cache-control")).isEqualTo("no-store");
    assertThat(other.headers()).doesNotContainKey("access-control-allow-origin");
    assertThat(Json.MAPPER.readTree(listed.body()).get("challenge").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("algorithm", "challenge", "maxnumber", "salt", "signature");
  }

  private static void assertRefused(Answer answer, String why) throws IOException {
    assertThat(answer.status()).as(answer.body()).isEqualTo(422);
    var errors = Json.MAPPER.readTree(answer.body()).get("errors");
    assertThat(errors).hasSize(1);
    assertThat(errors.get(0).get("pointer").asText()).isEqualTo("/_altcha");
    assertThat(errors.get(0).get("detail").asText()).contains(why);
  }

  private Answer post(Person person, String message, String solution, String... headers)
      throws IOException {
    var body =
        Json.MAPPER
            .createObjectNode()
            .put("email", person.address)
            .put("message", message)
            .put("_altcha", solution);
    return client.posts(GUARDED, JSON, body.toString(), headers);
  }

  private JsonNode challenge() throws IOException {
    var answer = client.gets(GUARDED, "Accept: " + JSON);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return Json.MAPPER.readTree(answer.body()).get("challenge");
  }

  private String solved() throws Exception {
    return encode(solution(challenge()));
  }

  /** By ALTCHA's own solver, as its widget does. */
  private static ObjectNode solution(JsonNode challenge) throws Exception {
    var found =
        Altcha.solveChallenge(
            challenge.get("challenge").asText(),
            challenge.get("salt").asText(),
            Altcha.Algorithm.SHA256,
            challenge.get("maxnumber").asLong(),
            0);
    ObjectNode solution = challenge.deepCopy();
    solution.remove("maxnumber");
    return solution.put("number", found.number).put("took", found.took);
  }

  private static String encode(JsonNode solution) {
    return Base64.getEncoder().encodeToString(solution.toString().getBytes(UTF_8));
  }

  private List<Map<String, AttributeValue>> marks() {
    return tables.items("submissions").stream()
        .filter(item -> Tables.text(item, "id").startsWith("p"))
        .toList();
  }
}
