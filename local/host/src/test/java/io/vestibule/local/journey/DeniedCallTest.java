package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vestibule.core.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** What a function tried and may not do is on the list of the latest calls. */
class DeniedCallTest extends Journey {

  @Test
  void aCallThatARoleForbidsIsThereAsDenied() throws Exception {
    try (var intake = as("IntakeFunction");
        var browser = HttpClient.newHttpClient()) {
      assertThatThrownBy(() -> intake.scan(scan -> scan.tableName("customers")))
          .isInstanceOf(DynamoDbException.class);

      URI calls = host.uri().resolve("/_local/calls");
      var answer =
          browser.send(HttpRequest.newBuilder(calls).GET().build(), BodyHandlers.ofString());
      assertThat(Json.MAPPER.readTree(answer.body()))
          .filteredOn(call -> call.path("denied").asBoolean())
          .singleElement()
          .satisfies(
              call -> {
                assertThat(call.path("function").asText()).isEqualTo("IntakeFunction");
                assertThat(call.path("operation").asText()).isEqualTo("Scan");
                assertThat(call.path("resource").asText()).isEqualTo("customers");
              });
    }
  }
}
