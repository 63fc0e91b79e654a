package io.vestibule.core.forms;

import io.vestibule.core.Destination;
import io.vestibule.core.wording.Localised;
import io.vestibule.core.wording.Wording;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a form, on its pages and in its mail: in the form's own words, if it has any in
 * the language of the page, or else in those of its kind.
 */
public final class FormWords {

  /**
   * The form by which people ask about their data has words of its own for its page; its mails and
   * the pages that they lead to name the deed.
   */
  private static final String REQUEST = "request";

  private static final Set<Part> OF_REQUESTS = EnumSet.of(Part.NOTE, Part.SEND, Part.THANKS);

  private final Optional<Form> form;
  private final Wording wording;

  private FormWords(Optional<Form> form, Wording wording) {
    this.form = form;
    this.wording = wording;
  }

  public static FormWords of(Form form, Wording wording) {
    return new FormWords(Optional.of(form), wording);
  }

  /** Of a form that is gone: nobody knows what kind it was. */
  public static FormWords ofUnknown(Wording wording) {
    return new FormWords(Optional.empty(), wording);
  }

  /** What can be said in each kind's words. */
  public enum Part {
    /** Below the form, before it is sent. */
    NOTE("note"),
    /** The button of the form. */
    SEND("send"),
    /** What to do with the mail that is on its way. */
    THANKS("thanks"),
    /** By which number people may speak of it. */
    NUMBER("number"),
    /** That nothing has happened so far, on the page that the mail leads to. */
    UNSENT("unsent"),
    /** What the button there does. */
    CONFIRM("confirm"),
    /** That button. */
    BUTTON("button"),
    /** For who did not fill in the form. */
    NOT_YOU("not-you"),
    /** After the press, if somebody is told of the form. */
    DONE("done"),
    /** The same if nobody is. */
    DONE_UNTOLD("done-untold"),
    /** After another press. */
    ALREADY("already"),
    ALREADY_UNTOLD("already-untold"),
    /** Of the mail. */
    SUBJECT("subject"),
    /** Why the mail comes. */
    WHY("why"),
    /** When, with which fields, and under which number the form was filled in. */
    FILLED("filled"),
    /** What kind of mail it is. */
    ONCE("once");

    private final String code;

    Part(String code) {
      this.code = code;
    }

    /** By which name the wording has it, behind the kind's. */
    public String code() {
      return code;
    }
  }

  /**
   * One of them, with its placeholders filled as {@link Wording#text} fills them.
   *
   * @param values at least {@code business}, {@code form} and, if the form may name it there,
   *     {@code number}
   */
  public String text(Part part, Map<String, String> values) {
    var language = wording.language();
    return form.flatMap(it -> Optional.ofNullable(it.texts()))
        .flatMap(texts -> Optional.ofNullable(own(texts, part)))
        .filter(text -> text.speaks(language))
        .map(text -> wording.filled(text.in(language), values))
        .orElseGet(() -> wording.text(kind(part) + "." + part.code, values));
  }

  private static @Nullable Localised own(Form.Texts texts, Part part) {
    return switch (part) {
      case SUBJECT -> texts.subject();
      case THANKS -> texts.thanks();
      case CONFIRM -> texts.confirm();
      case NOTE -> texts.note();
      case SEND -> texts.send();
      default -> null;
    };
  }

  private String kind(Part part) {
    boolean isRequest = form.filter(it -> it.confirmed() == Destination.DELETION).isPresent();
    return isRequest && OF_REQUESTS.contains(part)
        ? REQUEST
        : form.map(Form::kind).orElse(Form.Kind.MESSAGE).code();
  }
}
