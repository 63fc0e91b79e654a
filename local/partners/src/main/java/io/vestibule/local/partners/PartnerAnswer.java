package io.vestibule.local.partners;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a partner answers: JSON, or nothing.
 *
 * @param body empty for an answer without a body
 */
public record PartnerAnswer(int status, String body) {

  static PartnerAnswer of(int status, JsonNode body) {
    return new PartnerAnswer(status, body.toString());
  }

  static PartnerAnswer empty(int status) {
    return new PartnerAnswer(status, "");
  }
}
