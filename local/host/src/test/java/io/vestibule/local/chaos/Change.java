package io.vestibule.local.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/** A change of a submission, as the table's stream tells it. */
public record Change(ObjectNode event) {

  String id() {
    return event.at("/dynamodb/Keys/id/S").asText();
  }

  boolean isRemoval() {
    return event.path("eventName").asText().equals("REMOVE");
  }

  /** The status after the change, or before it if the row is gone. */
  String status() {
    return image().at("/status/S").asText();
  }

  String sealingKey() {
    return image().at("/sealingKey/S").asText();
  }

  int linkNo() {
    return image().at("/linkNo/N").asInt();
  }

  Instant createdAt() {
    return Instant.parse(image().at("/createdAt/S").asText());
  }

  Instant linkExpiresAt() {
    return Instant.parse(image().at("/linkExpiresAt/S").asText());
  }

  private JsonNode image() {
    return event.at(isRemoval() ? "/dynamodb/OldImage" : "/dynamodb/NewImage");
  }

  /** Whether this is what the books remember of a row that expired, and not a submission's row. */
  boolean isTombstone() {
    return id().contains("#");
  }

  /** Whom the change is for, by the filters of the template's event sources. */
  public Optional<String> recipient() {
    return isRemoval()
        ? Optional.of("StoreFunction").filter(_ -> image().has("open"))
        : switch (status()) {
          case "PENDING" -> Optional.of("MailerFunction");
          case "VERIFIED" -> Optional.of("StoreFunction");
          default -> Optional.empty();
        };
  }
}
