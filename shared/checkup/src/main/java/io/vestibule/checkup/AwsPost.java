package io.vestibule.checkup;

import io.vestibule.store.AwsAccess;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.PartitionMetadata;

/**
 * Posts to a service of AWS without a client of its own, signed by the SDK.
 *
 * @param service by which requests are signed and where they go, such as {@code cloudformation}
 * @param patience how long it waits for a connection, and then for each part of the answer
 */
public record AwsPost(AwsAccess aws, String service, Duration patience) {

  /**
   * What came of it.
   *
   * @param ok whether the service took it
   */
  public record Answer(boolean ok, byte[] body) {}

  /**
   * Posts.
   *
   * @throws SdkClientException the service does not answer
   */
  public Answer send(Map<String, String> headers, byte[] body) {
    try (var http =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(patience)
            .socketTimeout(patience)
            .build()) {
      var answer = http.prepareRequest(signed(headers, body)).call();
      try (var content = answer.responseBody().orElseThrow(() -> new IOException("no answer"))) {
        return new Answer(answer.httpResponse().isSuccessful(), content.readAllBytes());
      }
    } catch (IOException e) {
      throw SdkClientException.create(service + " does not answer", e);
    }
  }

  private HttpExecuteRequest signed(Map<String, String> headers, byte[] body) {
    ContentStreamProvider payload = () -> new ByteArrayInputStream(body);
    var request =
        SdkHttpFullRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(uri())
            .putHeader("Content-Length", Integer.toString(body.length));
    headers.forEach(request::putHeader);
    var signed =
        AwsV4HttpSigner.create()
            .sign(
                sign ->
                    sign.identity(aws.credentials().resolveCredentials())
                        .request(request.build())
                        .payload(payload)
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, aws.region().id()));
    return HttpExecuteRequest.builder()
        .request(signed.request())
        .contentStreamProvider(signed.payload().orElse(payload))
        .build();
  }

  private URI uri() {
    return aws.endpoint()
        .orElseGet(
            () ->
                URI.create(
                    "https://%s.%s.%s/"
                        .formatted(
                            service,
                            aws.region().id(),
                            PartitionMetadata.of(aws.region()).dnsSuffix())));
  }
}
