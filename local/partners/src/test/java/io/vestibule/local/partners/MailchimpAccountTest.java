package io.vestibule.local.partners;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The emulator refuses what Mailchimp's papers say that Mailchimp refuses. */
class MailchimpAccountTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant NOW = Instant.parse("2026-11-28T02:00:00Z");

  /** Of {@code urist.mcvankab@freddiesjokes.com}. */
  private static final String URIST = "/members/62eeb292278cc15f5817cb78f7790b08";

  private static final String NEW =
      "{\"email_address\":\"Urist.McVankab@freddiesjokes.com\",\"status_if_new\":\"subscribed\"}";

  private MailchimpAccount account =
      new MailchimpAccount("k-us19", "a1", Clock.fixed(NOW, ZoneOffset.UTC));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "PUT | /3.0/lists/a1 | {} | 200 | ``",
        "PUT | /3.0/lists/a2/members/62eeb292278cc15f5817cb78f7790b08 | {} | 404 | Resource Not Found",
        "PUT | /3.0/lists/a1/members/urist@freddiesjokes.com | {} | 404 | Resource Not Found",
        "PATCH | /3.0/lists/a1/members/62eeb292278cc15f5817cb78f7790b08 | {} | 404 | Resource Not Found",
        "BREW | /3.0/lists/a1/members/62eeb292278cc15f5817cb78f7790b08 | {} | 405 | Method Not Allowed",
        "GET | /3.0/elsewhere | {} | 404 | Resource Not Found",
      })
  void whatIsNotThereIsRefused(String method, String path, String body, int status, String title)
      throws Exception {
    assertRefused(call(method, path, "", body), status, title);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "nonsense | Bad Request",
        "{\"email_address\":\"no\",\"status_if_new\":\"subscribed\"} | Invalid Resource",
        "{\"email_address\":\"a@b.example\",\"status_if_new\":\"subscribed\"} | Invalid Resource",
        "{\"email_address\":\"urist.mcvankab@freddiesjokes.com\"} | Invalid Resource",
        "{\"email_address\":\"urist.mcvankab@freddiesjokes.com\",\"status_if_new\":\"yes\"} | Invalid Resource",
        "{\"email_address\":\"urist.mcvankab@freddiesjokes.com\",\"status_if_new\":\"subscribed\",\"more\":1} | Invalid Resource",
        "{\"email_address\":\"urist.mcvankab@freddiesjokes.com\",\"status_if_new\":\"subscribed\",\"language\":\"zh-Hans\"} | Invalid Resource",
        "{\"email_address\":\"urist.mcvankab@freddiesjokes.com\",\"status_if_new\":\"subscribed\",\"timestamp_opt\":\"yesterday\"} | Invalid Resource",
        "{\"email_address\":\"urist.mcvankab@freddiesjokes.com\",\"status_if_new\":\"subscribed\",\"merge_fields\":{\"FNAME\":true}} | Invalid Resource",
      })
  void aMemberIsRefusedWithAReason(String body, String title) throws Exception {
    assertRefused(member("PUT", "", body), 400, title);
    assertThat(account.members()).isEmpty();
  }

  @Test
  void aFieldThatTheAudienceDemandsIsForgivenWhoSaysSo() throws Exception {
    assertRefused(call("PUT", "/3.0/lists/a1" + URIST, "", NEW), 400, "Invalid Resource");
    assertThat(member("PUT", "", NEW).status()).isEqualTo(200);
  }

  @Test
  void noStatusIsLiftedAndStatusIfNewChangesNobodyWhoIsThere() throws Exception {
    member("PUT", "", NEW);
    member("PATCH", "", "{\"status\":\"unsubscribed\"}");

    assertThat(JSON.readTree(member("PUT", "", NEW).body()).path("status").asText())
        .isEqualTo("unsubscribed");
    assertRefused(
        member("PATCH", "", "{\"status\":\"subscribed\"}"), 400, "Member In Compliance State");
  }

  @Test
  void whoIsArchivedIsStillThereAndWhoIsDeletedForGoodNeverComesBack() throws Exception {
    member("PUT", "", NEW);
    assertThat(member("DELETE", "", "").status()).isEqualTo(204);
    assertThat(account.members()).hasSize(1);

    assertThat(member("POST", "/actions/delete-permanent", "{}").status()).isEqualTo(204);
    assertThat(account.members()).isEmpty();
    assertRefused(member("POST", "/actions/delete-permanent", "{}"), 404, "Resource Not Found");
    assertRefused(member("PUT", "", NEW), 400, "Forgotten Email Not Subscribed");
  }

  @Test
  void tagsHaveANameAndAStatus() throws Exception {
    member("PUT", "", NEW);

    assertThat(member("POST", "/tags", "{\"tags\":[{\"name\":\"vip\",\"status\":\"active\"}]}"))
        .isEqualTo(PartnerAnswer.empty(204));
    assertThat(account.members().getFirst().at("/tags/0/name").asText()).isEqualTo("vip");
    member("POST", "/tags", "{\"tags\":[{\"name\":\"vip\",\"status\":\"inactive\"}]}");
    assertThat(account.members().getFirst().path("tags")).isEmpty();
    assertRefused(
        member("POST", "/tags", "{\"tags\":[{\"name\":\"vip\"}]}"), 400, "Invalid Resource");
  }

  @Test
  void whoChangesTheirAddressIsFoundByWhatDoesNotChange() {
    member("PUT", "", NEW);
    var contact = account.members().getFirst().path("contact_id").asText();
    account.move("urist.mcvankab@freddiesjokes.com", "urist@example.org");

    assertThat(member("GET", "", "").status()).isEqualTo(404);
    assertThat(call("GET", "/3.0/lists/a1/members/" + contact, "", "").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"Basic any:k-us19,200", "Basic any:other,401", "Bearer k-us19,200", "k-us19,401"})
  void theKeyIsAPasswordOrAToken(String scheme, int status) {
    var header =
        scheme.startsWith("Basic ")
            ? "Basic " + Base64.getEncoder().encodeToString(scheme.substring(6).getBytes(UTF_8))
            : scheme;
    var call =
        new PartnerCall("GET", "/3.0/lists/a1", "", Map.of("authorization", header), new byte[0]);
    assertThat(account.answer(call).status()).isEqualTo(status);
  }

  @Test
  void whoeverIsUnderLoadSaysNoAndNotAWord() {
    account.beBusy(1);
    assertThat(call("GET", "/3.0/lists/a1", "", "")).isEqualTo(PartnerAnswer.empty(403));
    assertThat(call("GET", "/3.0/lists/a1", "", "").status()).isEqualTo(200);
  }

  @Test
  void theEleventhCallAtOnceIsOneTooMany() throws Exception {
    var begun = new CountDownLatch(1);
    var end = new CountDownLatch(1);
    InstantSource slow =
        () -> {
          begun.countDown();
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return NOW;
        };
    account = new MailchimpAccount("k-us19", "a1", slow.withZone(ZoneOffset.UTC));
    var threads = new Thread[10];
    for (int i = 0; i < threads.length; i++) {
      threads[i] = Thread.ofPlatform().start(() -> member("PUT", "", NEW));
      begun.await(); // The first one holds up the others.
    }
    while (Stream.of(threads).skip(1).anyMatch(it -> it.getState() != Thread.State.BLOCKED)) {
      Thread.onSpinWait();
    }

    assertThat(member("PUT", "", NEW).status()).isEqualTo(429);
    end.countDown();
    for (var thread : threads) {
      thread.join();
    }
    assertThat(member("PUT", "", NEW).status()).isEqualTo(200);
  }

  private PartnerAnswer member(String method, String deed, String body) {
    return call(method, "/3.0/lists/a1" + URIST + deed, "skip_merge_validation=true", body);
  }

  private PartnerAnswer call(String method, String path, String query, String body) {
    var headers = Map.of("authorization", "Bearer k-us19", "content-type", "application/json");
    return account.answer(new PartnerCall(method, path, query, headers, body.getBytes(UTF_8)));
  }

  private static void assertRefused(PartnerAnswer answer, int status, String title)
      throws Exception {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(JSON.readTree(answer.body()).path("title").asText()).isEqualTo(title);
  }
}
