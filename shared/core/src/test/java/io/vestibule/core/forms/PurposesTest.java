package io.vestibule.core.forms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vestibule.core.DataFiles;
import io.vestibule.core.DataRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A consent that cannot be withdrawn would not be one (GDPR, article 7(3)). */
class PurposesTest {

  @AfterEach
  void readWhatIsShippedAgain() {
    DataFiles.readIn(Optional.empty());
  }

  @Test
  void whatIsConsentedToAnywhereCanBeWithdrawn() {
    var forms = new Forms();
    var purposes = new TreeSet<>(Set.of(DataRequest.ALL_PURPOSES));
    for (Form form : forms.all()) {
      form.consents().values().forEach(consent -> purposes.add(consent.purpose()));
    }
    var privacy = forms.find(Form.PRIVACY).orElseThrow();

    assertThat(privacy.purposes()).containsExactlyInAnyOrderElementsOf(purposes);
    assertThat(privacy.schema().property("kind").choices())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(DataRequest.Kind.values()).map(DataRequest.Kind::code).toList());
    assertThat(forms.purpose("marketing", "zh-Hans")).isEqualTo("营销，例如新闻简报");
  }

  /** What is wrong with another form is no reason why nobody can be erased. */
  @Test
  void aFormThatIsBrokenKeepsNobodyFromAsking(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve("forms"));
    Files.writeString(folder.resolve("forms/privacy.json"), Definitions.text("privacy"));
    Files.writeString(folder.resolve("forms/contact.json"), Definitions.text("contact"));
    Files.writeString(folder.resolve("forms/broken.json"), "{\"consents\": ");
    Files.writeString(
        folder.resolve("forms/odd.json"), "{\"consents\": {\"a\": {\"purpose\": 1}}}");
    DataFiles.readIn(Optional.of(folder));

    assertThat(new Forms().find(Form.PRIVACY).orElseThrow().purposes())
        .contains("all", "marketing");
  }

  @Test
  void aPurposeThatAFormBringsOrOnceBroughtCanBeWithdrawn(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve("forms/published"));
    Files.writeString(
        folder.resolve("forms/published/wordings.json"),
        """
        [{"form": "gone", "consent": "gifts", "version": "v1", "purpose": "gifts", "language": "en",
          "sha256": "", "words": "Send me one."}]
        """);
    for (String name : new String[] {"privacy", "contact"}) {
      Files.writeString(
          folder.resolve("forms").resolve(name + ".json"),
          Definitions.text(name)
              .replace("\"purpose\": \"marketing\"", "\"purpose\": \"research\""));
    }
    Files.writeString(
        folder.resolve("forms/study.json"),
        Definitions.text("contact")
            .replace(
                "\"purpose\": \"marketing\"",
                "\"purpose\": \"research\", \"label\": {\"en\": \"Our study\"}"));
    DataFiles.readIn(Optional.of(folder));
    var forms = new Forms();
    var privacy = forms.find(Form.PRIVACY).orElseThrow();

    assertThat(privacy.purposes()).containsExactly("all", "research", "gifts");
    assertThat(forms.purpose("research", "en")).isEqualTo("Our study");
    assertThat(forms.purpose("research", "de")).isEqualTo("Our study");
    assertThat(
            privacy.accepts(
                JsonMapper.builder()
                    .build()
                    .createObjectNode()
                    .put("email", "ada@example.com")
                    .put("kind", "withdraw")
                    .put("purpose", "research"),
                Instant.EPOCH))
        .isTrue();
  }
}
