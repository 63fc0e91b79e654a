package io.vestibule.staff;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.HeldReason;
import io.vestibule.core.wording.Wordings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the page of what is held says about each reason. */
class HeldWordsTest {

  @ParameterizedTest
  @EnumSource(HeldReason.class)
  void whateverSomethingIsHeldForIsSaidInEachLanguageWithWhatToDo(HeldReason reason) {
    var wordings = new Wordings();
    for (var language : wordings.languages()) {
      var words = wordings.of(language);
      assertThat(words.text("staff.held." + reason.code())).isNotEmpty();
      assertThat(words.text("staff.held." + reason.code() + ".what")).isNotEmpty();
    }
  }
}
