package io.vestibule.web;

import io.vestibule.core.forms.Business;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.FormWords;
import io.vestibule.core.forms.FormWords.Part;
import io.vestibule.core.wording.Wording;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What every page has, as its template reads it.
 *
 * @param title what the page is about; for the window, the business is added
 * @param failed whether the page says that something is wrong; its title begins with that
 * @param languages the same page in other languages, if it can be had by its address
 */
public record Page(
    Business business,
    Wording wording,
    String style,
    String title,
    boolean failed,
    List<LanguageLink> languages) {

  /** The page in another language, under the name that the language has for itself. */
  public record LanguageLink(String language, String name, String href) {}

  /** The business's name in the page's language. */
  public String name() {
    return business.name().in(wording.language());
  }

  /** The business's postal address in the page's language. */
  public String postalAddress() {
    return business.postalAddress().in(wording.language());
  }

  /** Where people ask about their own data, in the page's language. */
  public String yourData() {
    return Links.privacyForm(Optional.of(wording.language()));
  }

  /** The title of the window: by it a screen reader tells the page first. */
  public String documentTitle() {
    String whole = text("page.title", Map.of("title", title));
    return failed ? text("page.error", Map.of("title", whole)) : whole;
  }

  /** A time as people of the business read it. */
  public String time(Instant at) {
    return ReceiptView.local(at, this);
  }

  /**
   * A time as short as a list has it.
   *
   * @param key of the message that has the pattern
   */
  public String time(Instant at, String key) {
    return ReceiptView.local(at, this, key);
  }

  /** A day as people read it. */
  public String day(LocalDate day) {
    return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
        .withLocale(Locale.forLanguageTag(wording.language()))
        .format(day);
  }

  /**
   * When something was handed in. On which site it was nobody has checked: whoever posts to a form
   * can do so from anywhere.
   */
  String at(String key, Instant at) {
    return text(key, Map.of("time", time(at)));
  }

  /** The language of a text, if it is not the page's own: for its {@code lang} attribute. */
  public @Nullable String foreign(String language) {
    return language.equals(wording.language()) ? null : language;
  }

  /** A message that names nobody but the business. */
  public String text(String key) {
    return text(key, Map.of());
  }

  /** A message with values of its own besides the business's. */
  public String text(String key, Map<String, String> values) {
    return wording.text(key, with(values));
  }

  /**
   * What is said of a form in its own words, or its kind's.
   *
   * @param values among them {@code number}, if the form may name it there
   */
  String text(Form form, Part part, Map<String, String> values) {
    var all = with(values);
    all.put("form", form.title().in(wording.language()));
    return FormWords.of(form, wording).text(part, all);
  }

  /** The same of a form that is gone. */
  String textOfUnknown(String form, Part part) {
    return FormWords.ofUnknown(wording).text(part, with(Map.of("form", form)));
  }

  private Map<String, String> with(Map<String, String> values) {
    var all = new HashMap<>(values);
    all.put("business", name());
    all.put("sender", business.sender());
    return all;
  }
}
