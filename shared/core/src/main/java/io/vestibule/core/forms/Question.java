package io.vestibule.core.forms;

import io.vestibule.core.Asked;
import io.vestibule.core.wording.Wording;
import io.vestibule.core.wording.Wordings;
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
   * @param text its words
   * @param language of the words: of the page, or English if the form does not speak that
   * @param purpose what it is for, as people withdraw it
   * @param required whether the form is of no use without it
   * @param fields what the filled fields are called that are kept only if it is given
   */
  public record Consent(
      String name,
      String version,
      String text,
      String language,
      String purpose,
      boolean required,
      List<String> fields) {}

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
        labels(asked, form, _ -> true, language),
        now.consents().keySet().stream()
            .flatMap(name -> consent(asked, name, form, now, forms, language).stream())
            .toList());
  }

  private static Optional<Consent> consent(
      Asked asked, String name, Form form, Form now, Forms forms, String language) {
    var consent = Objects.requireNonNull(now.consents().get(name));
    var hanging = Optional.ofNullable(form.consents().get(name)).map(Form.Consent::fields);
    return Optional.ofNullable(asked.consents().get(name))
        .flatMap(
            version ->
                now.words(name, version)
                    .map(
                        words ->
                            new Consent(
                                name,
                                version,
                                words.in(language),
                                words.speaks(language) ? language : Wordings.DEFAULT,
                                forms.purpose(now.purpose(name, version), language),
                                consent.required(),
                                labels(
                                    asked, form, hanging.orElse(List.of())::contains, language))));
  }

  private static List<String> labels(
      Asked asked, Form form, Predicate<String> which, String language) {
    return form.fields().entrySet().stream()
        .filter(field -> asked.fields().contains(field.getKey()) && which.test(field.getKey()))
        .map(field -> field.getValue().label().in(language))
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
