package io.vestibule.core.forms;

import io.vestibule.core.Asked;
import io.vestibule.core.wording.Wording;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

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
   * @param fields what the filled fields are called that are kept only if it is given
   */
  public record Consent(
      String name,
      String version,
      String text,
      String purpose,
      boolean required,
      List<String> fields) {}

  /**
   * Fields and consents that the form does not have any more are left out: nobody can name them.
   */
  public static Question of(Asked asked, Form form, Forms forms, Wording wording) {
    return new Question(
        labels(asked, form, _ -> true, wording),
        form.consents().keySet().stream()
            .flatMap(name -> consent(asked, form, name, forms, wording).stream())
            .toList());
  }

  private static Optional<Consent> consent(
      Asked asked, Form form, String name, Forms forms, Wording wording) {
    var consent = Objects.requireNonNull(form.consents().get(name));
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
                                consent.required(),
                                labels(asked, form, consent.fields()::contains, wording))));
  }

  private static List<String> labels(
      Asked asked, Form form, Predicate<String> which, Wording wording) {
    return form.fields().entrySet().stream()
        .filter(field -> asked.fields().contains(field.getKey()) && which.test(field.getKey()))
        .map(field -> field.getValue().label().in(wording.language()))
        .toList();
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
