package io.vestibule.local.embedded;

import java.io.IOException;
import java.net.URI;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/**
 * S3 by S3Proxy: in memory, versioning included. Object Lock, lifecycle rules, bucket policies and
 * the public-access block are not in it; it answers them with 501. Signatures are not checked: the
 * door before it knows the callers.
 */
public final class EmbeddedS3 implements AutoCloseable {

  private final S3Proxy proxy =
      S3Proxy.builder()
          .blobStore(new TransientNio2BlobStore())
          .endpoint(URI.create("http://127.0.0.1:0"))
          .awsAuthentication(AuthenticationType.NONE, null, null)
          .stopTimeout(0) // Else it waits a second for each connection that a client keeps open.
          .build();

  private EmbeddedS3() {}

  /** Starts a new S3 without buckets on a free port. */
  public static EmbeddedS3 start() throws IOException {
    var s3 = new EmbeddedS3();
    Jetty.run("starting S3Proxy", s3.proxy::start);
    return s3;
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + proxy.getPort());
  }

  @Override
  public void close() throws IOException {
    Jetty.run("stopping S3Proxy", proxy::stop);
  }
}
