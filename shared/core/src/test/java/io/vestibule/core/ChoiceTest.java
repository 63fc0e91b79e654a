package io.vestibule.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Choice.Agreed;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChoiceTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "consents=",
        "consents=newsletter.v1.en",
        "consents=a.v1.en,b-2.v12.zh-Hans",
        "deed=erase",
        "deed=access",
        "deed=withdraw.all",
        "deed=withdraw.marketing",
        "disowned"
      })
  void aChoiceReadsBackAsItWasWritten(String text) {
    assertThat(Choice.parse(text)).map(Choice::text).hasValue(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "consents",
        "consents=,",
        "consents=b.v1.en,a.v1.en",
        "consents=a.v1.en,a.v1.en",
        "consents=a.v1.en,a.v2.en",
        "consents=a.v1",
        "consents=A.v1.en",
        "consents=a.1.en",
        "consents=a.v1.EN",
        "consents=a.v1.en ",
        "deed=",
        "deed=withdraw",
        "deed=withdraw.",
        "deed=withdraw.All",
        "deed=erase.all",
        "deed=ERASE",
        "Disowned",
        "disowned;consents="
      })
  void thereIsOneWayToWriteAChoiceAndWhatIsElseIsNone(String text) {
    assertThat(Choice.parse(text)).isEmpty();
  }

  @Test
  void theLongestChoiceFitsAndWhatIsLongerIsNotEvenRead() {
    var consents = new TreeMap<String, Agreed>();
    for (int i = 0; i < Asked.MOST_CONSENTS; i++) {
      consents.put("c".repeat(39) + (char) ('a' + i), new Agreed("v99999", "abc-Defg-HI"));
    }
    var longest = new Choice.Confirmed(consents).text();

    assertThat(longest.length()).isLessThanOrEqualTo(Choice.MOST_BYTES);
    assertThat(Choice.parse(longest)).hasValue(new Choice.Confirmed(consents));
    assertThat(Choice.parse("consents=" + "a.v1.en,".repeat(100_000))).isEmpty();
  }

  @Test
  void aConsentThatWasNotGivenIsNotThere() {
    assertThat(Choice.Confirmed.address().consents()).isEqualTo(Map.of());
  }
}
