package io.vestibule.backup;

import io.vestibule.backup.Backup.Copy;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads every file of a backup, before anything is made of one of them. */
final class VerifyBackup {

  /** How many files are read at a time. */
  private static final int WIDTH = 4;

  private static final int BUFFER = 1 << 16;

  private final Bucket bucket;

  VerifyBackup(Bucket bucket) {
    this.bucket = bucket;
  }

  private record Seen(String key, String etag) {}

  /**
   * Compares each file with what the signed document says of it.
   *
   * @return the entity tag of each: a later read that demands it reads what was compared
   * @throws RefusedBackup naming a file that is missing, or not as it was
   */
  Map<String, String> run(Backup backup) {
    backup.tables().forEach(copy -> requireCount(backup, copy));
    List<Callable<Seen>> work =
        backup.tables().stream()
            .flatMap(copy -> Stream.concat(copy.manifests().stream(), copy.data().stream()))
            .<Callable<Seen>>map(file -> () -> compare(file))
            .toList();
    return Parallel.all(WIDTH, work).stream().collect(Collectors.toMap(Seen::key, Seen::etag));
  }

  private static void requireCount(Backup backup, Copy copy) {
    if (copy.data().stream().mapToLong(StoredFile::items).sum() != copy.items()) {
      throw new RefusedBackup(Backup.document(backup.backup()), "does not add up");
    }
  }

  private Seen compare(StoredFile file) {
    return bucket.read(
        file.key(),
        (content, etag) -> {
          byte[] expected = HexFormat.of().parseHex(file.sha256());
          if (!MessageDigest.isEqual(sha256(content), expected)) {
            throw new RefusedBackup(file.key(), "is not what was backed up");
          }
          return new Seen(file.key(), etag);
        });
  }

  private static byte[] sha256(InputStream content) throws IOException {
    MessageDigest digest = Digests.digest("SHA-256");
    var digesting = new DigestInputStream(content, digest);
    var buffer = new byte[BUFFER];
    int read;
    do {
      read = digesting.read(buffer);
    } while (read >= 0);
    return digest.digest();
  }
}
