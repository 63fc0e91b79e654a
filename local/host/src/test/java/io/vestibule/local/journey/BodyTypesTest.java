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
