package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LinkLifeTest extends Journey {

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
