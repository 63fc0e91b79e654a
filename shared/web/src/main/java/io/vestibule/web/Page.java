package io.vestibule.web;

import io.vestibule.core.forms.Business;
import io.vestibule.core.wording.Wording;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
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

  /**
   * When something was handed in. On which site it was nobody has checked: whoever posts to a form
   * can do so from anywhere.
   */
  String at(String key, Instant at) {
    return text(key, Map.of("time", ReceiptView.local(at, this)));
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
    var all = new HashMap<>(values);
    all.put("business", name());
    all.put("sender", business.sender());
    return wording.text(key, all);
  }
}
