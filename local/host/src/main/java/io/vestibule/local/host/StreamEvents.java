package io.vestibule.local.host;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/**
 * A stream's records as a function gets them.
 *
 * @param timeToLive the table's TTL attribute, if it has one
 * @param clock by which the host's items expire
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html">Using Lambda with
 *     DynamoDB</a>
 */
public record StreamEvents(
    String region, String streamArn, Optional<String> timeToLive, Clock clock) {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** The event that carries some records. */
  public static ObjectNode event(List<ObjectNode> records) {
    ObjectNode event = JSON.objectNode();
    event.putArray("Records").addAll(records);
    return event;
  }

  /** One record, as an event has it. */
  public ObjectNode json(Record change) {
    ObjectNode json =
        JSON.objectNode()
            .put("eventID", change.eventID())
            .put("eventName", change.eventNameAsString())
            .put("eventVersion", change.eventVersion())
            .put("eventSource", "aws:dynamodb")
            .put("awsRegion", region)
            .put("eventSourceARN", streamArn);
    json.set("dynamodb", json(change.dynamodb()));
    if (isExpiry(change)) {
      json.putObject("userIdentity")
          .put("type", "Service")
          .put("principalId", "dynamodb.amazonaws.com");
    }
    return json;
  }

  private static ObjectNode json(StreamRecord change) {
    ObjectNode json =
        JSON.objectNode()
            .put(
                "ApproximateCreationDateTime",
                change.approximateCreationDateTime().getEpochSecond())
            .put("SequenceNumber", change.sequenceNumber())
            .put("SizeBytes", change.sizeBytes())
            .put("StreamViewType", change.streamViewTypeAsString());
    json.set("Keys", AttributeJson.ofItem(change.keys()));
    if (change.hasNewImage()) {
      json.set("NewImage", AttributeJson.ofItem(change.newImage()));
    }
    if (change.hasOldImage()) {
      json.set("OldImage", AttributeJson.ofItem(change.oldImage()));
    }
    return json;
  }

  /**
   * When an item expires, DynamoDB names itself as the one that deleted it. DynamoDB Local names
   * nobody. So here every removal of an item whose time was over counts as expiry, by the host's
   * clock, which may be ahead of the database's.
   */
  private boolean isExpiry(Record change) {
    if (change.userIdentity() != null) {
      return "dynamodb.amazonaws.com".equals(change.userIdentity().principalId());
    }
    return change.eventName() == OperationType.REMOVE
        && timeToLive
            .map(attribute -> change.dynamodb().oldImage().get(attribute))
            .map(AttributeValue::n)
            .map(expiry -> Instant.ofEpochSecond(Long.parseLong(expiry)))
            .filter(expiry -> expiry.isBefore(clock.instant()))
            .isPresent();
  }
}
