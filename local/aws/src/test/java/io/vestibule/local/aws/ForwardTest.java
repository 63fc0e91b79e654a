package io.vestibule.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vestibule.local.aws.Backend.Request;
import io.vestibule.local.aws.Backend.Response;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;

class ForwardTest {

  private static final byte[] EVERY_BYTE = new byte[256];

  static {
    for (int i = 0; i < EVERY_BYTE.length; i++) {
      EVERY_BYTE[i] = (byte) i;
    }
  }

  private final BlockingQueue<Request> received = new LinkedBlockingQueue<>();
  private volatile Response answer = new Response(200, Map.of(), new byte[0]);
  private BackendServer server;
  private Forward forward;

  @BeforeEach
  void start() throws IOException {
    server =
        new BackendServer(
            request -> {
              received.add(request);
              return answer;
            });
    forward = new Forward(server.endpoint());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aRequestArrivesAsItWas() throws IOException {
    var target = "/bucket//a%20b/%C3%BC?list-type=2&prefix=x%2Fy&empty";
    forward.handle(
        new Request("POST", target, Map.of("X-Amz-Target", "T.Op", "Accept", "a, b"), EVERY_BYTE));

    var request = received.remove();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.target()).isEqualTo(target);
    assertThat(request.header("x-amz-target")).contains("T.Op");
    assertThat(request.header("accept")).contains("a, b");
    assertThat(request.body()).isEqualTo(EVERY_BYTE);
  }

  @Test
  void headersOfTheConnectionAreMadeAnew() throws IOException {
    var headers =
        Map.of(
            "Host", "dynamodb.eu-central-1.amazonaws.com",
            "Connection", "close",
            "Content-Length", "256",
            "Expect", "100-continue",
            "Transfer-Encoding", "chunked");
    forward.handle(new Request("PUT", "/", headers, EVERY_BYTE));

    var request = received.remove();
    assertThat(request.header("host")).contains(server.endpoint().getAuthority());
    assertThat(request.header("content-length")).contains("256");
    assertThat(request.headers()).doesNotContainKeys("expect", "transfer-encoding");
  }

  @Test
  void anAnswerComesBackAsItWas() throws IOException {
    answer = new Response(404, Map.of("x-amzn-ErrorType", "Gone", "ETag", "\"1\""), EVERY_BYTE);

    var response = forward.handle(new Request("GET", "/", Map.of(), new byte[0]));

    assertThat(response.status()).isEqualTo(404);
    assertThat(response.body()).isEqualTo(EVERY_BYTE);
    assertThat(response.headers())
        .containsEntry("x-amzn-errortype", "Gone")
        .containsEntry("etag", "\"1\"");
  }

  @Test
  void theAnswerToHeadKeepsTheLengthOfWhatItDescribes() throws IOException {
    answer = new Response(200, Map.of("Content-Length", "1234"), new byte[0]);

    var response = forward.handle(new Request("HEAD", "/", Map.of(), new byte[0]));

    assertThat(response.headers()).containsEntry("content-length", "1234");
    assertThat(response.body()).isEmpty();
  }

  @Test
  void aDeletionIsAnsweredWithNothing() throws IOException {
    answer = new Response(204, Map.of(), new byte[0]);

    var response = forward.handle(new Request("DELETE", "/key", Map.of(), new byte[0]));

    assertThat(response.status()).isEqualTo(204);
    assertThat(response.body()).isEmpty();
    assertThat(received.remove().body()).isEmpty();
  }

  @Test
  void anUploadInSignedChunksArrivesByteByByte() throws IOException {
    try (var door = new BackendServer(forward);
        var s3 = Sdk.client(S3Client.builder().forcePathStyle(true), door.endpoint())) {
      s3.putObject(
          r -> r.bucket("b").key("k").checksumAlgorithm(ChecksumAlgorithm.CRC32),
          RequestBody.fromBytes(EVERY_BYTE));
    }

    var request = received.remove();
    assertThat(request.header("x-amz-trailer")).contains("x-amz-checksum-crc32");
    assertThat(request.header("x-amz-decoded-content-length")).contains("256");
    assertThat(request.body()).contains(EVERY_BYTE).hasSizeGreaterThan(256);
  }

  @Test
  void aServerThatIsNotThereIsAnIoException() {
    var nobody = new Forward(URI.create("http://127.0.0.1:1"));

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> nobody.handle(new Request("GET", "/", Map.of(), new byte[0])));
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> forward.handle(new Request("GET", "/a b", Map.of(), new byte[0])));
  }
}
