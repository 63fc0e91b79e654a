package io.vestibule.backup;

import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Customers by the thousand, as large as most are, of bytes that do not shrink. */
record ManyCustomers(DynamoDbClient dynamoDb) {

  static final int BYTES = 700;
  private static final int BATCH = 25;

  /** Writes those with these numbers, the last not included. */
  void fill(String table, int from, int to) {
    var random = new Random(from);
    for (int first = from; first < to; first += BATCH) {
      var batch = new ArrayList<WriteRequest>();
      for (int i = first; i < Math.min(to, first + BATCH); i++) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        var item =
            Map.of(
                "customerId", AttributeValue.fromS("c" + i),
                "ciphertext", AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(bytes)));
        batch.add(WriteRequest.builder().putRequest(put -> put.item(item)).build());
      }
      dynamoDb.batchWriteItem(write -> write.requestItems(Map.of(table, batch)));
    }
  }
}
