package io.vestibule.local.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vestibule.local.aws.BackendServer;
import io.vestibule.local.aws.Forward;
import io.vestibule.local.aws.Sdk;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** Through a Forward, as the local run does it: uploads in aws-chunked form with trailers, too. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedS3Test {

  private EmbeddedS3 embedded;
  private BackendServer door;
  private S3Client s3;

  @BeforeAll
  void start() throws IOException {
    embedded = EmbeddedS3.start();
    door = new BackendServer(new Forward(embedded.endpoint()));
    s3 = Sdk.client(S3Client.builder().forcePathStyle(true), door.endpoint());
  }

  @AfterAll
  void stop() throws IOException {
    s3.close();
    door.close();
    embedded.close();
  }

  @Test
  void bytesComeBackAsTheyWere() {
    s3.createBucket(r -> r.bucket("bytes"));
    var bytes = new byte[300_000];
    new Random(1).nextBytes(bytes);

    s3.putObject(
        r -> r.bucket("bytes").key("a b/ü").checksumAlgorithm(ChecksumAlgorithm.SHA256),
        RequestBody.fromBytes(bytes));

    var back = s3.getObjectAsBytes(r -> r.bucket("bytes").key("a b/ü"));
    assertThat(back.asByteArray()).isEqualTo(bytes);
    assertThat(s3.headObject(r -> r.bucket("bytes").key("a b/ü")).contentLength())
        .isEqualTo(bytes.length);
  }

  @Test
  void anEmptyObjectAndAMissingOneDiffer() {
    s3.createBucket(r -> r.bucket("empty"));

    s3.putObject(r -> r.bucket("empty").key("is"), RequestBody.empty());

    assertThat(s3.headObject(r -> r.bucket("empty").key("is")).contentLength()).isZero();
    assertThatExceptionOfType(NoSuchKeyException.class)
        .isThrownBy(() -> s3.headObject(r -> r.bucket("empty").key("is not")));
  }

  @Test
  void aDeletedObjectKeepsItsVersions() {
    s3.createBucket(r -> r.bucket("versions"));
    s3.putBucketVersioning(
        r ->
            r.bucket("versions")
                .versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
    var first = put("versions", "one");
    put("versions", "two");

    s3.deleteObject(r -> r.bucket("versions").key("key"));

    var listed = s3.listObjectVersions(r -> r.bucket("versions"));
    assertThat(listed.versions()).hasSize(2);
    assertThat(listed.deleteMarkers()).hasSize(1);
    assertThatExceptionOfType(NoSuchKeyException.class)
        .isThrownBy(() -> s3.getObjectAsBytes(r -> r.bucket("versions").key("key")));
    assertThat(
            s3.getObjectAsBytes(r -> r.bucket("versions").key("key").versionId(first.versionId()))
                .asUtf8String())
        .isEqualTo("one");
  }

  @Test
  void itIsReachedFromThisMachineOnly() throws IOException {
    Loopback.assertIsTheOnlyWayTo(embedded.endpoint());
  }

  private PutObjectResponse put(String bucket, String content) {
    return s3.putObject(r -> r.bucket(bucket).key("key"), RequestBody.fromString(content));
  }
}
