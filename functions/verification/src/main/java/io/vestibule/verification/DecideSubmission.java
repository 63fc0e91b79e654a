package io.vestibule.verification;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Asked;
import io.vestibule.core.Choice;
import io.vestibule.core.forms.Entry;
import io.vestibule.core.forms.FieldError;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.forms.Question;
import io.vestibule.core.wording.Wording;
import io.vestibule.store.rows.Submissions.Link;
import io.vestibule.web.Languages;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the press of a submission's button. Without a word about a consent it gives none, even if
 * whoever filled in the form had ticked it: a stranger may have done that.
 */
record DecideSubmission(Forms forms, Languages languages) {

  /**
   * The decision.
   *
   * @param page the language that the page was in; empty if the press does not say, and then
   *     consents were read in the mail
   * @param answer in which the press is answered
   */
  Decision decide(Link link, ObjectNode values, Optional<Wording> page, Wording answer) {
    var asked = link.asked().flatMap(Asked::parse);
    if (Decision.disowns(values)) {
      return asked.isPresent()
          ? new Decision.Taken(new Choice.Disowned())
          : refused("answer", answer.text("field.invalid"));
    }
    if (isOfNoUse(link)) {
      return refused("answer", answer.text("confirm.missing"));
    }
    var shown = page.orElseGet(() -> asked.map(it -> languages.of(it.language())).orElse(answer));
    return decide(question(link, asked, shown).consents(), values, answer);
  }

  /**
   * Whether a link was mailed before pages asked for consents, and its form needs one: its press
   * would confirm an entry that is good for nothing.
   */
  boolean isOfNoUse(Link link) {
    return link.asked().isEmpty()
        && forms.find(link.form()).stream()
            .anyMatch(form -> form.consents().values().stream().anyMatch(Form.Consent::required));
  }

  private Question question(Link link, Optional<Asked> asked, Wording shown) {
    return asked
        .flatMap(it -> forms.find(link.form()).map(form -> Question.of(it, form, forms, shown)))
        .orElseGet(() -> new Question(List.of(), List.of()));
  }

  private static Decision decide(
      List<Question.Consent> offered, ObjectNode values, Wording answer) {
    var agreed = new TreeMap<String, Choice.Agreed>();
    var errors = new ArrayList<FieldError>();
    var given = given(values);
    for (var consent : offered) {
      var name = Entry.CONSENT + consent.name();
      var version = given.remove(name);
      if (version != null && version.equals(consent.version())) {
        agreed.put(consent.name(), new Choice.Agreed(version, consent.language()));
      } else if (version != null) {
        errors.add(FieldError.at(name, answer.text("field.consent-version")));
      } else if (consent.required()) {
        errors.add(FieldError.at(name, answer.text("confirm.missing")));
      }
    }
    given.forEach((name, _) -> errors.add(FieldError.at(name, answer.text("field.consent"))));
    return errors.isEmpty()
        ? new Decision.Taken(new Choice.Confirmed(agreed))
        : new Decision.Refused(List.copyOf(errors));
  }

  private static TreeMap<String, String> given(ObjectNode values) {
    var given = new TreeMap<String, String>();
    values
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (name.startsWith(Entry.CONSENT)) {
                Decision.text(values, name).ifPresent(version -> given.put(name, version));
              }
            });
    return given;
  }

  private static Decision refused(String name, String detail) {
    return new Decision.Refused(List.of(FieldError.at(name, detail)));
  }
}
