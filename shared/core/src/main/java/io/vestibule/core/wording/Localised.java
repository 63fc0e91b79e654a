package io.vestibule.core.wording;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Map;

/**
 * One text in several languages, as definition files hold it: by language tag (BCP 47), as broad as
 * it is good for. {@code zh} serves {@code zh-Hans}; English is what everybody else gets.
 */
public record Localised(Map<String, String> texts) {

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Localised {
    texts = Map.copyOf(texts);
    if (!texts.containsKey("en")) {
      throw new IllegalArgumentException("A text has no English (\"en\")");
    }
  }

  /** The text for a language, or in English. */
  public String in(String language) {
    String broader = language.replaceFirst("-.*", "");
    String english = texts.getOrDefault("en", "");
    return texts.getOrDefault(language, texts.getOrDefault(broader, english));
  }

  /** Whether there is a text for exactly this language or a broader one. */
  public boolean speaks(String language) {
    return texts.containsKey(language) || texts.containsKey(language.replaceFirst("-.*", ""));
  }
}
