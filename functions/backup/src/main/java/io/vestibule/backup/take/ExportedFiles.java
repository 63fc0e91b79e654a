package io.vestibule.backup.take;

import io.vestibule.backup.Bucket;
import io.vestibule.backup.Digests;
import io.vestibule.backup.Parallel;
import io.vestibule.backup.StoredFile;
import io.vestibule.backup.take.ExportManifests.DataFile;
import io.vestibule.core.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The data files that DynamoDB's export has put into the bucket. Nothing is taken on trust: what
 * the manifest says of a file is compared with the file, and of each the SHA-256 is taken, to be
 * signed.
 */
final class ExportedFiles {

  /** How many files are read at a time. */
  private static final int WIDTH = 4;

  /** After how many files it is written down how far it has come. */
  private static final int ROUND = 16;

  private static final int BUFFER = 1 << 16;
  private static final Deadline NONE = () -> false;

  private final Bucket bucket;
  private final List<DataFile> listed;
  private final Map<String, StoredFile> done = new ConcurrentHashMap<>();

  /**
   * The files of one export.
   *
   * @param listed all of them
   * @param before those that an earlier run has read
   */
  ExportedFiles(Bucket bucket, List<DataFile> listed, List<StoredFile> before) {
    this.bucket = bucket;
    this.listed = listed;
    before.forEach(file -> done.put(file.key(), file));
  }

  /**
   * Reads on until the time is over. A file that is being read then is left to the next run. If
   * there is no time at all, one whole file is read nevertheless.
   *
   * @param keep is told what was read so far, now and then, and before trouble goes on
   * @return what was read so far
   * @throws FailedExport if one is not what the manifest says
   * @throws SdkException or {@link UncheckedIOException}, if one could not be read
   */
  List<StoredFile> read(Deadline deadline, Consumer<List<StoredFile>> keep) {
    List<DataFile> owed = listed.stream().filter(file -> !done.containsKey(file.key())).toList();
    if (deadline.isOver()) {
      owed.stream().limit(1).forEach(file -> readFile(file, NONE));
    }
    for (int from = 0; from < owed.size() && !deadline.isOver(); from += ROUND) {
      var trouble =
          readRound(owed.subList(from, Math.min(from + ROUND, owed.size())), deadline).stream()
              .findFirst();
      keep.accept(soFar());
      if (trouble.isPresent()) {
        throw trouble.get();
      }
    }
    return soFar();
  }

  private List<StoredFile> soFar() {
    return listed.stream().map(file -> done.get(file.key())).filter(Objects::nonNull).toList();
  }

  /** The others are read even if one cannot be. */
  private List<RuntimeException> readRound(List<DataFile> round, Deadline deadline) {
    List<Callable<Optional<RuntimeException>>> work =
        round.stream()
            .<Callable<Optional<RuntimeException>>>map(file -> () -> tryFile(file, deadline))
            .toList();
    return Parallel.all(WIDTH, work).stream().flatMap(Optional::stream).toList();
  }

  private Optional<RuntimeException> tryFile(DataFile file, Deadline deadline) {
    try {
      if (!deadline.isOver()) {
        readFile(file, deadline);
      }
      return Optional.empty();
    } catch (SdkException | UncheckedIOException e) {
      return Optional.of(e);
    }
  }

  private void readFile(DataFile file, Deadline deadline) {
    bucket
        .read(file.key(), (content, etag) -> digest(file, content, etag, deadline))
        .ifPresent(stored -> done.put(stored.key(), stored));
  }

  /** Empty if the time was over before its end. */
  private static Optional<StoredFile> digest(
      DataFile file, InputStream content, String etag, Deadline deadline) throws IOException {
    var digests = new Digests();
    var buffer = new byte[BUFFER];
    long bytes = 0;
    try (var output = digests.over(OutputStream.nullOutputStream())) {
      for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
        if (deadline.isOver()) {
          return Optional.empty();
        }
        output.write(buffer, 0, read);
        bytes += read;
      }
    }
    StoredFile stored = digests.file(file.key(), file.items(), bytes, etag);
    if (!stored.md5().equals(file.md5())) {
      throw new FailedExport(file.key() + " is not what the manifest says");
    }
    return Optional.of(stored);
  }
}
