package io.vestibule.upkeep.canary;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.RowId;
import io.vestibule.core.Sha256;
import java.util.Base64;
import java.util.Optional;

/**
 * Hands a form in as a program does, with the work if it asks for some. What was handed in on the
 * same occasion before is not handed in once more: the door answers with the row of then.
 *
 * @param form its name
 * @param seed what strangers do not know: who knew the key of an occasion could hand it in before
 *     us, and we would look at a row of theirs
 */
record HandIn(Door door, String form, String seed) {

  private static final int ACCEPTED = 202;

  /** What came of it. */
  sealed interface Result {

    /** It is written down, now or before. */
    record Accepted(RowId id) implements Result {}

    /** It is not. */
    record Refused(int status) implements Result {}
  }

  /** Hands it in, now or once more. */
  Result on(String occasion, ObjectNode fields) {
    var body = fields.deepCopy();
    solution().ifPresent(solution -> body.put("_altcha", solution));
    var answer = door.post(form, key(occasion), body);
    return id(answer).<Result>map(Result.Accepted::new).orElse(new Result.Refused(answer.status()));
  }

  private static Optional<RowId> id(Door.Answer answer) {
    return Optional.of(answer)
        .filter(it -> it.status() == ACCEPTED)
        .flatMap(it -> RowId.parse(it.json().path("id").asText()));
  }

  private String key(String occasion) {
    var hash = Sha256.of((seed + "|" + occasion).getBytes(UTF_8));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
  }

  private Optional<String> solution() {
    return door.formDocument(form).json().path("challenge") instanceof ObjectNode challenge
        ? Work.solve(challenge)
        : Optional.empty();
  }
}
