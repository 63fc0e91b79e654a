package io.vestibule.store.rows;

import static io.vestibule.store.Attributes.seconds;
import static io.vestibule.store.Attributes.text;

import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The mark that a proof of work was used. It lies beside the submissions, so that one transaction
 * writes both; it has no {@code status} and no {@code open}, so nothing ever acts on it, and no
 * link can name it.
 *
 * @param id {@code p} and 22 characters that only this challenge leads to
 * @param expiresAt after that it is cleaned up; not before the challenge itself is too old
 */
public record SpentChallenge(String id, String form, Instant expiresAt) {

  Map<String, AttributeValue> item() {
    return Map.of("id", text(id), "form", text(form), "expiresAt", seconds(expiresAt));
  }
}
