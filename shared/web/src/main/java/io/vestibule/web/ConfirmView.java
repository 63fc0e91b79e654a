package io.vestibule.web;

import static java.util.stream.Collectors.joining;

import io.vestibule.core.forms.Forms;
import io.vestibule.core.forms.Question;
import io.vestibule.web.ConfirmPages.Waiting;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The question of a submission's page.
 *
 * @param form what the form is called
 * @param filled when it was filled in; empty if the page cannot say
 * @param fields what the filled fields are called
 * @param required the consents that the button names
 * @param optional the consents that are to be chosen from: of a single one, by two buttons
 * @param button what the button says
 * @param canDisown whether the page can be answered by "this was not me"
 */
public record ConfirmView(
    String form,
    String filled,
    List<String> fields,
    List<Question.Consent> required,
    List<Question.Consent> optional,
    String button,
    boolean canDisown) {

  static ConfirmView of(Waiting link, Page page, Forms forms) {
    var language = page.wording().language();
    var form = forms.find(link.form());
    var title = form.map(it -> it.title().in(language)).orElse(link.form());
    var question =
        link.asked()
            .flatMap(asked -> form.map(it -> Question.of(asked, it, forms, page.wording())))
            .orElseGet(() -> new Question(List.of(), List.of()));
    return new ConfirmView(
        title,
        link.asked().map(asked -> page.at("confirm.filled", asked.at())).orElse(""),
        question.fields(),
        question.required(),
        question.optional(),
        button(question, page),
        link.asked().isPresent());
  }

  private static String button(Question question, Page page) {
    var purposes =
        question.required().stream()
            .map(Question.Consent::purpose)
            .distinct()
            .collect(joining(", "));
    return purposes.isEmpty()
        ? page.text("confirm.button")
        : page.text("confirm.needed", Map.of("purpose", purposes));
  }

  /**
   * The ids of the texts that the button agrees to, for who cannot see them beside it; none of a
   * form that needs no consent.
   */
  public @Nullable String described() {
    return required.isEmpty()
        ? null
        : required.stream().map(consent -> "text." + consent.name()).collect(joining(" "));
  }

  /** That some of what was filled in is kept only with a consent. */
  public String hanging(Question.Consent consent, Page page) {
    var and = page.text("mail.and");
    return page.text("confirm.hanging", Map.of("fields", String.join(and, consent.fields())));
  }

  /** Whether there are two buttons: with the only consent, and without it. */
  public boolean isEither() {
    return required.isEmpty() && optional.size() == 1;
  }
}
