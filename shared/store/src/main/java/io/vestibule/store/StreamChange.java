package io.vestibule.store;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.Identity;
import com.amazonaws.services.lambda.runtime.events.transformers.v2.dynamodb.DynamodbAttributeValueTransformer;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What a record tells, of a stream with both images.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/time-to-live-ttl-streams.html">DynamoDB
 *     Streams and time to live</a>
 */
public sealed interface StreamChange {

  /** A row was written, and looks like this now. */
  public record Written(Map<String, AttributeValue> item) implements StreamChange {}

  /** The time to live deleted a row that looked like this. */
  record Expired(Map<String, AttributeValue> before) implements StreamChange {}

  /** Somebody deleted a row that looked like this. */
  record Removed(Map<String, AttributeValue> before) implements StreamChange {}

  /** Reads a record. */
  static StreamChange of(DynamodbStreamRecord record) {
    var images = record.getDynamodb();
    if (!"REMOVE".equals(record.getEventName())) {
      return new Written(
          DynamodbAttributeValueTransformer.toAttributeValueMapV2(images.getNewImage()));
    }
    var before = DynamodbAttributeValueTransformer.toAttributeValueMapV2(images.getOldImage());
    return isDynamoDb(record.getUserIdentity()) ? new Expired(before) : new Removed(before);
  }

  /**
   * When an item expires, DynamoDB names itself as the one that deleted it. For callers it names
   * nobody.
   */
  private static boolean isDynamoDb(@Nullable Identity identity) {
    return identity != null
        && "Service".equals(identity.getType())
        && "dynamodb.amazonaws.com".equals(identity.getPrincipalId());
  }
}
