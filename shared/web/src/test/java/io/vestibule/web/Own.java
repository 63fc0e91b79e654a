package io.vestibule.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Json;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Forms;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Objects;

/** Forms that say something in words of their own. */
final class Own {

  private Own() {}

  /** A form whose thanks and question are these; its button has markup in it. English only. */
  static Form words(String form, String words) throws IOException {
    try (var shipped = Own.class.getResourceAsStream("/forms/" + form + ".json")) {
      var own = (ObjectNode) Json.MAPPER.readTree(Objects.requireNonNull(shipped));
      var texts = own.putObject("texts");
      texts.putObject("thanks").put("en", words);
      texts.putObject("confirm").put("en", words);
      texts.putObject("send").put("en", "Off <i>it goes");
      byte[] definition = Json.MAPPER.writeValueAsBytes(own);
      return new Forms(_ -> new ByteArrayInputStream(definition)).find(form).orElseThrow();
    }
  }
}
