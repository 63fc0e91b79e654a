package io.vestibule.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Json;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What DynamoDB says of its export is compared before it is signed. */
class ExportManifestTest extends BackupAccount {

  private static final Map<String, ?> CONTINUE = Map.of("continue", true);
  private static final Map<String, ?> ONE_FILE = Map.of("continue", true, "forSeconds", 0);

  private String id = "";
  private String folder = "";

  @BeforeAll
  void fillTheTable() {
    for (int i = 0; i < 11; i++) {
      backups.put("customers", BackupTest.customer(i));
    }
  }

  /** Somebody looks at it first, so that the manifests are there. */
  @BeforeEach
  void export() throws Exception {
    id = backups.returns("BackupFunction", Map.of("engine", "export")).path("backup").asText();
    var arn = progress("/export/arn").asText();
    folder = "backups/%s/customers/AWSDynamoDB/%s/".formatted(id, arn.replaceFirst(".*/", ""));
    clock.advance(Duration.ofMinutes(5));
    backups.dynamoDb().describeExport(export -> export.exportArn(arn));
    assertThat(backups.keys(folder)).contains(folder + "manifest-files.md5");
  }

  @Test
  void theChecksumsThatDynamoDbWritesAreSigned() throws Exception {
    write("manifest-files.checksum", "of nothing");

    assertThat(signed())
        .contains(folder + "manifest-files.md5", folder + "manifest-summary.md5")
        .doesNotContain(folder + "manifest-files.checksum");
  }

  @Test
  void soAreThoseThatAwsDocuments() throws Exception {
    for (String name : List.of("manifest-files", "manifest-summary")) {
      write(name + ".checksum", text(name + ".md5"));
      backups.delete(folder + name + ".md5");
    }

    assertThat(signed())
        .contains(folder + "manifest-files.checksum", folder + "manifest-summary.checksum");
  }

  @Test
  void aFlippedByteIsSeen() {
    byte[] content = backups.read(folder + "manifest-files.json");
    content[content.length / 2] ^= 1;
    backups.write(folder + "manifest-files.json", content);

    isGivenUp("manifest-files.json does not fit its checksum");
  }

  @Test
  @Tag("slow")
  void aCountThatDoesNotAddUpIsSeen() throws Exception {
    change("manifest-summary", text -> text.replace("\"itemCount\":11", "\"itemCount\":12"));

    isGivenUp("manifest-summary.json does not add up");
  }

  @Test
  @Tag("slow")
  void aFileThatIsNamedTwiceIsSeen() throws Exception {
    String line = text("manifest-files.json").lines().findFirst().orElseThrow();
    int items = Json.MAPPER.readTree(line).path("itemCount").asInt();
    change("manifest-files", text -> text + line + "\n");
    change("manifest-summary", text -> text.replace(":11,", ":%d,".formatted(11 + items)));

    isGivenUp("manifest-files.json names a file twice");
  }

  @Test
  @Tag("slow")
  void aManifestThatIsMissingIsSeen() {
    backups.delete(folder + "manifest-files.json");

    isGivenUp("manifest-files.json is missing");
  }

  @Test
  @Tag("slow")
  void aManifestThatIsReplacedBetweenTwoRunsIsSeen() throws Exception {
    backups.returns("BackupFunction", ONE_FILE);
    assertThat(progress("/export/files").size()).isEqualTo(1);
    List<String> lines = text("manifest-files.json").lines().toList();
    change("manifest-files", text -> String.join("\n", lines.reversed()));

    isGivenUp("was changed between two runs");
  }

  /** The schedule makes up for it: with no other order, by a scan. */
  private void isGivenUp(String why) {
    assertThat(backups.fails("BackupFunction", CONTINUE)).contains(why);

    var next = backups.returns("BackupFunction", CONTINUE);
    assertThat(next.path("engine").asText()).isEqualTo("scan");
    assertThat(next.path("items").asInt()).isEqualTo(11);
    assertThat(backups.keys("backups/%s/vestibule.".formatted(id))).isEmpty();
  }

  /** The manifests that the finished backup vouches for. */
  private List<String> signed() throws Exception {
    var taken = backups.returns("BackupFunction", CONTINUE);
    assertThat(taken.path("backup").asText()).isEqualTo(id);
    var document = Json.MAPPER.readTree(backups.read(taken.path("manifest").asText()));
    return document
        .path("tables")
        .valueStream()
        .filter(table -> table.path("kind").asText().equals("CUSTOMERS"))
        .flatMap(table -> table.path("manifests").valueStream())
        .map(file -> file.path("key").asText())
        .toList();
  }

  /** Whoever may write to the bucket can make the checksum fit. */
  private void change(String manifest, UnaryOperator<String> how) throws Exception {
    String before = text(manifest + ".json");
    String after = how.apply(before);
    assertThat(after).isNotEqualTo(before);
    write(manifest + ".json", after);
    byte[] md5 = MessageDigest.getInstance("MD5").digest(after.getBytes(UTF_8));
    write(manifest + ".md5", Base64.getEncoder().encodeToString(md5));
  }

  private String text(String name) {
    return new String(backups.read(folder + name), UTF_8);
  }

  private void write(String name, String content) {
    backups.write(folder + name, content.getBytes(UTF_8));
  }

  private JsonNode progress(String at) throws Exception {
    return Json.MAPPER.readTree(backups.read("progress/backup.json")).at(at);
  }
}
