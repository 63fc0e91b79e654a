package io.vestibule.core.forms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which versions of forms are kept as files, and what is wrong with them. */
class VersionFilesTest {

  @TempDir private Path folder;
  private VersionFiles files;

  @BeforeEach
  void open() throws IOException {
    files = new VersionFiles(folder);
    Files.copy(Definitions.FOLDER.resolve("business.json"), folder.resolve("business.json"));
    write(Definitions.text("contact"));
  }

  /** With {@code -Dvestibule.versions=write}, which {@code make versions} does, it is put right. */
  @Test
  void whatWeShipIsPublished() throws IOException {
    var ours = new VersionFiles(Definitions.FOLDER);
    if (System.getProperty("vestibule.versions", "").equals("write")) {
      publish(ours);
    }

    assertThat(ours.problems()).isEmpty();
  }

  @Test
  void rulesThatNobodyHasPublishedAreToldOf() throws IOException {
    assertThat(files.problems())
        .singleElement()
        .asString()
        .startsWith("shared/forms/contact.json: nobody has published its rules")
        .contains("shared/forms/versions/contact/");

    publish(files);
    assertThat(files.problems()).isEmpty();
  }

  @Test
  void aReplacedVersionStaysAndWordsAreNoVersion() throws IOException {
    publish(files);
    write(Definitions.text("contact").replace("Contact us", "Write to us"));
    assertThat(files.problems()).isEmpty();

    write(Definitions.text("contact").replace("5000", "4000"));
    assertThat(files.problems()).hasSize(1);
    publish(files);
    assertThat(files.problems()).isEmpty();
    try (var versions = Files.list(folder.resolve("versions/contact"))) {
      assertThat(versions).hasSize(2);
    }
  }

  @Test
  void aFormThatPeopleMayHaveSentIsNotDeleted() throws IOException {
    publish(files);
    Files.delete(folder.resolve("contact.json"));

    assertThat(files.problems())
        .singleElement()
        .asString()
        .startsWith("shared/forms/contact.json: it is gone")
        .endsWith("put it back");
  }

  @Test
  void aVersionThatNothingCanBeJudgedByIsToldOf() throws IOException {
    publish(files);
    var broken = Files.createDirectories(folder.resolve("versions/contact"));
    Files.writeString(broken.resolve("AAAAAAAAAAAAAAAA.json"), "{\"title\": {\"en\": \"x\"}}");
    Files.writeString(broken.resolve("notes.txt"), "");

    assertThat(files.problems())
        .satisfiesExactly(
            problem -> assertThat(problem).startsWith("shared/forms/versions/contact/AAAA"),
            problem -> assertThat(problem).contains("notes.txt: its name is not"));
  }

  private void write(String contact) throws IOException {
    Files.writeString(folder.resolve("contact.json"), contact);
  }

  private static void publish(VersionFiles files) throws IOException {
    for (var file : files.wanted().entrySet()) {
      var path = files.forms().resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
  }
}
