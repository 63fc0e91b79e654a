package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Json;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What smells of spam to the door is never mailed and never dropped: a person decides. */
class HintTest extends Journey {

  @Test
  void whatHasAHintIsHeldAndMailedOnceAPersonReleasesIt() throws Exception {
    var ada = somebody();
    var id = handedInWithAHint(ada);
    assertThat(tables.status(id)).isEqualTo("HELD spam");
    assertThat(ada.mails()).as("the one before the hint").hasSize(1);

    clock.advance(Duration.ofDays(10));
    invoke("ReconcileFunction", Map.of());
    host.drain(LIMIT);
    assertThat(tables.status(id)).as("nothing frees it by itself").isEqualTo("HELD spam");

    invoke("ReconcileFunction", Map.of("release", id));
    assertThat(ada.mails()).hasSize(2);
    ada.presses(ada.link());
    host.drain(LIMIT);
    assertThat(tables.status(id)).isEqualTo("DONE");
  }

  /** As the door writes it; here after a first mail, before which the stream would be faster. */
  private String handedInWithAHint(Person person) throws Exception {
    var id = person.submits(Map.of());
    host.drain(LIMIT);
    tables.set(id, Map.of("status", "PENDING", "open", "PENDING#1", "hint", "honeypot"));
    host.drain(LIMIT);
    return id;
  }

  private void invoke(String function, Map<String, String> event) {
    var json = Json.MAPPER.createObjectNode();
    event.forEach(json::put);
    host.functions().invoke(function, json, "test");
  }
}
