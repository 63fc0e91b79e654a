package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;

/**
 * Records that no retry could handle, handed in again as docs/operations.md says. In this template
 * there is no retry: a record that fails goes to the bucket at once, as it does in AWS after 22
 * hours.
 */
class ReplayTest extends Journey {

  private static final Duration CACHES_ARE_OLD = Duration.ofMinutes(6);
  private static final String EXPECTED = "{\"batchItemFailures\":[]}";

  @TempDir private static Path folder;

  @Override
  Path template() throws IOException {
    var impatient =
        Files.readString(TEMPLATE).replace("MaximumRetryAttempts: -1", "MaximumRetryAttempts: 0");
    return Files.writeString(folder.resolve("template.yaml"), impatient);
  }

  @Test
  void whatLandsInTheBucketBecomesACustomerWhenItIsReplayed() throws Exception {
    var ada = somebody();
    var unmailed = withoutLinkKey(() -> ada.submits(Map.of()));
    assertThat(ada.mails()).isEmpty();
    assertThat(tables.status(unmailed)).isEqualTo("PENDING");

    assertThat(replay("MailerFunction")).containsOnly(EXPECTED);
    assertThat(ada.mails()).hasSize(1);
    var link = ada.link();
    withoutLinkKey(() -> ada.presses(link));
    assertThat(tables.status(unmailed)).isEqualTo("VERIFIED");

    assertThat(replay("StoreFunction")).containsOnly(EXPECTED);
    assertThat(tables.status(unmailed)).isEqualTo("DONE");
    assertThat(new Records(host).value(ada.address, "message")).isEqualTo("Hello");

    var before = tables.snapshot();
    assertThat(replay("MailerFunction")).as("everything once more").containsOnly(EXPECTED);
    assertThat(replay("StoreFunction")).containsOnly(EXPECTED);
    assertThat(tables.snapshot()).isEqualTo(before);
    assertThat(ada.mails()).hasSize(1);
  }

  @Test
  void whatIsStillBrokenSaysSo() throws Exception {
    withoutLinkKey(() -> somebody().submits(Map.of()));

    var answers = withoutLinkKey(() -> replay("MailerFunction"));

    assertThat(answers).anyMatch(answer -> answer.contains("itemIdentifier"));
    assertThat(replay("MailerFunction")).containsOnly(EXPECTED);
  }

  private interface Work<T> {
    T run() throws Exception;
  }

  /** Meanwhile neither mailer nor storage can do anything, and nobody remembers the key. */
  private <T> T withoutLinkKey(Work<T> work) throws Exception {
    clock.advance(CACHES_ARE_OLD);
    var key =
        tables.items("system-keys").stream()
            .filter(item -> Tables.text(item, "name").equals("link"))
            .findFirst()
            .orElseThrow();
    tables.remove("system-keys", key);
    try {
      var result = work.run();
      host.drain(LIMIT);
      return result;
    } finally {
      put(key);
    }
  }

  private void put(Map<String, AttributeValue> key) {
    host.operator().dynamoDb().putItem(put -> put.tableName("system-keys").item(key));
  }

  /** Hands a function everything in the bucket that was meant for it, and returns its answers. */
  private List<String> replay(String function) throws Exception {
    var records =
        records().stream()
            .filter(it -> it.at("/requestContext/functionArn").asText().endsWith(":" + function))
            .toList();
    assertThat(records).isNotEmpty();
    var answers = new ArrayList<String>();
    for (JsonNode record : records) {
      answers.add(invoke(function, record.path("payload").asText()));
    }
    host.drain(LIMIT);
    return answers;
  }

  private List<JsonNode> records() throws IOException {
    S3Client s3 = host.operator().s3();
    var bucket =
        s3.listBuckets().buckets().stream()
            .map(Bucket::name)
            .filter(name -> name.contains("unhandled"))
            .findFirst()
            .orElseThrow();
    var records = new ArrayList<JsonNode>();
    for (var object : s3.listObjectsV2(list -> list.bucket(bucket)).contents()) {
      var body = s3.getObjectAsBytes(get -> get.bucket(bucket).key(object.key())).asByteArray();
      records.add(Json.MAPPER.readTree(body));
    }
    return records;
  }

  private String invoke(String function, String event) throws Exception {
    var request =
        HttpRequest.newBuilder(host.uri().resolve("/_local/invoke/" + function))
            .POST(BodyPublishers.ofString(event))
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }
}
