package io.vestibule.upkeep.canary;

import io.vestibule.core.RowId;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The canary's mailbox: what SES has received for it, a mail each object. Strangers can fill it: of
 * what is there only the newest are looked at, and none that is larger than ours.
 */
record MailFolder(S3Client s3, String bucket, Links links) {

  /** Where SES puts them; the canary's role is bound to it. */
  static final String PREFIX = "mail/";

  private static final int NEWEST = 50;
  private static final long LARGEST = 256 * 1024;

  /** The link to a row in the newest mail that has one. */
  Optional<URI> link(RowId id) {
    return newest().stream().flatMap(mail -> links.to(id, read(mail)).stream()).findFirst();
  }

  /** Deletes the mails with a link to a row, and none that another round may wait for. */
  void deleteMailsTo(RowId id) {
    newest().stream()
        .filter(mail -> !links.to(id, read(mail)).isEmpty())
        .forEach(mail -> s3.deleteObject(it -> it.bucket(bucket).key(mail.key())));
  }

  private List<S3Object> newest() {
    return s3.listObjectsV2Paginator(it -> it.bucket(bucket).prefix(PREFIX)).contents().stream()
        .filter(mail -> mail.size() <= LARGEST)
        .sorted(Comparator.comparing(S3Object::lastModified).reversed())
        .limit(NEWEST)
        .toList();
  }

  private byte[] read(S3Object mail) {
    return s3.getObjectAsBytes(it -> it.bucket(bucket).key(mail.key())).asByteArray();
  }
}
