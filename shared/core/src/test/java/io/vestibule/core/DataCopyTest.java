package io.vestibule.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is held about somebody and what they get when they ask for it are the same. */
class DataCopyTest {

  @Test
  void everythingThatIsHeldAboutSomebodyHasItsPlaceInTheCopy() {
    assertThat(parts(DataCopy.class))
        .containsAll(
            parts(CustomerRecord.class).stream()
                .filter(it -> !it.equals("version")) // Of the format: it is about nobody.
                .map(DataCopyTest::inTheCopy)
                .toList());
  }

  @Test
  void ofAValueAndOfAConsentNothingIsLeftOut() {
    assertThat(parts(DataCopy.Value.class)).containsAll(parts(CustomerRecord.Value.class));
    assertThat(parts(DataCopy.Consent.class)).containsAll(parts(CustomerRecord.Consent.class));
  }

  @Test
  void aCopyOfTheTimeBeforeUsesWereToldIsRead() throws Exception {
    var copy = DataCopy.parse("{\"type\":\"vestibule-copy-1\"}".getBytes(UTF_8));

    assertThat(copy.uses()).isEmpty();
    assertThat(copy.moreWaiting()).isFalse();
  }

  private static String inTheCopy(String part) {
    return switch (part) {
      case "fields" -> "values";
      case "bound" -> "address";
      default -> part;
    };
  }

  private static List<String> parts(Class<?> record) {
    return Arrays.stream(record.getRecordComponents()).map(RecordComponent::getName).toList();
  }
}
