package io.vestibule.upkeep.canary;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.EmailAddress;
import io.vestibule.core.Json;
import io.vestibule.core.RowId;
import io.vestibule.core.Sha256;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * What the canary hands in: one submission for each hour, whose mail goes to SES's simulator.
 *
 * @param seed what strangers do not know: who knew the key of an hour could hand it in before us,
 *     and we would look at a row of theirs
 */
record HourlyPost(Door door, String seed) {

  private static final int ACCEPTED = 202;

  /** What came of it. */
  sealed interface Result {

    /** It is written down, now or before. */
    record Accepted(RowId id) implements Result {}

    /** It is not. */
    record Refused(int status) implements Result {}
  }

  /** Hands it in, now or once more. */
  Result of(Instant hour) {
    var body =
        Json.MAPPER
            .createObjectNode()
            .put("email", EmailAddress.SIMULATOR)
            .put("name", "Canary")
            .put("message", "An hourly test: nobody has sent it, and nobody will confirm it.");
    solution().ifPresent(solution -> body.put("_altcha", solution));
    var answer = door.post(key(hour), body);
    return id(answer).<Result>map(Result.Accepted::new).orElse(new Result.Refused(answer.status()));
  }

  private static Optional<RowId> id(Door.Answer answer) {
    return Optional.of(answer)
        .filter(it -> it.status() == ACCEPTED)
        .flatMap(it -> RowId.parse(it.json().path("id").asText()));
  }

  private String key(Instant hour) {
    var hash = Sha256.of((seed + "|" + hour).getBytes(UTF_8));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
  }

  private Optional<String> solution() {
    return door.formDocument().json().path("challenge") instanceof ObjectNode challenge
        ? Work.solve(challenge)
        : Optional.empty();
  }
}
