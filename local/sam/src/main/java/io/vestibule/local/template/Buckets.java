package io.vestibule.local.template;

import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;

/**
 * {@code AWS::S3::Bucket}. Object Lock, lifecycle, public-access block and ownership are not sent:
 * the embedded S3 answers 501 to them, so that a local run proves nothing about them.
 */
final class Buckets {

  private final S3Client s3;
  private final Target target;
  private final Parts parts;

  Buckets(S3Client s3, Target target, Parts parts) {
    this.s3 = s3;
    this.target = target;
    this.parts = parts;
  }

  Identity create(String logicalId, Properties properties) {
    properties.ignore(
        "LifecycleConfiguration",
        "NotificationConfiguration",
        "ObjectLockConfiguration",
        "ObjectLockEnabled",
        "OwnershipControls",
        "PublicAccessBlockConfiguration",
        "Tags");
    String name =
        properties
            .optionalText("BucketName")
            .orElse(target.nameOf(logicalId).toLowerCase(Locale.ROOT));
    create(name);
    properties
        .object("VersioningConfiguration")
        .optionalText("Status")
        .ifPresent(status -> version(name, status));
    String arn = target.bucketArn(name);
    parts.buckets.add(
        new Stack.Bucket(logicalId, name, arn, keyArn(properties.object("BucketEncryption"))));
    return Identity.of(name, arn);
  }

  /** One that an earlier run has made is taken up with all that is in it. */
  private void create(String name) {
    try {
      s3.createBucket(bucket -> bucket.bucket(name));
    } catch (BucketAlreadyOwnedByYouException there) {
      // As it should be.
    }
  }

  private void version(String bucket, String status) {
    s3.putBucketVersioning(
        request -> request.bucket(bucket).versioningConfiguration(is -> is.status(status)));
  }

  private Optional<String> keyArn(Properties encryption) {
    Optional<String> keyArn = Optional.empty();
    for (Properties rule : encryption.objects("ServerSideEncryptionConfiguration")) {
      rule.ignore("BucketKeyEnabled");
      Properties byDefault = rule.object("ServerSideEncryptionByDefault");
      byDefault.ignore("SSEAlgorithm");
      keyArn = keyArn.or(() -> parts.keyArn(byDefault, "KMSMasterKeyID"));
    }
    return keyArn;
  }
}
