package io.vestibule.core.forms;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Asked;
import io.vestibule.core.Destination;
import io.vestibule.core.Json;
import io.vestibule.core.Submission;
import io.vestibule.core.wording.Wordings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the button of a link says. */
class QuestionTest {

  /** Whoever reads the words of v1 is told what these are for, and withdraws it by that name. */
  @Test
  void thePurposeIsThatOfTheVersionOfWhichTheWordsAre() throws IOException {
    var forms =
        new Forms(
            path -> {
              var file = Definitions.FOLDER.resolve(path);
              return Files.exists(file)
                  ? new ByteArrayInputStream(
                      changed(Files.readString(file)).getBytes(StandardCharsets.UTF_8))
                  : null;
            });

    assertThat(purpose(forms, "v1")).isEqualTo(forms.purpose("marketing", "en"));
    assertThat(purpose(forms, "v2")).isEqualTo(forms.purpose("research", "en"));
  }

  private static String changed(String form) {
    return form.replace("\"purpose\": \"marketing\"", "\"purpose\": \"research\"")
        .replace("\"version\": \"v1\"", "\"version\": \"v2\"");
  }

  private static String purpose(Forms forms, String version) {
    var fields = Json.MAPPER.createObjectNode().put("email", "ada@example.net");
    var sealed = new Submission(fields, Map.of("newsletter", version), "en", "", Instant.EPOCH);
    var asked = Asked.of(sealed, Destination.STORAGE);
    var form = forms.find("contact").orElseThrow();
    return Question.of(asked, form, forms, new Wordings().of("en")).consents().getFirst().purpose();
  }
}
