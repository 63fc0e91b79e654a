package io.vestibule.local.iam;

import io.vestibule.local.aws.Backend.Request;
import io.vestibule.local.aws.S3Request;
import io.vestibule.local.template.Stack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What S3 checks, and the use of the key that a bucket is under.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html">Required
 *     permissions for Amazon S3 API operations</a>
 */
record S3Access(Stack stack) {

  /** Headers of a write that are a permission of their own. */
  private static final Map<String, String> WRITE_OPTIONS =
      Map.of(
          "x-amz-acl", "s3:PutObjectAcl",
          "x-amz-tagging", "s3:PutObjectTagging",
          "x-amz-object-lock-mode", "s3:PutObjectRetention",
          "x-amz-object-lock-legal-hold", "s3:PutObjectLegalHold");

  List<Access> of(Request request) {
    S3Request s3 = S3Request.of(request);
    String version = s3.parameter("versionId").isPresent() ? "Version" : "";
    return switch (s3.operation()) {
      case "GetObject", "HeadObject" -> read(s3, "s3:GetObject" + version);
      case "PutObject", "CreateMultipartUpload" -> write(s3, request);
      case "UploadPart", "CompleteMultipartUpload" -> write(s3, request);
      case "DeleteObject" -> List.of(access("s3:DeleteObject" + version, s3));
      case "AbortMultipartUpload" -> List.of(access("s3:AbortMultipartUpload", s3));
      case "ListObjects", "ListObjectsV2", "HeadBucket" -> List.of(access("s3:ListBucket", s3));
      case "ListObjectVersions" -> List.of(access("s3:ListBucketVersions", s3));
      default -> List.of(new Access("s3:" + s3.operation(), Access.NO_RESOURCE));
    };
  }

  private List<Access> read(S3Request s3, String action) {
    List<Access> accesses = new ArrayList<>(List.of(access(action, s3)));
    key(s3, "kms:Decrypt").ifPresent(accesses::add);
    return accesses;
  }

  private List<Access> write(S3Request s3, Request request) {
    List<Access> accesses = new ArrayList<>(List.of(access("s3:PutObject", s3)));
    WRITE_OPTIONS.forEach(
        (header, action) ->
            request.header(header).ifPresent(sent -> accesses.add(access(action, s3))));
    key(s3, "kms:GenerateDataKey").ifPresent(accesses::add);
    if (!s3.operation().equals("PutObject")) {
      // S3 reads the parts' data key again for each part, and to put them together.
      key(s3, "kms:Decrypt").ifPresent(accesses::add);
    }
    return accesses;
  }

  private Optional<Access> key(S3Request s3, String action) {
    return new EncryptionAtRest(stack).bucket(s3.bucket(), action);
  }

  private Access access(String action, S3Request s3) {
    String bucketArn = "arn:aws:s3:::" + s3.bucket();
    return new Access(
        action,
        s3.key().isEmpty() ? bucketArn : bucketArn + "/" + s3.key(),
        Map.of(
            ConditionKey.RESOURCE_ACCOUNT,
            List.of(stack.account()),
            ConditionKey.PREFIX,
            s3.parameter("prefix").stream().toList()));
  }
}
