package io.vestibule.core.forms;

import io.vestibule.core.Asked;
import io.vestibule.core.wording.Wording;
import java.util.List;
import java.util.Optional;

/**
 * What a link asks, in our words: mail and page say the same.
 *
 * @param fields what the fields are called that are filled in, in the order of the form
 * @param consents that may be given by the press
 */
public record Question(List<String> fields, List<Consent> consents) {

  /**
   * A consent that may be given.
   *
   * @param text its wording, in the language of the page
   * @param purpose what it is for, as people withdraw it
   * @param required whether the form is of no use without it
   */
  public record Consent(
      String name, String version, String text, String purpose, boolean required) {}

  /**
   * Fields that the form does not have are left out: nobody can name them. So are consents that it
   * does not ask for any more.
   *
   * @param form for what it calls its fields: as it is, or as it was when it was handed in
   */
  public static Question of(Asked asked, Form form, Forms forms, Wording wording) {
    var language = wording.language();
    var now = forms.find(form.name()).orElse(form);
    return new Question(
        form.fields().entrySet().stream()
            .filter(field -> asked.fields().contains(field.getKey()))
            .map(field -> field.getValue().label().in(language))
            .toList(),
        now.consents().entrySet().stream()
            .flatMap(it -> consent(asked, it.getKey(), it.getValue(), forms, wording).stream())
            .toList());
  }

  private static Optional<Consent> consent(
      Asked asked, String name, Form.Consent consent, Forms forms, Wording wording) {
    return Optional.ofNullable(asked.consents().get(name))
        .flatMap(
            version ->
                wording
                    .consent(name, version)
                    .map(
                        text ->
                            new Consent(
                                name,
                                version,
                                text,
                                forms.purpose(consent.purpose(), wording.language()),
                                consent.required())));
  }

  /** Those without which the form is of no use. */
  public List<Consent> required() {
    return consents.stream().filter(Consent::required).toList();
  }

  /** Those that may be given or not. */
  public List<Consent> optional() {
    return consents.stream().filter(consent -> !consent.required()).toList();
  }
}
