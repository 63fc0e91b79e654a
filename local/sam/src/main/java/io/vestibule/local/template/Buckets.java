package io.vestibule.local.template;

import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;

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
        "ObjectLockConfiguration",
        "ObjectLockEnabled",
        "OwnershipControls",
        "PublicAccessBlockConfiguration",
        "Tags");
    String name =
        properties
            .optionalText("BucketName")
            .orElse(target.nameOf(logicalId).toLowerCase(Locale.ROOT));
    s3.createBucket(bucket -> bucket.bucket(name));
    properties
        .object("VersioningConfiguration")
        .optionalText("Status")
        .ifPresent(status -> version(name, status));
    String arn = target.bucketArn(name);
    parts.buckets.add(
        new Stack.Bucket(logicalId, name, arn, keyArn(properties.object("BucketEncryption"))));
    return Identity.of(name, arn);
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
