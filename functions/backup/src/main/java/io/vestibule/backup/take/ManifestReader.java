package io.vestibule.backup.take;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.backup.Bucket;
import io.vestibule.backup.Digests;
import io.vestibule.backup.DynamoDbJson;
import io.vestibule.backup.StoredFile;
import io.vestibule.backup.take.ExportManifests.DataFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the manifests of DynamoDB's export, each once: what of them is signed is what was checked.
 */
final class ManifestReader {

  private final Bucket bucket;
  private final ExportFolder folder;

  ManifestReader(Bucket bucket, ExportFolder folder) {
    this.bucket = bucket;
    this.folder = folder;
  }

  private record Content(StoredFile file, byte[] bytes) {

    String text() {
      return new String(bytes, UTF_8);
    }
  }

  /**
   * Reads and compares.
   *
   * @throws FailedExport if one is missing, does not fit its checksum, or they do not add up
   */
  ExportManifests read() {
    List<StoredFile> stored = new ArrayList<>();
    List<DataFile> data = files(checked(ExportFolder.FILES, stored));
    long items = json(checked(ExportFolder.SUMMARY, stored)).path("itemCount").asLong(-1);
    if (data.stream().mapToLong(DataFile::items).sum() != items) {
      throw new FailedExport(folder.manifest(ExportFolder.SUMMARY) + " does not add up");
    }
    if (data.stream().map(DataFile::key).distinct().count() != data.size()) {
      throw new FailedExport(folder.manifest(ExportFolder.FILES) + " names a file twice");
    }
    return new ExportManifests(List.copyOf(stored), data, items);
  }

  private String checked(String name, List<StoredFile> stored) {
    Content manifest = required(folder.manifest(name));
    Content md5 = find(folder.md5(name)).orElseGet(() -> required(folder.checksum(name)));
    if (!manifest.file().md5().equals(md5.text().strip())) {
      throw new FailedExport(manifest.file().key() + " does not fit its checksum");
    }
    stored.add(manifest.file());
    stored.add(md5.file());
    return manifest.text();
  }

  private Content required(String key) {
    return find(key).orElseThrow(() -> new FailedExport(key + " is missing"));
  }

  private Optional<Content> find(String key) {
    return bucket
        .look(key)
        .map(
            object -> {
              byte[] bytes = object.asByteArray();
              String etag = object.response().eTag();
              return new Content(
                  new Digests().update(bytes).file(key, 0, bytes.length, etag), bytes);
            });
  }

  private List<DataFile> files(String manifest) {
    return manifest
        .lines()
        .filter(line -> !line.isBlank())
        .map(line -> dataFile(json(line)))
        .toList();
  }

  /** Of a key only the file's name counts: no manifest leads out of the export's folder. */
  private DataFile dataFile(JsonNode line) {
    String key = line.path("dataFileS3Key").asText();
    return new DataFile(
        folder.dataFile(key.substring(key.lastIndexOf('/') + 1)),
        line.path("itemCount").asLong(),
        line.path("md5Checksum").asText());
  }

  private JsonNode json(String text) {
    try {
      return DynamoDbJson.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new FailedExport("a manifest of " + folder.id() + " cannot be read", e);
    }
  }
}
