package io.vestibule.core.wording;

import com.fasterxml.jackson.databind.InjectableValues;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vestibule.core.DataFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The languages that we speak: one file each in {@code /wording} on the classpath. */
public final class Wordings {

  /** The language of answers to people who speak none of our languages. */
  public static final String DEFAULT = "en";

  /** The JDK's parser takes a minute for a tag of 10,000 characters; browsers send some 100. */
  private static final int LONGEST = 250;

  private final JsonMapper json = JsonMapper.builder().build();
  private final Map<String, Wording> loaded = new ConcurrentHashMap<>();
  private final SequencedMap<String, String> tags = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  public Wordings() {
    for (String language : DataFiles.in("wording", "en")) {
      tags.put(language, language);
      tags.putIfAbsent(language.replaceFirst("-.*", ""), language);
    }
  }

  /** The tags of all languages, in alphabetical order. */
  public List<String> languages() {
    return tags.values().stream().distinct().toList();
  }

  /** The wording of the language closest to a tag; see {@link #choose}. */
  public Wording of(String language) {
    return loaded.computeIfAbsent(choose(Optional.of(language), Optional.empty()), this::load);
  }

  /**
   * The language to answer a person in: the one they asked for if we speak it, else the best that
   * their browser accepts, else {@link #DEFAULT}. Lookup is RFC 4647's (section 3.4), and a
   * language without its script or region stands for the one that we have: {@code zh-CN} gets
   * {@code zh-Hans}.
   *
   * @param asked a language tag from a link or a form, or whatever else a stranger put there
   * @param acceptLanguage the {@code Accept-Language} header
   */
  public String choose(Optional<String> asked, Optional<String> acceptLanguage) {
    return asked
        .flatMap(tag -> lookUp(tag).or(() -> lookUp(plain(tag))))
        .or(() -> acceptLanguage.flatMap(this::lookUp))
        .orElse(DEFAULT);
  }

  /**
   * What frameworks call a locale: {@code de_DE}, also with {@code .UTF-8} or the like behind it.
   */
  private static String plain(String tag) {
    return tag.length() > LONGEST
        ? ""
        : tag.replace('_', '-').replaceFirst("[^A-Za-z0-9-].*", "").replaceFirst("-+$", "");
  }

  private Optional<String> lookUp(String ranges) {
    if (ranges.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(Locale.lookupTag(LanguageRange.parse(ranges), tags.keySet()))
          .map(tags::get);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Wording load(String language) {
    try (InputStream file = DataFiles.open("wording/" + language + ".json")) {
      return json.readerFor(Wording.class)
          .with(new InjectableValues.Std().addValue("language", language))
          .readValue(file);
    } catch (IOException e) {
      throw new UncheckedIOException("The wording for " + language + " cannot be read", e);
    }
  }
}
