package io.vestibule.core;

import static java.util.stream.Collectors.joining;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What the press of a button chose. It holds ids only, and never what was typed; it is covered by
 * the press's proof.
 */
public sealed interface Choice {

  /** The most bytes that a choice has. A row that has a longer one has none of ours. */
  int MOST_BYTES = 512;

  /** The word of {@link Disowned}, which is also the reason of the row that ends by it. */
  String DISOWNED = "disowned";

  /** As the row has it: for the same choice always the same, and at most 512 bytes. */
  String text();

  /**
   * The address is confirmed, and what was handed in.
   *
   * @param consents what is agreed to besides, by name; often nothing
   */
  record Confirmed(SortedMap<String, Agreed> consents) implements Choice {

    public Confirmed {
      consents = Collections.unmodifiableSortedMap(new TreeMap<>(consents));
    }

    /** With no consent. */
    public static Confirmed address() {
      return new Confirmed(new TreeMap<>());
    }

    @Override
    public String text() {
      return consents.entrySet().stream()
          .map(it -> "%s.%s".formatted(it.getKey(), it.getValue()))
          .collect(joining(",", "consents=", ""));
    }
  }

  /**
   * The wording that was agreed to.
   *
   * @param version of the wording, in that language
   * @param language in which it was shown (BCP 47)
   */
  record Agreed(String version, String language) {

    @Override
    public String toString() {
      return version + "." + language;
    }
  }

  /** The deed that a request is to do: the one that was typed, or another. */
  record Deed(DataRequest request) implements Choice {

    @Override
    public String text() {
      return "deed=" + request.code();
    }
  }

  /** "This was not me": the owner of the mailbox handed nothing in. */
  record Disowned() implements Choice {

    @Override
    public String text() {
      return DISOWNED;
    }
  }

  /** Reads what {@link #text} wrote; empty if it is anything else. */
  static Optional<Choice> parse(String text) {
    if (text.length() > MOST_BYTES) {
      return Optional.empty();
    }
    if (text.equals(DISOWNED)) {
      return Optional.of(new Disowned());
    }
    var deed = "deed=";
    return text.startsWith(deed)
        ? DataRequest.parse(text.substring(deed.length())).map(Deed::new)
        : Grammar.confirmed(text);
  }

  /** The grammar of consents. */
  final class Grammar {

    private static final Pattern CONSENT =
        Pattern.compile(
            "(?<name>%s)\\.(?<version>%s)\\.(?<language>%s)"
                .formatted(Asked.CONSENT, Asked.VERSION, Asked.LANGUAGE));

    private Grammar() {}

    private static Optional<Choice> confirmed(String text) {
      var begin = "consents=";
      if (!text.startsWith(begin)) {
        return Optional.empty();
      }
      var consents = new TreeMap<String, Agreed>();
      var list = text.substring(begin.length());
      for (var each : list.isEmpty() ? List.<String>of() : List.of(list.split(",", -1))) {
        var consent = CONSENT.matcher(each);
        if (!consent.matches()) {
          return Optional.empty();
        }
        consents.put(
            consent.group("name"), new Agreed(consent.group("version"), consent.group("language")));
      }
      // Sorted, and none twice: there is one way to write a choice.
      return Optional.<Choice>of(new Confirmed(consents)).filter(it -> it.text().equals(text));
    }
  }
}
