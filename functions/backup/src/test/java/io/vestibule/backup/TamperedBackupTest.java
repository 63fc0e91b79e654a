package io.vestibule.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A backup that is not what was written is refused, with the name of the file; nothing is restored.
 */
@Tag("slow")
class TamperedBackupTest extends BackupAccount {

  private String folder = "";
  private String document = "";

  @BeforeEach
  void backUp() {
    backups.fill(
        "customers",
        IntStream.range(0, 40)
            .mapToObj(i -> Map.of("customerId", AttributeValue.fromS("c" + i)))
            .toList());
    clock.advance(Duration.ofMinutes(1));
    var taken = backups.returns("BackupFunction", Map.of());
    var id = taken.path("backup").asText();
    document = taken.path("manifest").asText();
    folder = "backups/%1$s/customers/AWSDynamoDB/%1$s".formatted(id);
    backups.loseCustomers();
  }

  @AfterEach
  void nothingWasWritten() {
    assertThat(backups.items("customers")).isEmpty();
  }

  @Test
  void aByteThatWasFlipped() {
    flip(parts().getFirst());
    isRefusedFor(parts().getFirst());
  }

  @Test
  void aPartThatWasDropped() {
    var part = parts().getFirst();
    backups.delete(part);
    isRefusedFor(part);
  }

  @Test
  void twoPartsThatWereSwapped() {
    var first = backups.read(parts().getFirst());
    backups.write(parts().getFirst(), backups.read(parts().get(1)));
    backups.write(parts().get(1), first);
    isRefusedFor(parts().getFirst());
  }

  @Test
  void aCountThatWasEdited() {
    edit(folder + "/manifest-summary.json", "\"itemCount\":40", "\"itemCount\":39");
    isRefusedFor(folder + "/manifest-summary.json");
  }

  @Test
  void aCountThatWasEditedInTheSignedDocument() {
    edit(document, "\"items\" : 40", "\"items\" : 39");
    isRefusedFor(document);
  }

  @Test
  void allMd5sComputedAnew() throws Exception {
    var part = parts().getFirst();
    var before = md5(backups.read(part));
    flip(part);
    var manifest = folder + "/manifest-files.json";
    edit(manifest, before, md5(backups.read(part)));
    backups.write(folder + "/manifest-files.checksum", md5(backups.read(manifest)).getBytes(UTF_8));
    assertThat(refusal()).containsAnyOf(part, folder + "/manifest-files");
  }

  @Test
  void aManifestThatWasDeleted() {
    backups.delete(folder + "/manifest-files.json");
    isRefusedFor(folder + "/manifest-files.json");
  }

  @Test
  void aSignatureThatIsNone() {
    var signature = document.replace(".json", ".sig");
    backups.write(signature, new byte[] {1, 2, 3});
    isRefusedFor(document);
    backups.delete(signature);
    isRefusedFor(signature);
  }

  @Test
  void aBackupThatWasNeverFinished() {
    backups.delete(document);
    isRefusedFor(document);
  }

  @Test
  void theDocumentOfAnotherBackup() {
    var older = document;
    var olderSignature = document.replace(".json", ".sig");
    backUp();
    backups.write(document, backups.read(older));
    backups.write(document.replace(".json", ".sig"), backups.read(olderSignature));
    isRefusedFor(document);
  }

  private void isRefusedFor(String file) {
    assertThat(refusal()).contains("The backup is refused: " + file);
  }

  private String refusal() {
    var id = document.split("/", -1)[1];
    return backups.fails("RestoreFunction", Map.of("backup", id, "into", "live"));
  }

  private List<String> parts() {
    return backups.keys(folder + "/data/");
  }

  private void flip(String key) {
    var content = backups.read(key);
    content[content.length / 2] ^= 1;
    backups.write(key, content);
  }

  private void edit(String key, String from, String to) {
    var content = new String(backups.read(key), UTF_8);
    assertThat(content).contains(from);
    backups.write(key, content.replace(from, to).getBytes(UTF_8));
  }

  private static String md5(byte[] content) throws Exception {
    return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(content));
  }
}
