package io.vestibule.deletion;

import io.vestibule.core.Json;
import io.vestibule.core.Timestamp;
import io.vestibule.store.Erasure;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The erased numbers, each as an object {@code ledger/<customerId>.json} beside the backups: they
 * are with them at once, whatever becomes of the tables, and restores read their names.
 */
final class ErasureLedger {

  private static final int PRECONDITION_FAILED = 412;

  private final S3Client s3;
  private final String bucket;

  ErasureLedger(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
  }

  /** Writes the entry, unless it is there: a locked object can have versions, but needs none. */
  void add(Erasure erasure, String customerId) {
    try {
      s3.putObject(
          put ->
              put.bucket(bucket)
                  .key("ledger/" + customerId + ".json")
                  .contentType("application/json")
                  .ifNoneMatch("*"),
          RequestBody.fromString(entry(erasure, customerId)));
    } catch (S3Exception e) {
      if (e.statusCode() != PRECONDITION_FAILED) {
        throw e;
      }
    }
  }

  /** What is in an entry: for people, as restores read names only. */
  static String entry(Erasure erasure, String customerId) {
    return Json.MAPPER
        .createObjectNode()
        .put("customerId", customerId)
        .put("erasedAt", Timestamp.of(erasure.erasedAt()))
        .put("request", erasure.askedBy())
        .toString();
  }
}
