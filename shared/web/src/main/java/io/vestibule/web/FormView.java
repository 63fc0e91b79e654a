package io.vestibule.web;

import io.vestibule.core.forms.Entry;
import io.vestibule.core.forms.FieldError;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.FormWords.Part;
import io.vestibule.core.wording.Wording;
import io.vestibule.core.wording.Wordings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A form as its template shows it: with what was typed already, and what is wrong with it.
 *
 * @param nonce by which the form is known as the same one when it is sent twice
 * @param next where to send the person on, if the page that they came from said so
 * @param challenge what a script in the page is to solve, as JSON; absent if there is none just
 *     now, and then the script asks for it
 * @param solves whether a script is to solve something
 * @param needsScript whether the form is not taken without a solution
 * @param isConditional whether a script may leave out what is not asked
 * @param language of the form's own texts, if it does not speak the page's
 * @param introduction what the form says of itself, if anything
 * @param prefilled the key of what is said of values that the address filled in, if there are any
 * @param send what the button says
 * @param note what is said below the button
 * @param heading what went wrong; absent when the form is shown for the first time
 */
public record FormView(
    String action,
    @Nullable String nonce,
    @Nullable String next,
    @Nullable String challenge,
    boolean solves,
    boolean needsScript,
    boolean isConditional,
    @Nullable String language,
    @Nullable String introduction,
    @Nullable String prefilled,
    String send,
    String note,
    @Nullable String heading,
    List<FieldView> fields,
    List<Consent> consents,
    List<Summary> errors) {

  /** One thing to agree to; its value is the version of the wording that is shown. */
  public record Consent(
      String name,
      String version,
      String text,
      boolean required,
      boolean checked,
      @Nullable String error) {

    /** For {@code aria-invalid}: absent unless something is wrong. */
    public @Nullable String invalid() {
      return error == null ? null : "true";
    }

    /** For {@code aria-describedby}: the error's id. */
    public @Nullable String describedBy() {
      return error == null ? null : name + "-error";
    }
  }

  /** One line of the list of errors; its target is the field's id, if the page shows the field. */
  public record Summary(String text, @Nullable String target) {}

  static FormView of(Form form, Page page, FormState state, @Nullable Problem problem) {
    var wording = page.wording();
    Entry entry = state.entry();
    Map<String, String> details = new HashMap<>();
    if (problem != null) {
      problem.errors().forEach(error -> details.put(name(error), error.detail()));
    }
    return new FormView(
        "/forms/" + form.name(),
        entry.control("_nonce").orElse(null),
        entry.control("_next").filter(form::sendsOnTo).orElse(null),
        state.challenge(),
        solves(form, state),
        isNecessary(form),
        form.schema().isConditional(),
        form.speaks(wording.language()) ? null : Wordings.DEFAULT,
        form.introduction() == null ? null : form.introduction().in(wording.language()),
        state.isPrefilled() ? "form.prefilled" : null,
        page.text(form, Part.SEND, Map.of()),
        page.text(form, Part.NOTE, Map.of()),
        problem == null ? null : problem.type().title(wording),
        form.fields().keySet().stream()
            .map(name -> FieldView.of(form, name, wording, state, details.get(name)))
            .toList(),
        form.consents().keySet().stream()
            .map(name -> consent(form, name, wording, entry, details))
            .toList(),
        problem == null ? List.of() : summaries(form, wording, problem));
  }

  static boolean solves(Form form, FormState state) {
    return state.challenge() != null || isNecessary(form);
  }

  private static boolean isNecessary(Form form) {
    return form.proofOfWork() != null && !form.proofOfWork().onDemand();
  }

  private static Consent consent(
      Form form, String name, Wording wording, Entry entry, Map<String, String> details) {
    Form.Consent consent = Objects.requireNonNull(form.consents().get(name));
    return new Consent(
        Entry.CONSENT + name,
        consent.version(),
        consent.wording().in(wording.language()),
        consent.required(),
        entry.agrees(name),
        details.get(Entry.CONSENT + name));
  }

  private static List<Summary> summaries(Form form, Wording wording, Problem problem) {
    return problem.errors().isEmpty()
        ? List.of(new Summary(problem.type().text(wording), null))
        : problem.errors().stream().map(error -> summary(form, wording, error)).toList();
  }

  private static Summary summary(Form form, Wording wording, FieldError error) {
    String name = name(error);
    Form.Field field = form.fields().get(name);
    if (form.consents().containsKey(withoutPrefix(name))) {
      return new Summary(error.detail(), name);
    }
    return new Summary(
        wording.text(
            "form.error", Map.of("label", label(field, name, wording), "detail", error.detail())),
        field == null ? null : name);
  }

  private static String label(Form.@Nullable Field field, String name, Wording wording) {
    if (field != null) {
      return field.label().in(wording.language());
    }
    return name.equals("_altcha") ? wording.text("proof.label") : name;
  }

  private static String name(FieldError error) {
    return error.pointer().substring(1);
  }

  private static String withoutPrefix(String name) {
    return name.startsWith(Entry.CONSENT) ? name.substring(Entry.CONSENT.length()) : "";
  }
}
