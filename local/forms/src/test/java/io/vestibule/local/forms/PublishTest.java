package io.vestibule.local.forms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people agreed to stays as it was, and nobody agrees to a draft. */
class PublishTest {

  private static final String PUBLISHED = "forms/published/wordings.json";
  private static final List<String> DRAFTS =
      List.of("A draft: workshop, reminder v1", "A draft: workshop, its rules");

  @TempDir private Path folder;

  private Project project;

  @BeforeEach
  void copy() throws IOException {
    project = Project.copied(folder);
  }

  @Test
  void aDraftIsFreeUntilItIsPublishedAndThenNeverChanged() throws IOException {
    project.add("workshop.json", "forms/workshop.json");
    assertThat(project.run("check")).isEqualTo(new Project.Run(true, DRAFTS));
    project.change("forms/workshop.json", "Yes, remind me.", "Yes, please remind me.");
    assertThat(project.run("check").isRight()).isTrue();

    var refused = project.run("deploy");
    assertThat(refused.isRight()).isFalse();
    assertThat(refused.lines())
        .hasSize(3)
        .allMatch(line -> line.startsWith("shared/forms/workshop.json:"))
        .allMatch(line -> line.contains("a draft: run `make publish`"));

    String before = project.read(PUBLISHED);
    assertThat(project.run("publish").lines())
        .containsExactly(
            "Published, and never to be changed: workshop, reminder v1",
            "Published, and never to be changed: workshop, its rules");
    assertThat(project.read(PUBLISHED).lines())
        .containsAll(before.lines().filter(line -> line.endsWith("},")).toList());
    assertThat(project.run("deploy")).isEqualTo(new Project.Run(true, List.of()));
    assertThat(project.run("publish").lines()).isEmpty();

    project.change("forms/workshop.json", "Yes, please remind me.", "Yes, call me.");
    assertThat(project.run("check").lines())
        .singleElement()
        .asString()
        .startsWith(
            "shared/forms/workshop.json:25: consents.reminder.wording.en was published in other words")
        .endsWith("write the new ones with \"version\": \"v2\"");
    project.change("forms/workshop.json", "\"version\": \"v1\"", "\"version\": \"v2\"");
    assertThat(project.run("check").lines())
        .containsExactly("A draft: workshop, reminder v2", "A draft: workshop, its rules");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'Yes, send me' | 'Yes, do send me' | 29: consents.newsletter.wording.en was published in other words",
        "'\"purpose\": \"marketing\"' | '\"purpose\": \"research\", \"label\": {\"en\": \"R\", \"zh\": \"R\", \"de\": \"R\"}' | 26: consents.newsletter.purpose was \"marketing\" when v1 was published",
      })
  void whatWasPublishedIsRefusedIfItIsAnotherNow(String part, String other, String told)
      throws IOException {
    project.change("forms/contact.json", part, other);

    for (String command : new String[] {"check", "deploy", "publish"}) {
      assertThat(project.run(command).lines())
          .anyMatch(line -> line.startsWith("shared/forms/contact.json:" + told));
    }
  }

  @Test
  void aLanguageThatPeopleAgreedInIsNotTakenAway() throws IOException {
    project.change(
        "forms/newsletter.json",
        ",\n        \"de\": \"Ja, senden",
        ",\n        \"fr\": \"Ja, senden");

    assertThat(project.run("check").lines())
        .anyMatch(
            line ->
                line.contains(
                    "consents.newsletter.wording.de is missing: it was published with v1"));
  }

  /** A language may come to words that are published: nobody has agreed in it yet. */
  @Test
  void aLanguageThatIsAddedIsADraft() throws IOException {
    project.add("workshop.json", "forms/workshop.json");
    var _ = project.run("publish");
    String more =
        project
            .read("forms/workshop.json")
            .replaceAll("\"de\": (\"[^\"]*\")", "\"de\": $1, \"fr\": $1");
    project.write("forms/workshop.json", more);

    assertThat(project.run("check").lines()).containsExactly("A draft: workshop, reminder v1");
  }

  @Test
  void wordsThatWereChangedWhereTheyAreKeptAreTold() throws IOException {
    project.change(PUBLISHED, "Ja, senden Sie mir", "Ja, schicken Sie mir");

    assertThat(project.run("check").lines())
        .filteredOn(line -> line.startsWith("shared/forms/published/wordings.json:"))
        .hasSize(3)
        .allMatch(line -> line.contains("these words were published otherwise"));
  }

  @Test
  void nothingIsPublishedWhileAnythingIsWrong() throws IOException {
    project.add("workshop.json", "forms/workshop.json");
    project.change("forms/feedback.json", "\"tags\"", "\"tag\"");
    String before = project.read(PUBLISHED);

    assertThat(project.run("publish").isRight()).isFalse();
    assertThat(project.read(PUBLISHED)).isEqualTo(before);
  }

  @Test
  void whatThePrivacyPaperSaysFollowsTheForms() throws IOException {
    Path paper = folder.resolve("docs/privacy.md");
    Files.createDirectories(paper.getParent());
    Files.copy(Project.REAL.resolve("docs/privacy.md"), paper);
    assertThat(project.run("check").lines()).isEmpty();
    assertThat(project.run("deploy").lines()).isEmpty();
    project.add("workshop.json", "forms/workshop.json");
    var _ = project.run("publish");
    assertThat(Files.readString(paper)).contains("| `workshop` | Seats (`seats`) |");

    project.change("forms/workshop.json", "\"en\": \"Seats\"", "\"en\": \"Places\"");
    assertThat(project.run("deploy").lines())
        .singleElement()
        .asString()
        .startsWith("docs/privacy.md:")
        .endsWith("this is not what the forms say now: run `make forms`");
    assertThat(project.run("check").isRight()).isTrue();
    assertThat(Files.readString(paper)).contains("| `workshop` | Places (`seats`) |");
  }
}
