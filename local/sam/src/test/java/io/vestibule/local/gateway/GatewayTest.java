package io.vestibule.local.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vestibule.local.aws.Backend;
import io.vestibule.local.gateway.CallLog.Call;
import io.vestibule.local.iam.TestStack;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.kms.model.KmsException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.sesv2.model.SesV2Exception;

class GatewayTest {

  private static final byte[] BINARY = binary();

  private final RunningGateway running = RunningGateway.of(TestStack.with());

  @AfterEach
  void close() {
    running.close();
  }

  @Test
  void dynamoDbDenialsReachTheFunctionOnceAsOnAws() {
    try (var dynamoDb = running.dynamoDb("Worker")) {
      assertDenied(
          () ->
              dynamoDb.putItem(
                  put -> put.tableName("notes").item(Map.of("id", AttributeValue.fromS("1")))),
          DynamoDbException.class,
          400,
          "AccessDeniedException",
          "not authorized to perform: dynamodb:PutItem on resource: " + TestStack.TABLES + "notes");
    }
  }

  @Test
  void kmsDenialsReachTheFunctionOnceAsOnAws() {
    try (var kms = running.kms("Worker")) {
      assertDenied(
          () ->
              kms.encrypt(
                  encrypt ->
                      encrypt.keyId("keyset-key").plaintext(SdkBytes.fromUtf8String("secret"))),
          KmsException.class,
          400,
          "AccessDeniedException",
          "not authorized to perform: kms:Encrypt on resource: " + TestStack.KEYSET_KEY);
    }
  }

  @Test
  void sesDenialsReachTheFunctionOnceAsOnAws() {
    try (var ses = running.ses("Worker")) {
      assertDenied(
          () -> ses.sendEmail(send -> send.fromEmailAddress("hello@example.com")),
          SesV2Exception.class,
          403,
          "AccessDeniedException",
          "not authorized to perform: ses:SendEmail");
    }
  }

  @Test
  void s3DenialsReachTheFunctionOnceAsOnAws() {
    try (var s3 = running.s3("Worker")) {
      assertDenied(
          () -> s3.getObjectAsBytes(get -> get.bucket("open").key("k")),
          S3Exception.class,
          403,
          "AccessDenied",
          "not authorized to perform: s3:GetObject on resource: arn:aws:s3:::open/k");
    }
  }

  @Test
  void aDeniedHeadHasNoBodyToSayWhy() {
    try (var s3 = running.s3("Worker")) {
      assertThatThrownBy(() -> s3.headObject(head -> head.bucket("open").key("k")))
          .isInstanceOfSatisfying(
              S3Exception.class, denied -> assertThat(denied.statusCode()).isEqualTo(403));
    }
    assertThat(running.arrived).isEmpty();
  }

  private void assertDenied(
      ThrowingCallable call,
      Class<? extends AwsServiceException> type,
      int status,
      String code,
      String message) {
    assertThatThrownBy(call)
        .isInstanceOf(type)
        .hasMessageContaining(message)
        .isInstanceOfSatisfying(
            AwsServiceException.class,
            denied -> {
              assertThat(denied.statusCode()).isEqualTo(status);
              assertThat(denied.awsErrorDetails().errorCode()).isEqualTo(code);
            });
    assertThat(running.arrived).isEmpty();
    assertThat(running.calls.latest("Worker"))
        .singleElement()
        .satisfies(
            denied -> {
              assertThat(denied.allowed()).isFalse();
              assertThat(denied.status()).isEqualTo(status);
            });
  }

  @Test
  void operatorsPassAndAreLoggedWithoutAccesses() {
    running.answersWith(200, Map.of(), "{\"TableNames\": []}".getBytes(UTF_8));
    try (var operator = running.dynamoDb("operator");
        var recording = running.calls.record()) {
      operator.listTables();

      assertThat(recording.calls())
          .singleElement()
          .extracting(Call::caller, Call::service, Call::operation, Call::allowed, Call::status)
          .containsExactly("operator", "dynamodb", "ListTables", true, 200);
      assertThat(recording.calls().getFirst().accesses()).isEmpty();
    }
  }

  @Test
  void beforeTheStackIsThereEverybodyIsAnOperator() {
    try (var bare = RunningGateway.beforeDeployment();
        var dynamoDb = bare.dynamoDb("Worker")) {
      bare.answersWith(200, Map.of(), "{}".getBytes(UTF_8));

      dynamoDb.listTables();

      assertThat(bare.arrived).hasSize(1);
    }
  }

  @Test
  void whoSignsNothingGetsNothing() throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      var answer =
          http.send(
              HttpRequest.newBuilder(running.gateway.endpoint()).build(), BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("AccessDeniedException");
    }
    assertThat(running.arrived).isEmpty();
  }

  @Test
  void aServiceThatIsNotHereIsDenied() throws IOException {
    String answer =
        raw(
            """
            GET / HTTP/1.1
            Host: x
            Authorization: AWS4-HMAC-SHA256 Credential=operator/20260101/eu-central-1/sqs/aws4_request
            Connection: close

            """);

    assertThat(answer).startsWith("HTTP/1.1 400 ").contains("There is no service sqs here");
  }

  @Test
  void bytesPassUnharmedBothWaysAlsoInSignedChunks() {
    running.answersWith(200, Map.of("x-amz-version-id", "7"), BINARY);
    try (var s3 = running.s3("operator")) {
      s3.putObject(
          put -> put.bucket("open").key("k"),
          RequestBody.fromContentProvider(
              () -> new ByteArrayInputStream(BINARY), BINARY.length, "application/octet-stream"));
      var answer = s3.getObjectAsBytes(get -> get.bucket("open").key("k"));

      assertThat(answer.asByteArray()).isEqualTo(BINARY);
      assertThat(answer.response().versionId()).isEqualTo("7");
    }
    var put = running.arrived.getFirst();
    assertThat(put.header("Content-Encoding")).hasValue("aws-chunked");
    assertThat(put.header("x-amz-decoded-content-length")).hasValue("" + BINARY.length);
    assertThat(put.body()).hasSizeGreaterThan(BINARY.length).containsSubsequence(BINARY);
    assertThat(put.header("Content-Length")).hasValue("" + put.body().length);
  }

  @Test
  void aHeadKeepsTheLengthThatItTells() {
    running.answersWith(200, Map.of("Content-Length", "123456", "ETag", "\"e\""), new byte[0]);
    try (var s3 = running.s3("operator")) {
      var head = s3.headObject(request -> request.bucket("open").key("k"));

      assertThat(head.contentLength()).isEqualTo(123456);
      assertThat(head.eTag()).isEqualTo("\"e\"");
    }
  }

  @Test
  void whoExpectsToBeToldGoesOnAfter100Continue() throws IOException {
    String answer =
        raw(
            """
            PUT /open//a%2Fb?x-id=PutObject HTTP/1.1
            Host: x
            Authorization: AWS4-HMAC-SHA256 Credential=operator/20260101/eu-central-1/s3/aws4_request
            Expect: 100-continue
            Connection: close
            Content-Length: 4

            body\
            """);

    assertThat(answer).startsWith("HTTP/1.1 100 Continue").contains("HTTP/1.1 200 OK");
    var arrived = running.arrived.getFirst();
    assertThat(arrived.body()).asString(UTF_8).isEqualTo("body");
    assertThat(arrived.target()).isEqualTo("/open//a%2Fb?x-id=PutObject");
    assertThat(arrived.header("Expect")).isEmpty();
  }

  @Test
  void aBackendOutOfReachIsABadGateway() throws IOException {
    Backend down =
        request -> {
          throw new ConnectException("refused");
        };
    var log = new CallLog(1);
    try (var gateway = new Gateway(0, Map.of("kms", down), log, Clock.systemUTC())) {
      String answer =
          raw(
              gateway,
              """
              POST / HTTP/1.1
              Host: x
              Authorization: AWS4-HMAC-SHA256 Credential=me/20260101/eu-central-1/kms/aws4_request
              X-Amz-Target: TrentService.Decrypt
              Connection: close

              """);

      assertThat(answer).startsWith("HTTP/1.1 502 ");
      assertThat(log.latest("me")).extracting(Call::status).containsExactly(502);
    }
  }

  @Test
  void nobodyReachesItFromOutside() throws SocketException {
    var outside =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
            .findFirst();
    assumeTrue(outside.isPresent(), "this machine has no address but loopback");

    assertThatThrownBy(
            () -> new Socket(outside.orElseThrow(), running.gateway.endpoint().getPort()).close())
        .isInstanceOf(ConnectException.class);
  }

  private String raw(String request) throws IOException {
    return raw(running.gateway, request);
  }

  private static String raw(Gateway gateway, String request) throws IOException {
    var endpoint = gateway.endpoint();
    try (var socket = new Socket(endpoint.getHost(), endpoint.getPort())) {
      socket.getOutputStream().write(request.replace("\n", "\r\n").getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private static byte[] binary() {
    byte[] bytes = new byte[100_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (i * 31);
    }
    return bytes;
  }
}
