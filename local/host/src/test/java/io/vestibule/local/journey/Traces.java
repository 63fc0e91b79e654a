package io.vestibule.local.journey;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vestibule.local.host.LocalHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Everything that the system leaves behind, wherever it is, as bytes to be searched. */
record Traces(LocalHost host) {

  /** Something that is stored, sent or printed. */
  record Trace(String where, byte[] content) {}

  List<Trace> everything() {
    List<Trace> all = new ArrayList<>();
    for (var table : host.stack().tables()) {
      new Tables(host)
          .items(table.name())
          .forEach(item -> all.addAll(attributes("table " + table.name(), item)));
      table.streamArn().ifPresent(stream -> all.addAll(records(stream)));
    }
    host.stack().buckets().forEach(bucket -> all.addAll(objects(bucket.name())));
    for (var mail : host.inbox().mails()) {
      all.add(new Trace("subject of a mail", mail.subject().getBytes(UTF_8)));
      all.add(new Trace("text of a mail", mail.text().getBytes(UTF_8)));
      all.add(new Trace("html of a mail", mail.html().getBytes(UTF_8)));
    }
    host.logs()
        .forEach(
            (function, lines) ->
                lines.forEach(
                    line -> all.add(new Trace("log of " + function, line.getBytes(UTF_8)))));
    return all;
  }

  private static List<Trace> attributes(String where, Map<String, AttributeValue> item) {
    List<Trace> traces = new ArrayList<>();
    item.forEach(
        (name, value) -> {
          var content =
              value.b() == null ? value.toString().getBytes(UTF_8) : value.b().asByteArray();
          traces.add(new Trace(where + ", attribute " + name, content));
        });
    return traces;
  }

  private List<Trace> records(String streamArn) {
    List<Trace> traces = new ArrayList<>();
    try (var streams = streams()) {
      var shards =
          streams.describeStream(it -> it.streamArn(streamArn)).streamDescription().shards();
      for (var shard : shards) {
        var iterator =
            streams
                .getShardIterator(
                    it ->
                        it.streamArn(streamArn)
                            .shardId(shard.shardId())
                            .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                .shardIterator();
        for (var record : streams.getRecords(it -> it.shardIterator(iterator)).records()) {
          traces.addAll(attributes("old image in a stream", record.dynamodb().oldImage()));
          traces.addAll(attributes("new image in a stream", record.dynamodb().newImage()));
        }
      }
    }
    return traces;
  }

  private DynamoDbStreamsClient streams() {
    return DynamoDbStreamsClient.builder()
        .endpointOverride(host.aws())
        .region(Region.of(host.stack().region()))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("operator", "local")))
        .build();
  }

  private List<Trace> objects(String bucket) {
    var s3 = host.operator().s3();
    return s3.listObjectsV2Paginator(list -> list.bucket(bucket)).contents().stream()
        .map(
            object ->
                new Trace(
                    "object " + object.key(),
                    s3.getObjectAsBytes(get -> get.bucket(bucket).key(object.key())).asByteArray()))
        .toList();
  }
}
