package io.vestibule.backup.take;

import io.vestibule.backup.Backup;
import io.vestibule.backup.Kind;

/**
 * The folder of a table's copy, and the names in it, as DynamoDB's export to S3 has them.
 *
 * @param prefix what stands before DynamoDB's own names
 * @param id the export's: DynamoDB gives its own an id, ours have that of the backup
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html">DynamoDB
 *     table export output format</a>
 */
record ExportFolder(String prefix, String id) {

  /** The manifest that lists the data files. */
  static final String FILES = "manifest-files";

  /** The manifest that tells of the whole. */
  static final String SUMMARY = "manifest-summary";

  /** What DynamoDB is told to put before its own names. */
  static String prefix(String backup, Kind kind) {
    return Backup.folder(backup) + kind.folder();
  }

  /** The folder of a copy that we make. */
  static ExportFolder ours(String backup, Kind kind) {
    return new ExportFolder(prefix(backup, kind), backup);
  }

  /** The folder of a copy that DynamoDB makes; the last part of an export's ARN is its id. */
  static ExportFolder ofDynamoDb(String backup, Kind kind, String exportArn) {
    return new ExportFolder(
        prefix(backup, kind), exportArn.substring(exportArn.lastIndexOf('/') + 1));
  }

  String dataFile(String name) {
    return file("data/" + name);
  }

  String manifest(String name) {
    return file(name + ".json");
  }

  /** A manifest's MD5, where AWS documents it. */
  String checksum(String name) {
    return file(name + ".checksum");
  }

  /** A manifest's MD5, where DynamoDB really writes it. */
  String md5(String name) {
    return file(name + ".md5");
  }

  private String file(String name) {
    return "%s/AWSDynamoDB/%s/%s".formatted(prefix, id, name);
  }
}
