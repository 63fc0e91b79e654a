package io.vestibule.upkeep.canary;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Sha256;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** The work that a form asks for, done as a browser does it: ALTCHA with SHA-256. */
final class Work {

  private Work() {}

  /** The payload that goes with a post; empty if the challenge has no solution. */
  static Optional<String> solve(ObjectNode challenge) {
    var wanted = challenge.path("challenge").asText();
    var salt = challenge.path("salt").asText();
    long most = challenge.path("maxnumber").asLong();
    for (long number = 0; number <= most; number++) {
      if (HexFormat.of().formatHex(Sha256.of((salt + number).getBytes(UTF_8))).equals(wanted)) {
        var solution = challenge.deepCopy().put("number", number);
        return Optional.of(Base64.getEncoder().encodeToString(solution.toString().getBytes(UTF_8)));
      }
    }
    return Optional.empty();
  }
}
