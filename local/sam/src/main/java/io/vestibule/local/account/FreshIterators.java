package io.vestibule.local.account;

import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamResponse;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsRequest;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * Before an emulator's streams: each page is asked for by the number of the last record, with an
 * iterator made for it. moto 5 answers a cancelled transaction by putting a copy in the place of
 * every table; iterators that it gave out before stay at the old ones, and see no more records.
 *
 * @param watch is told of what was read
 */
record FreshIterators(DynamoDbStreamsClient streams, StreamWatch watch)
    implements DynamoDbStreamsClient {

  /** Where a reader is, written as an iterator; none of its parts has a space. */
  private record Position(String stream, String shard, String type, String sequenceNumber) {

    private static final String NONE = "-";

    static Position parse(String iterator) {
      String[] parts = iterator.split(" ", -1);
      return new Position(parts[0], parts[1], parts[2], parts[3]);
    }

    static Position of(GetShardIteratorRequest request) {
      String number = request.sequenceNumber();
      return new Position(
          request.streamArn(),
          request.shardId(),
          request.shardIteratorTypeAsString(),
          number == null ? NONE : number);
    }

    Position after(List<Record> records) {
      return records.isEmpty()
          ? this
          : new Position(
              stream,
              shard,
              ShardIteratorType.AFTER_SEQUENCE_NUMBER.toString(),
              records.getLast().dynamodb().sequenceNumber());
    }

    GetShardIteratorRequest request() {
      var request =
          GetShardIteratorRequest.builder()
              .streamArn(stream)
              .shardId(shard)
              .shardIteratorType(type);
      return (sequenceNumber.equals(NONE) ? request : request.sequenceNumber(sequenceNumber))
          .build();
    }

    @Override
    public String toString() {
      return String.join(" ", stream, shard, type, sequenceNumber);
    }
  }

  @Override
  public GetShardIteratorResponse getShardIterator(GetShardIteratorRequest request) {
    return GetShardIteratorResponse.builder()
        .shardIterator(Position.of(request).toString())
        .build();
  }

  @Override
  public GetRecordsResponse getRecords(GetRecordsRequest request) {
    var position = Position.parse(request.shardIterator());
    String iterator = streams.getShardIterator(position.request()).shardIterator();
    GetRecordsResponse page =
        streams.getRecords(request.toBuilder().shardIterator(iterator).build());
    watch.read(position.stream(), page.records().size());
    return page.nextShardIterator() == null
        ? page
        : page.toBuilder().nextShardIterator(position.after(page.records()).toString()).build();
  }

  @Override
  public DescribeStreamResponse describeStream(DescribeStreamRequest request) {
    return streams.describeStream(request);
  }

  @Override
  public String serviceName() {
    return streams.serviceName();
  }

  @Override
  public void close() {
    streams.close();
  }
}
