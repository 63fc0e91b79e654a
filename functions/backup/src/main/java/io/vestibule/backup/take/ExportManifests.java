package io.vestibule.backup.take;

import io.vestibule.backup.StoredFile;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What DynamoDB says of its export.
 *
 * @param stored both manifests and their checksums, each as it was when it was checked
 * @param data the data files, each once
 * @param items how many items are in all of them
 */
record ExportManifests(List<StoredFile> stored, List<DataFile> data, long items) {

  /**
   * What is said of a data file.
   *
   * @param md5 of the file as stored, in base64
   */
  record DataFile(String key, long items, String md5) {}

  /**
   * The same as an earlier run found, of whose data files some are read already.
   *
   * @param before what it found; none, if there was no such run
   * @return what is to be signed
   * @throws FailedExport if one is another by now
   */
  List<StoredFile> sameAs(List<StoredFile> before) {
    if (before.isEmpty()) {
      return stored;
    }
    if (!hashes(before).equals(hashes(stored))) {
      throw new FailedExport(
          stored.getFirst().key() + ", or what is beside it, was changed between two runs");
    }
    return before;
  }

  private static Map<String, String> hashes(List<StoredFile> files) {
    return files.stream().collect(Collectors.toMap(StoredFile::key, StoredFile::sha256));
  }

  /**
   * Whether these are all the data files.
   *
   * @throws FailedExport if they are, and hold more or fewer items than all
   */
  boolean isAll(List<StoredFile> read) {
    Set<String> listed = data.stream().map(DataFile::key).collect(Collectors.toSet());
    if (!read.stream().map(StoredFile::key).collect(Collectors.toSet()).equals(listed)) {
      return false;
    }
    if (read.stream().mapToLong(StoredFile::items).sum() != items) {
      throw new FailedExport("what was read does not add up");
    }
    return true;
  }
}
