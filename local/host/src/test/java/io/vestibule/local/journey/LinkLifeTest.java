package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Json;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LinkLifeTest extends Journey {

  private static final String ROTATE = "{\"rotate\":\"link\"}";

  @Test
  void aLinkThatWasMailedBeforeItsKeyWasRotatedConfirms() throws Exception {
    var ada = somebody();
    var before = ada.submits(Map.of());
    var link = ada.link(before);
    host.functions().invoke("KeyRotationFunction", Json.MAPPER.readTree(ROTATE), "test");
    clock.advance(Duration.ofMinutes(6)); // Each environment has forgotten what it kept.
    var grace = somebody();
    var after = grace.submits(Map.of());

    assertThat(ada.presses(link).statusCode()).isEqualTo(303);
    assertThat(grace.presses(grace.link(after)).statusCode()).isEqualTo(303);
    host.drain(LIMIT);
    assertThat(tables.status(before)).isEqualTo("DONE");
    assertThat(tables.status(after)).isEqualTo("DONE");
    assertThat(tables.items("system-keys")).map(it -> Tables.text(it, "name")).contains("link#2");
  }

  @Test
  void aLinkEndsAfterADayAndANewOneCanBeAskedFor() throws Exception {
    var ada = somebody();
    var id = ada.submits(Map.of());
    var link = ada.link();

    clock.advance(Duration.ofHours(24).plusSeconds(1));
    assertThat(ada.get(link).statusCode()).isEqualTo(410);
    assertThat(ada.get(link).body())
        .contains("It is too old", "action=\"/verify/" + id + "/resend");
    assertThat(ada.presses(link).statusCode()).isEqualTo(410);
    assertThat(tables.status(id)).isEqualTo("MAILED");

    ada.asksForANewLink(id);
    assertThat(ada.presses(ada.link()).statusCode()).isEqualTo(303);
    host.drain(LIMIT);
    assertThat(tables.status(id)).isEqualTo("DONE");
  }
}
