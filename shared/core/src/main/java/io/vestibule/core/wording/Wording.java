package io.vestibule.core.wording;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Everything that we say in one language, as {@code shared/wording/<language>.json} holds it:
 * messages by key. What a form says in its own words is in the form's file.
 *
 * @param language its tag (BCP 47), fit for a {@code lang} attribute
 */
public record Wording(String language, Map<String, String> messages) {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+)}");

  @JsonCreator
  public Wording(
      @JacksonInject("language") String language,
      @JsonProperty(value = "messages", required = true) Map<String, String> messages) {
    this.language = language;
    this.messages = Map.copyOf(messages);
  }

  /** A message without placeholders. */
  public String text(String key) {
    return text(key, Map.of());
  }

  /**
   * A message with its placeholders filled. Values are taken as they are: braces in them mean
   * nothing, and the code that renders the result must escape it.
   *
   * @throws IllegalArgumentException when there is no such message, or no value for a placeholder
   */
  public String text(String key, Map<String, String> values) {
    return PLACEHOLDER
        .matcher(get(key, messages))
        .replaceAll(found -> Matcher.quoteReplacement(get(found.group(1), values)));
  }

  private String get(String key, Map<String, String> from) {
    String found = from.get(key);
    if (found == null) {
      throw new IllegalArgumentException("No \"" + key + "\" in the wording for " + language);
    }
    return found;
  }
}
