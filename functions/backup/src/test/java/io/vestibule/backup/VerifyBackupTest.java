package io.vestibule.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vestibule.core.Env;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every file is compared, of tables that nobody here knows, too. */
class VerifyBackupTest extends BackupAccount {

  private static final byte[] CONTENT = "content".getBytes(UTF_8);
  private static final String DATA = "backups/b/data.json.gz";
  private static final String MANIFEST = "backups/b/manifest.json";
  private static final Instant AT = Instant.parse("2026-11-21T12:00:00Z");

  private Bucket bucket;

  @BeforeEach
  void store() {
    bucket = Bucket.of(Env.of(account.variables("RestoreFunction")), backups.bucket());
    backups.write(DATA, CONTENT);
    backups.write(MANIFEST, CONTENT);
  }

  @Test
  void whatIsAsItWasIsKnownByItsTagFromThenOn() {
    var tags = new VerifyBackup(bucket).run(backup(1));

    assertThat(tags).containsOnlyKeys(DATA, MANIFEST);
    assertThat(bucket.<String>readSame(DATA, tags.getOrDefault(DATA, ""), (_, tag) -> tag))
        .isEqualTo(tags.get(DATA));
  }

  @Test
  void aManifestThatWasChangedIsNamed() {
    backups.write(MANIFEST, "other".getBytes(UTF_8));

    isRefused(1, MANIFEST + " is not what was backed up");
  }

  @Test
  void aFileThatIsGoneIsNamed() {
    backups.delete(DATA);

    isRefused(1, DATA + " is missing");
  }

  @Test
  void countsMustAddUp() {
    isRefused(2, "does not add up");
  }

  private void isRefused(long items, String why) {
    assertThatExceptionOfType(RefusedBackup.class)
        .isThrownBy(() -> new VerifyBackup(bucket).run(backup(items)))
        .withMessageContaining(why);
  }

  private static Backup backup(long items) {
    var copy =
        new Backup.Copy(
            "LATER", "later", AT, AT, items, List.of(file(DATA, 1)), List.of(file(MANIFEST, 0)));
    return new Backup(Backup.TYPE, "b", "scan", AT, AT, List.of(copy));
  }

  private static StoredFile file(String key, long items) {
    return new Digests().update(CONTENT).file(key, items, CONTENT.length, "");
  }
}
