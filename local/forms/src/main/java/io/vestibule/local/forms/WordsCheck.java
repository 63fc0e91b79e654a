package io.vestibule.local.forms;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Sha256;
import io.vestibule.core.forms.Published;
import io.vestibule.core.forms.Published.Words;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Words that people agreed to stay as they were: what a form says of a consent is compared with
 * what was published.
 *
 * @param published everything that was
 */
record WordsCheck(List<Words> published) {

  /** What a form's consents say, by version and language: published or not. */
  static List<Words> of(Source form) {
    var words = new ArrayList<Words>();
    form.tree()
        .path("consents")
        .forEachEntry(
            (name, consent) ->
                consent
                    .path("wording")
                    .forEachEntry(
                        (language, text) -> {
                          if (text.isTextual()) {
                            words.add(words(form.name(), name, consent, language, text.asText()));
                          }
                        }));
    return words;
  }

  private static Words words(
      String form, String name, JsonNode consent, String language, String text) {
    return new Words(
        form,
        name,
        consent.path("version").asText(),
        consent.path("purpose").asText(),
        language,
        sha256(text),
        text);
  }

  static String sha256(String text) {
    return HexFormat.of().formatHex(Sha256.of(text.getBytes(UTF_8)));
  }

  /** What differs from what was published in the same version. */
  List<Problem> changed(Source form) {
    var problems = new ArrayList<Problem>();
    var now = new TreeMap<String, Words>();
    of(form).forEach(words -> now.put(key(words), words));
    for (Words was : published) {
      JsonNode consent = form.tree().path("consents").path(was.consent());
      if (!was.form().equals(form.name())
          || !consent.path("version").asText().equals(was.version())) {
        continue;
      }
      String place = "consents.%s.wording.%s".formatted(was.consent(), was.language());
      String pointer = "/" + place.replace('.', '/');
      Words is = now.get(key(was));
      if (is == null) {
        problems.add(
            form.problem(
                pointer,
                "%s is missing: it was published with %s, and people agreed to it; put it back, or"
                        .formatted(place, was.version())
                    + next(was)));
      } else if (!is.sha256().equals(was.sha256())) {
        problems.add(
            form.problem(
                pointer,
                "%s was published in other words, and people agreed to them; put them back (%s), or"
                        .formatted(place, "shared/" + Published.FILE)
                    + next(was)));
      } else if (!is.purpose().equals(was.purpose())) {
        problems.add(
            form.problem(
                "/consents/%s/purpose".formatted(was.consent()),
                "consents.%s.purpose was \"%s\" when %s was published; put it back, or"
                        .formatted(was.consent(), was.purpose(), was.version())
                    + next(was)));
      }
    }
    return problems.stream().distinct().toList();
  }

  private static String next(Words was) {
    return " write the new ones with \"version\": \"v%d\""
        .formatted(Integer.parseInt(was.version().substring(1)) + 1);
  }

  /** What nobody has published yet. */
  List<Words> drafts(Source form) {
    Map<String, Words> frozen = new TreeMap<>();
    published.forEach(words -> frozen.put(key(words), words));
    return of(form).stream().filter(words -> !frozen.containsKey(key(words))).toList();
  }

  /** Drafts as problems, for a deployment: from then on people agree to them. */
  List<Problem> undeployable(Source form) {
    return drafts(form).stream()
        .map(
            words ->
                form.problem(
                    "/consents/%s/wording/%s".formatted(words.consent(), words.language()),
                    "consents.%s.wording.%s is a draft: run `make publish`, and it stays as it is"
                        .formatted(words.consent(), words.language())))
        .toList();
  }

  private static String key(Words words) {
    return "%s %s %s %s"
        .formatted(words.form(), words.consent(), words.version(), words.language());
  }
}
