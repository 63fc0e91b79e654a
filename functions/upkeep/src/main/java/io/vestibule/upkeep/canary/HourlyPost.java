package io.vestibule.upkeep.canary;

import io.vestibule.core.EmailAddress;
import io.vestibule.core.Json;
import java.time.Instant;

/** What the canary hands in: one submission for each hour, whose mail goes to SES's simulator. */
record HourlyPost(HandIn form) {

  /** Hands it in, now or once more. */
  HandIn.Result of(Instant hour) {
    return form.on(
        hour.toString(),
        Json.MAPPER
            .createObjectNode()
            .put("email", EmailAddress.SIMULATOR)
            .put("name", "Canary")
            .put("message", "An hourly test: nobody has sent it, and nobody will confirm it."));
  }
}
