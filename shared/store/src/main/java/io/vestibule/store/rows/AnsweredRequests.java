package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.bytes;

import io.vestibule.core.RowId;
import io.vestibule.store.ColumnRead;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The requests table as it is read for who asked: what came of the request. */
public final class AnsweredRequests {

  private final DynamoDbClient dynamoDb;
  private final String table;

  public AnsweredRequests(DynamoDbClient dynamoDb, String table) {
    this.dynamoDb = dynamoDb;
    this.table = table;
  }

  /**
   * A receipt and its signature.
   *
   * @param receipt encrypted; the link's token opens it
   * @param signature ECDSA (P-256, SHA-256) in DER, encrypted likewise
   */
  public record SignedReceipt(byte[] receipt, byte[] signature) {}

  /** The receipt of a request; empty if it has none: it is not done, or was answered by a copy. */
  public Optional<SignedReceipt> receipt(RowId request) {
    var columns = "#id, #receipt, #signature";
    var item = new ColumnRead(dynamoDb, table, "id", columns).row(request.value());
    return bytes(item, "receipt")
        .flatMap(
            receipt ->
                bytes(item, "signature").map(signature -> new SignedReceipt(receipt, signature)));
  }
}
