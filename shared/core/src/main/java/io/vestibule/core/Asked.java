package io.vestibule.core;

import static java.util.stream.Collectors.joining;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a link asks its reader to confirm, in ids only: nothing in it was typed by anybody. Mail and
 * page put it into our words. The press names it in its proof, and the functions behind the door
 * compute it once more from what was sealed: so nobody can hide a line from the reader.
 *
 * <p>It depends on nothing but what was sealed, and on no definition of a form or a wording: these
 * may change between mail and press.
 *
 * @param at when it was handed in
 * @param language of the page on which it was handed in (BCP 47); {@code und} if it was no tag
 * @param fields the names of the fields that are filled in, in alphabetical order
 * @param consents those that may be given by the press: name, and version of the wording
 * @param deed what a request asks for; empty for a submission
 */
public record Asked(
    Instant at,
    String language,
    List<String> fields,
    SortedMap<String, String> consents,
    Optional<DataRequest> deed) {

  /** So many fit into a {@link Choice}. */
  public static final int MOST_CONSENTS = 8;

  static final Pattern CONSENT = Pattern.compile("[a-z][a-z0-9-]{0,39}");
  static final Pattern VERSION = Pattern.compile("v[0-9]{1,5}");
  static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?");
  private static final String UNDETERMINED = "und";

  public Asked {
    fields = List.copyOf(fields);
    consents = Collections.unmodifiableSortedMap(new TreeMap<>(consents));
  }

  /**
   * What was sealed asks for this.
   *
   * @param destination where it goes; whether it is a request
   */
  public static Asked of(Submission sealed, Destination destination) {
    var names = new TreeSet<String>();
    sealed.fields().fieldNames().forEachRemaining(names::add);
    return new Asked(
        sealed.receivedAt(),
        LANGUAGE.matcher(sealed.language()).matches() ? sealed.language() : UNDETERMINED,
        List.copyOf(names),
        offered(sealed.consents()),
        destination == Destination.DELETION ? DataRequest.of(sealed.fields()) : Optional.empty());
  }

  /** Whoever holds the public key can seal anything: what is no id cannot be agreed to. */
  private static SortedMap<String, String> offered(Map<String, String> sealed) {
    var offered = new TreeMap<String, String>();
    new TreeMap<>(sealed)
        .forEach(
            (name, version) -> {
              if (offered.size() < MOST_CONSENTS
                  && CONSENT.matcher(name).matches()
                  && VERSION.matcher(version).matches()) {
                offered.put(name, version);
              }
            });
    return offered;
  }

  /** As the row has it, and as the proof names it: always the same for the same. */
  public String text() {
    var parts = new LinkedHashMap<String, String>();
    parts.put("at", Timestamp.of(at));
    parts.put("language", language);
    parts.put("fields", String.join(",", fields));
    parts.put(
        "consents",
        consents.entrySet().stream()
            .map(it -> it.getKey() + "." + it.getValue())
            .collect(joining(",")));
    deed.ifPresent(asked -> parts.put("deed", asked.code()));
    return parts.entrySet().stream()
        .map(it -> it.getKey() + "=" + it.getValue())
        .collect(joining(";"));
  }

  /**
   * Reads what {@link #text} wrote; empty if it is anything else. What a later version asks besides
   * is passed over: page and storage do so alike.
   */
  public static Optional<Asked> parse(String text) {
    var parts = new TreeMap<String, String>();
    for (var part : text.split(";", -1)) {
      int is = part.indexOf('=');
      parts.put(is < 0 ? "" : part.substring(0, is), part.substring(is + 1));
    }
    try {
      return Optional.of(of(parts));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Asked of(Map<String, String> parts) {
    var consents = new TreeMap<String, String>();
    for (var consent : list(parts, "consents")) {
      int dot = consent.lastIndexOf('.');
      consents.put(consent.substring(0, Math.max(dot, 0)), consent.substring(dot + 1));
    }
    return new Asked(
        Timestamp.parse(parts.getOrDefault("at", "")),
        parts.getOrDefault("language", ""),
        list(parts, "fields"),
        consents,
        Optional.ofNullable(parts.get("deed")).flatMap(DataRequest::parse));
  }

  private static List<String> list(Map<String, String> parts, String name) {
    var text = parts.getOrDefault(name, "");
    return text.isEmpty() ? List.of() : List.of(text.split(",", -1));
  }
}
