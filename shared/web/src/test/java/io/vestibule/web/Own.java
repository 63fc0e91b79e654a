package io.vestibule.web;

import io.vestibule.core.forms.Form;
import io.vestibule.core.wording.Localised;
import java.util.Map;

/** Forms that say something in words of their own. */
final class Own {

  private Own() {}

  /** A form whose thanks and question are these; its button has markup in it. English only. */
  static Form words(Form form, String words) {
    var text = new Localised(Map.of("en", words));
    var send = new Localised(Map.of("en", "Off <i>it goes"));
    return new Form(
        form.name(),
        form.published(),
        form.version(),
        form.kind(),
        form.title(),
        form.schema(),
        form.fields(),
        form.consents(),
        form.tags(),
        form.origins(),
        form.next(),
        form.keep(),
        form.deliver(),
        form.proofOfWork(),
        new Form.Texts(null, text, text, null, send),
        form.afterwards(),
        form.extra(),
        form.confirmed());
  }
}
