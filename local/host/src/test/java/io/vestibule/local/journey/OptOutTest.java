package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.EntryRecord;
import io.vestibule.core.Json;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser says of selling and sharing ({@code Sec-GPC}) stays with what is handed in. */
class OptOutTest extends Journey {

  private static final String SAYS_SO = "Sec-GPC: 1";

  @Test
  @Tag("check")
  void whatTheBrowserSaysIsStoredWithThatEntryOnlyAndIsInTheCopy() throws Exception {
    var ada = somebody();
    hands(ada, "Quiet");
    hands(ada, "Not to be shared", SAYS_SO);

    assertThat(new Records(host).entries(ada.address))
        .extracting(EntryRecord::optsOut)
        .containsExactly(false, true);
    var access = Requests.asked(this, ada, "access");
    var copy = Json.MAPPER.readTree(access.file("copy.json").body());
    assertThat(copy.at("/entries/0/gpc").booleanValue()).isTrue();
    assertThat(copy.at("/entries/1").has("gpc")).isFalse();
    assertThat(access.page().body()).containsOnlyOnce("do not sell or share my data");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Sec-GPC: 0", "Sec-GPC: true", "Sec-GPC: ?1", "Sec-GPC: 1, 1", "DNT: 1"})
  void anythingButOneSaysNothing(String header) throws Exception {
    var ada = somebody();

    hands(ada, "Hello", header);

    assertThat(new Records(host).entries(ada.address))
        .singleElement()
        .satisfies(entry -> assertThat(entry.optsOut()).isFalse());
  }

  @Test
  void aRetryWithAnotherSettingIsTheSameSubmissionAndTheFirstSettingCounts() throws Exception {
    var ada = somebody();
    var first = post(ada, "Once", SAYS_SO, "Idempotency-Key: once");

    var again = post(ada, "Once", "Idempotency-Key: once");
    presses(ada);

    assertThat(again.body()).isEqualTo(first.body());
    assertThat(new Records(host).entries(ada.address))
        .singleElement()
        .satisfies(entry -> assertThat(entry.optsOut()).isTrue());
  }

  private void hands(Person person, String message, String... headers) throws Exception {
    assertThat(post(person, message, headers).status()).isEqualTo(202);
    presses(person);
  }

  private Stranger.Answer post(Person person, String message, String... headers) throws Exception {
    var body =
        Json.MAPPER.valueToTree(Map.of("name", "Ada", "email", person.address, "message", message));
    var answer =
        new Stranger(host).posts("/forms/contact", "application/json", body.toString(), headers);
    host.drain(LIMIT);
    return answer;
  }

  private void presses(Person person) throws Exception {
    person.presses(person.link());
    host.drain(LIMIT);
  }
}
