package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is sent is the same, however it is written down. */
class BodyTypesTest extends Journey {

  private static final String MULTIPART =
      """
      --x
      Content-Disposition: form-data; name="email"

      %s
      --x
      Content-Disposition: form-data; name="score"

      9
      --x--
      """
          .replace("\n", "\r\n");

  private static final String WITH_FILE =
      """
      --x
      Content-Disposition: form-data;
       name="email"

      ADDRESS
      --x
      Content-Disposition: form-data; name="name"

      Ada\u00a0
      --x
      Content-Disposition: form-data; name="message"

      100% sure
      --x
      Content-Disposition: form-data; name="cv"; filename=""
      Content-Type: application/octet-stream


      --x--
      """
          .replace("\n", "\r\n");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json                  | {\"email\":\"%s\",\"score\":9}",
        "application/x-www-form-urlencoded | email=%s&score=9",
        "multipart/form-data; boundary=x   | ",
      },
      quoteCharacter = '`')
  void aNumberIsANumber(String type, String body) throws Exception {
    var ada = somebody();
    var posted = (body == null ? MULTIPART : body).formatted(ada.address);
    assertThat(new Stranger(host).posts("/forms/feedback", type, posted).status()).isLessThan(300);
    ada.presses(ada.link());
    host.drain(LIMIT);

    assertThat(new Records(host).of(ada.address).fields())
        .hasEntrySatisfying(
            "score", score -> assertThat(score.value()).isEqualTo(IntNode.valueOf(9)));
  }

  /** A hidden control beside a box, and a control for a file that was left empty. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/forms/newsletter | application/x-www-form-urlencoded | email=%s&consent.newsletter=&consent.newsletter=v1",
        "/forms/contact    | application/x-www-form-urlencoded | email=%s&name=Ada&message=100% sure&message=",
        "/forms/contact    | multipart/form-data; boundary=x   | ",
      },
      quoteCharacter = '`')
  void whatBrowsersAndFrameworksSendWhereNothingWasEnteredIsNothing(
      String form, String type, String body) throws Exception {
    var ada = somebody();
    var posted = (body == null ? WITH_FILE : body).replace("%s&", ada.address + "&");
    var answer = new Stranger(host).posts(form, type, posted.replace("ADDRESS", ada.address));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    ada.presses(
        ada.link(),
        form.equals("/forms/newsletter") ? Map.of("consent.newsletter", "v1") : Map.of());
    host.drain(LIMIT);

    assertThat(new Records(host).of(ada.address).fields()).doesNotContainKey("cv");
  }

  @Test
  void aTextIsNoNumberForWhoCouldHaveSentOne() throws Exception {
    var answer =
        new Stranger(host)
            .posts(
                "/forms/feedback",
                "application/json",
                "{\"email\":\"ada@example.net\",\"score\":\"9\"}");

    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body())
        .contains("{\"pointer\":\"/score\",\"detail\":\"Please enter a whole number.\"}");
  }

  @Test
  void aNewsletterNeedsItsConsent() throws Exception {
    var stranger = new Stranger(host);
    var without =
        stranger.posts("/forms/newsletter", "application/json", "{\"email\":\"a@example.net\"}");
    var ada = somebody();
    var with =
        stranger.posts(
            "/forms/newsletter",
            "application/json",
            "{\"email\":\"%s\",\"consent.newsletter\":\"v1\"}".formatted(ada.address));
    assertThat(without.status()).isEqualTo(422);
    assertThat(without.body()).contains("\"/consent.newsletter\"").contains("Please tick this box");
    assertThat(with.status()).isEqualTo(202);
    ada.presses(ada.link(), Map.of("consent.newsletter", "v1"));
    host.drain(LIMIT);

    assertThat(new Records(host).of(ada.address).consents()).isNotEmpty();
  }
}
