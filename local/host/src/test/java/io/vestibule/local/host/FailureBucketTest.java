package io.vestibule.local.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.local.embedded.EmbeddedS3;
import io.vestibule.local.template.Operator;
import io.vestibule.local.template.Stack;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

class FailureBucketTest {

  private static final Instant NOW = Instant.parse("2026-03-12T19:03:58Z");

  private final Stack.StreamSource source =
      new Stack.StreamSource(
          "Changes",
          "Table",
          "stream-arn",
          10,
          List.of(),
          0,
          false,
          true,
          Optional.of("unhandled"));
  private final Batch batch = new Batch("shard-1", List.of(record("101"), record("102")), 1);
  private final Invocation last =
      new Invocation(
          NOW, "Reader", "request-1", "", Duration.ZERO, new Outcome.Failed("Oops", "no"));

  @Test
  void theWholeRecordOfTheInvocationIsKeptAsLambdaKeepsIt() throws IOException {
    try (var server = EmbeddedS3.start();
        var operator = Operator.at(server.endpoint(), "eu-central-1")) {
      S3Client s3 = operator.s3();
      s3.createBucket(bucket -> bucket.bucket("unhandled"));

      new FailureBucket(Stacks.of(), s3, Clock.fixed(NOW, ZoneOffset.UTC))
          .keep("Reader", source, batch, last);

      String key = s3.listObjectsV2(list -> list.bucket("unhandled")).contents().getFirst().key();
      assertThat(key)
          .matches(
              "aws/lambda/[0-9a-f-]{36}/shard-1/2026/03/12/2026-03-12T19\\.03\\.58-[0-9a-f-]{36}");
      JsonNode kept =
          new ObjectMapper()
              .readTree(
                  s3.getObjectAsBytes(object -> object.bucket("unhandled").key(key)).asByteArray());
      assertThat(kept.path("requestContext").toString())
          .isEqualTo(
              "{\"requestId\":\"request-1\","
                  + "\"functionArn\":\"arn:aws:lambda:eu-central-1:000000000000:function:Reader\","
                  + "\"condition\":\"RetryAttemptsExhausted\",\"approximateInvokeCount\":1}");
      assertThat(kept.at("/responseContext/functionError").asText()).isEqualTo("Unhandled");
      assertThat(kept.path("DDBStreamBatchInfo").toString())
          .isEqualTo(
              "{\"shardId\":\"shard-1\",\"startSequenceNumber\":\"101\","
                  + "\"endSequenceNumber\":\"102\","
                  + "\"approximateArrivalOfFirstRecord\":\"1970-01-01T00:00:07Z\","
                  + "\"approximateArrivalOfLastRecord\":\"1970-01-01T00:00:07Z\","
                  + "\"batchSize\":2,\"streamArn\":\"stream-arn\"}");
      assertThat(new ObjectMapper().readTree(kept.path("payload").asText()))
          .isEqualTo(StreamEvents.event(batch.records()));
    }
  }

  private static ObjectNode record(String sequenceNumber) {
    ObjectNode record = JsonNodeFactory.instance.objectNode();
    record
        .putObject("dynamodb")
        .put("SequenceNumber", sequenceNumber)
        .put("ApproximateCreationDateTime", 7);
    return record;
  }
}
