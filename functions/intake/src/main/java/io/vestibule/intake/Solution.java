package io.vestibule.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Json;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;

/**
 * What a browser says it has worked out: ALTCHA's payload, which is JSON in base64. What else is in
 * it does not matter.
 *
 * @param challenge SHA-256 of salt and number, in hexadecimal
 * @param number what was to be found
 * @param signature ours of the challenge, in hexadecimal
 */
record Solution(String challenge, String salt, long number, String signature) {

  /** A real one has some 400 characters. */
  private static final int LONGEST = 2_000;

  /** Reads what a stranger sent; empty if it is no solution, right or wrong. */
  static Optional<Solution> parse(String payload) {
    if (payload.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      JsonNode json = Json.MAPPER.readTree(Base64.getDecoder().decode(payload));
      JsonNode number = json.path("number");
      return json.path("algorithm").asText().equals("SHA-256") && number.canConvertToLong()
          ? Optional.of(
              new Solution(
                  json.path("challenge").asText(),
                  json.path("salt").asText(),
                  number.longValue(),
                  json.path("signature").asText()))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
