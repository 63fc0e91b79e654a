package io.vestibule.local.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Records of one shard that a function gets together, in order.
 *
 * @param attempts how often they were tried and failed
 */
record Batch(String shardId, List<ObjectNode> records, int attempts) {

  int size() {
    return records.size();
  }

  JsonNode change(int index) {
    return records.get(index).path("dynamodb");
  }

  String sequenceNumber(int index) {
    return change(index).path("SequenceNumber").asText();
  }

  Batch failed() {
    return new Batch(shardId, records, attempts + 1);
  }

  Batch from(int index) {
    return new Batch(shardId, records.subList(index, size()), attempts);
  }

  /** Two batches of about half the records; splitting is no attempt. */
  List<Batch> halves() {
    int middle = size() / 2;
    return List.of(new Batch(shardId, records.subList(0, middle), attempts), from(middle));
  }

  /**
   * Where the function's report of failed items says to go on.
   *
   * <p>The report is a checkpoint: Lambda starts again at the lowest failed record, whatever came
   * after it. An identifier that names none of the records (absent, null, empty, made up) fails the
   * batch as a whole.
   *
   * @return the index of the first record to try again; {@link #size} if all were handled
   * @see <a
   *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html">
   *     Partial batch response</a>
   */
  int checkpoint(JsonNode response) {
    int first = size();
    for (JsonNode failure : response.path("batchItemFailures")) {
      String identifier = failure.path("itemIdentifier").asText("");
      first = Math.min(first, indexOf(identifier));
    }
    return first;
  }

  private int indexOf(String sequenceNumber) {
    return IntStream.range(0, size())
        .filter(index -> sequenceNumber(index).equals(sequenceNumber))
        .findFirst()
        .orElse(0);
  }
}
