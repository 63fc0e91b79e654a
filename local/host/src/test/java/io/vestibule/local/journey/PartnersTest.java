package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vestibule.core.Json;
import io.vestibule.local.aws.Patience;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

/** What a run with targets of its own has: partners, their secrets, and calls between functions. */
class PartnersTest extends Journey {

  private static final String PARTNER = "/_local/partners/demo";

  @Override
  protected Optional<Path> targets() {
    return Optional.of(Path.of("..", "targets"));
  }

  @Test
  void aPartnerRefusesWhoeverDoesNotSignAndTellsOfIt() throws Exception {
    assertThat(send(HttpRequest.newBuilder(), PARTNER + "/hook", "{}").statusCode()).isEqualTo(400);

    var calls = Json.MAPPER.readTree(send(HttpRequest.newBuilder().GET(), PARTNER, null).body());
    assertThat(calls)
        .singleElement()
        .satisfies(it -> assertThat(it.path("answered").asInt()).isEqualTo(400));
  }

  @Test
  void noWebPageMaySteerAPartner() throws Exception {
    var page = HttpRequest.newBuilder().header("Origin", "https://evil.example");

    assertThat(send(page, PARTNER, "{\"mode\": \"ok\"}").statusCode()).isEqualTo(403);
  }

  @Test
  void aFunctionReadsNoSecretThatItsRoleDoesNotGrant() {
    try (var operator = client(SecretsManagerClient.builder(), "operator");
        var intake = client(SecretsManagerClient.builder(), "IntakeFunction")) {
      assertThat(operator.getSecretValue(get -> get.secretId("vestibule/demo")).secretString())
          .contains("whsec_");
      assertThatThrownBy(() -> intake.getSecretValue(get -> get.secretId("vestibule/demo")))
          .isInstanceOf(SecretsManagerException.class)
          .hasMessageContaining("not authorized to perform: secretsmanager:GetSecretValue");
    }
  }

  @Test
  void aFunctionCallsNoOtherThatItsRoleDoesNotGrant() throws Exception {
    try (var operator = client(LambdaClient.builder(), "operator");
        var intake = client(LambdaClient.builder(), "IntakeFunction")) {
      assertThat(
              operator
                  .invoke(
                      it ->
                          it.functionName("ReconcileFunction").invocationType(InvocationType.EVENT))
                  .statusCode())
          .isEqualTo(202);
      assertThatThrownBy(
              () ->
                  intake.invoke(
                      it ->
                          it.functionName("ReconcileFunction")
                              .invocationType(InvocationType.EVENT)))
          .isInstanceOf(LambdaException.class)
          .hasMessageContaining("not authorized to perform: lambda:InvokeFunction");
    }
    host.drain(Patience.LIMIT);
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String path, @Nullable String body)
      throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      request.uri(host.uri().resolve(path));
      if (body != null) {
        request.POST(BodyPublishers.ofString(body)).header("Content-Type", "application/json");
      }
      return http.send(request.build(), BodyHandlers.ofString());
    }
  }

  private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
      B builder, String caller) {
    return builder
        .endpointOverride(host.aws())
        .region(Region.of(host.stack().region()))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(caller, "local")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }
}
