package io.vestibule.verification;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Asked;
import io.vestibule.core.Choice;
import io.vestibule.core.DataRequest;
import io.vestibule.core.DataRequest.Kind;
import io.vestibule.core.forms.FieldError;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.wording.Wording;
import io.vestibule.store.rows.Submissions.Link;
import java.util.List;
import java.util.Optional;

/**
 * Reads the press of a request's button. Any link of a request serves every right: else strangers
 * who ask for another thing in somebody's name would use up their mails of the day.
 */
record DecideRequest(Forms forms) {

  /** The decision; a link that was mailed before there was a choice does what was typed. */
  Decision decide(Link link, ObjectNode values, Wording answer) {
    var typed = link.asked().flatMap(Asked::parse).flatMap(Asked::deed);
    if (Decision.disowns(values)) {
      return typed.isPresent()
          ? new Decision.Taken(new Choice.Disowned())
          : refused("answer", answer.text("field.invalid"));
    }
    var deed = Decision.text(values, "deed");
    if (deed.isEmpty()) {
      return new Decision.Taken(
          typed.<Choice>map(Choice.Deed::new).orElseGet(Choice.Confirmed::address));
    }
    return typed.isPresent()
        ? chosen(deed.get(), Decision.text(values, "purpose"), answer)
        : refused("deed", answer.text("field.invalid"));
  }

  private Decision chosen(String word, Optional<String> purpose, Wording answer) {
    var kind = Kind.parse(word);
    if (kind.isEmpty()) {
      return refused("deed", answer.text("field.invalid"));
    }
    if (kind.get() != Kind.WITHDRAW) {
      return taken(new DataRequest(kind.get(), Optional.empty()));
    }
    return purpose.filter(it -> !isOffered(it)).isPresent()
        ? refused("purpose", answer.text("field.invalid"))
        : taken(DataRequest.of(Kind.WITHDRAW, purpose));
  }

  private boolean isOffered(String purpose) {
    return forms.find(Form.PRIVACY).filter(form -> form.purposes().contains(purpose)).isPresent();
  }

  private static Decision taken(DataRequest request) {
    return new Decision.Taken(new Choice.Deed(request));
  }

  private static Decision refused(String name, String detail) {
    return new Decision.Refused(List.of(FieldError.at(name, detail)));
  }
}
