package io.vestibule.local.host;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchTest {

  private final Batch batch =
      new Batch("shard", Stream.of("101", "102", "103").map(BatchTest::record).toList(), 0);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          null                                                                     | 3
          {}                                                                       | 3
          {'batchItemFailures':null}                                               | 3
          {'batchItemFailures':[]}                                                 | 3
          {'batchItemFailures':[{'itemIdentifier':'103'}]}                         | 2
          {'batchItemFailures':[{'itemIdentifier':'103'},{'itemIdentifier':'102'}]}| 1
          {'batchItemFailures':[{'itemIdentifier':''}]}                            | 0
          {'batchItemFailures':[{'itemIdentifier':null}]}                          | 0
          {'batchItemFailures':[{'itemId':'103'}]}                                 | 0
          {'batchItemFailures':[{'itemIdentifier':'103'},{'itemIdentifier':'9'}]}  | 0
          """)
  void aReportOfFailedItemsIsACheckpoint(String response, int checkpoint)
      throws JsonProcessingException {
    assertThat(batch.checkpoint(new ObjectMapper().readTree(response.replace('\'', '"'))))
        .isEqualTo(checkpoint);
  }

  private static ObjectNode record(String sequenceNumber) {
    ObjectNode record = JsonNodeFactory.instance.objectNode();
    record.putObject("dynamodb").put("SequenceNumber", sequenceNumber);
    return record;
  }
}
