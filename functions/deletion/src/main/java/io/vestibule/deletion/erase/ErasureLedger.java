package io.vestibule.deletion.erase;

import io.vestibule.core.Deadline;
import io.vestibule.core.Json;
import io.vestibule.core.LedgerEntry;
import io.vestibule.core.Timestamp;
import io.vestibule.keys.SigningKey;
import io.vestibule.store.Erasure;
import java.security.PublicKey;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The erased numbers beside the backups, with which they are at once, whatever becomes of the
 * tables. Restores read the names of the objects: {@link LedgerEntry}, which is signed, and {@code
 * ledger/<customerId>.json}, which is not, and which the version before reads after a roll-back.
 */
public final class ErasureLedger {

  private static final int PRECONDITION_FAILED = 412;

  private final S3Client s3;
  private final String bucket;
  private final SigningKey key;
  private @Nullable PublicKey publicKey;

  public ErasureLedger(S3Client s3, String bucket, SigningKey key) {
    this.s3 = s3;
    this.bucket = bucket;
    this.key = key;
  }

  /**
   * Writes the entries, unless they are there: a locked object can have versions, but needs none.
   */
  public void add(Erasure erasure, String customerId) {
    put(LedgerEntry.unsignedKey(customerId), entry(erasure, customerId));
    if (!isSigned(customerId)) {
      sign(erasure, customerId);
    }
  }

  /** Writes the signed entry of an erasure that is in the table. */
  public void sign(Erasure erasure, String customerId) {
    var at = erasure.erasedAt().truncatedTo(ChronoUnit.MILLIS);
    var signature = key.sign(LedgerEntry.signed(customerId, at));
    put(new LedgerEntry(customerId, at, signature).key(), entry(erasure, customerId));
  }

  /** An entry that somebody else has put there is none. */
  private boolean isSigned(String customerId) {
    return names(LedgerEntry.prefix(customerId)).anyMatch(this::isValid);
  }

  private boolean isValid(String name) {
    return LedgerEntry.parse(name).filter(entry -> entry.isSignedBy(publicKey())).isPresent();
  }

  /**
   * The numbers that have an entry of the version before, and none that is signed; nobody if there
   * is no time to look at all entries.
   */
  public Set<String> unsigned(Deadline deadline) {
    var landed = new TreeSet<String>();
    var signed = new HashSet<String>();
    var names =
        deadline.isOver()
            ? Stream.<String>empty().iterator()
            : names(LedgerEntry.LEDGER).iterator();
    while (names.hasNext()) {
      if (deadline.isOver()) {
        return Set.of();
      }
      var name = names.next();
      if (!name.startsWith(LedgerEntry.PREFIX)) {
        LedgerEntry.unsignedCustomerId(name).filter(it -> !it.isEmpty()).ifPresent(landed::add);
      } else if (isValid(name)) {
        signed.add(LedgerEntry.customerId(name));
      }
    }
    landed.removeAll(signed);
    return landed;
  }

  private Stream<String> names(String prefix) {
    return s3.listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix)).contents().stream()
        .map(S3Object::key);
  }

  private PublicKey publicKey() {
    if (publicKey == null) {
      publicKey = key.publicKey();
    }
    return publicKey;
  }

  private void put(String name, String entry) {
    try {
      s3.putObject(
          put -> put.bucket(bucket).key(name).contentType("application/json").ifNoneMatch("*"),
          RequestBody.fromString(entry));
    } catch (S3Exception e) {
      if (e.statusCode() != PRECONDITION_FAILED) {
        throw e;
      }
    }
  }

  /** What is in an entry: for people, as restores read names only. */
  public static String entry(Erasure erasure, String customerId) {
    return Json.MAPPER
        .createObjectNode()
        .put("customerId", customerId)
        .put("erasedAt", Timestamp.of(erasure.erasedAt()))
        .put("request", erasure.askedBy())
        .toString();
  }
}
