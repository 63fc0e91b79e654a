package io.vestibule.web;

import static java.util.stream.Collectors.joining;

import io.vestibule.core.EntryNumber;
import io.vestibule.core.RowId;
import io.vestibule.core.forms.FormWords.Part;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.forms.Question;
import io.vestibule.web.ConfirmPages.Waiting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The question of a submission's page.
 *
 * @param unsent that nothing has happened so far
 * @param press what the button does
 * @param filled when it was filled in; empty if the page cannot say
 * @param fields what the filled fields are called
 * @param required the consents that the button names
 * @param optional the consents that are to be chosen from: of a single one, by two buttons
 * @param button what the button says
 * @param notYou for who did not fill in the form
 * @param canDisown whether the page can be answered by "this was not me"
 */
public record ConfirmView(
    String unsent,
    String press,
    String filled,
    List<String> fields,
    List<Question.Consent> required,
    List<Question.Consent> optional,
    String button,
    String notYou,
    boolean canDisown) {

  static ConfirmView of(Waiting link, Page page, Forms forms) {
    var form = forms.find(link.form());
    Function<Part, String> words =
        part ->
            form.map(it -> page.text(it, part, number(link)))
                .orElseGet(() -> page.textOfUnknown(link.form(), part));
    var question =
        link.asked()
            .flatMap(asked -> form.map(it -> Question.of(asked, it, forms, page.wording())))
            .orElseGet(() -> new Question(List.of(), List.of()));
    return new ConfirmView(
        words.apply(Part.UNSENT),
        words.apply(Part.CONFIRM),
        link.asked().map(asked -> page.at("confirm.filled", asked.at())).orElse(""),
        question.fields(),
        question.required(),
        question.optional(),
        button(question, page).orElseGet(() -> words.apply(Part.BUTTON)),
        words.apply(Part.NOT_YOU),
        link.asked().isPresent());
  }

  private static Map<String, String> number(Waiting link) {
    return RowId.parse(link.id())
        .flatMap(EntryNumber::told)
        .map(it -> Map.of("number", it.value()))
        .orElseGet(Map::of);
  }

  /** The button that names what is agreed to; empty if nothing must be. */
  private static Optional<String> button(Question question, Page page) {
    var purposes =
        question.required().stream()
            .map(Question.Consent::purpose)
            .distinct()
            .collect(joining(", "));
    return purposes.isEmpty()
        ? Optional.empty()
        : Optional.of(page.text("confirm.needed", Map.of("purpose", purposes)));
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
