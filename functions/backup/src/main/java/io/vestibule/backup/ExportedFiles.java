package io.vestibule.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What DynamoDB's export has put into the bucket. Nothing is taken on trust: what a manifest says
 * of a file is compared with the file, and of each the SHA-256 is taken, to be signed.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html">DynamoDB
 *     table export output format</a>
 */
final class ExportedFiles {

  /** How many files are read at a time. */
  private static final int WIDTH = 4;

  private final Bucket bucket;
  private final String folder;

  /**
   * The files of one export.
   *
   * @param prefix what DynamoDB was told to put before its own names
   * @param arn the export's, whose last part names its folder
   */
  ExportedFiles(Bucket bucket, String prefix, String arn) {
    this.bucket = bucket;
    this.folder = "%s/AWSDynamoDB/%s/".formatted(prefix, arn.substring(arn.lastIndexOf('/') + 1));
  }

  /** A data file, as the manifest has it. */
  private record Listed(String key, long items, String md5) {}

  /**
   * Both manifests and their checksums.
   *
   * @throws FailedExport if one does not fit its checksum, or they do not add up
   */
  List<StoredFile> manifests() {
    List<StoredFile> manifests = new ArrayList<>();
    byte[] files = checked("manifest-files", manifests);
    byte[] summary = checked("manifest-summary", manifests);
    long items = listed(files).stream().mapToLong(Listed::items).sum();
    if (json(summary).path("itemCount").asLong(-1) != items) {
      throw new FailedExport(folder + "manifest-summary.json does not add up");
    }
    return manifests;
  }

  /**
   * Reads data files until the time is over, one at least.
   *
   * @param before those that an earlier run has read
   * @return these and what was read now
   * @throws FailedExport if one is not what the manifest says
   */
  List<StoredFile> read(List<StoredFile> before, Deadline deadline) {
    Set<String> done = before.stream().map(StoredFile::key).collect(Collectors.toSet());
    List<Listed> owed = listed().stream().filter(file -> !done.contains(file.key())).toList();
    List<Callable<Optional<StoredFile>>> work =
        IntStream.range(0, owed.size())
            .<Callable<Optional<StoredFile>>>mapToObj(
                at ->
                    () ->
                        at > 0 && deadline.isOver()
                            ? Optional.empty()
                            : Optional.of(read(owed.get(at))))
            .toList();
    List<StoredFile> all = new ArrayList<>(before);
    Parallel.all(WIDTH, work).forEach(file -> file.ifPresent(all::add));
    return List.copyOf(all);
  }

  /** Whether these are all that there are. */
  boolean isAll(List<StoredFile> files) {
    return files.size() == listed().size();
  }

  private StoredFile read(Listed listed) {
    StoredFile file = digest(listed.key(), listed.items());
    if (!file.md5().equals(listed.md5())) {
      throw new FailedExport(listed.key() + " is not what the manifest says");
    }
    return file;
  }

  private StoredFile digest(String key, long items) {
    return bucket.read(
        key,
        (content, etag) -> {
          var digests = new Digests();
          long bytes = content.transferTo(digests.over(OutputStream.nullOutputStream()));
          return digests.file(key, items, bytes, etag);
        });
  }

  private byte[] checked(String name, List<StoredFile> manifests) {
    byte[] content = whole(folder + name + ".json");
    StoredFile manifest = digest(folder + name + ".json", 0);
    String md5 = new String(whole(folder + name + ".checksum"), UTF_8).strip();
    if (!manifest.md5().equals(md5)) {
      throw new FailedExport(manifest.key() + " does not fit its checksum");
    }
    manifests.add(manifest);
    manifests.add(digest(folder + name + ".checksum", 0));
    return content;
  }

  private byte[] whole(String key) {
    return bucket.find(key).orElseThrow(() -> new FailedExport(key + " is missing"));
  }

  private List<Listed> listed() {
    return listed(whole(folder + "manifest-files.json"));
  }

  private List<Listed> listed(byte[] manifest) {
    return new String(manifest, UTF_8)
        .lines()
        .filter(line -> !line.isBlank())
        .map(line -> listed(json(line.getBytes(UTF_8))))
        .toList();
  }

  /** Of a key only the file's name counts: no manifest leads out of the export's folder. */
  private Listed listed(JsonNode line) {
    String key = line.path("dataFileS3Key").asText();
    return new Listed(
        folder + "data/" + key.substring(key.lastIndexOf('/') + 1),
        line.path("itemCount").asLong(),
        line.path("md5Checksum").asText());
  }

  private JsonNode json(byte[] manifest) {
    try {
      return DynamoDbJson.MAPPER.readTree(new String(manifest, UTF_8));
    } catch (JsonProcessingException e) {
      throw new FailedExport("a manifest in " + folder + " cannot be read", e);
    }
  }
}
