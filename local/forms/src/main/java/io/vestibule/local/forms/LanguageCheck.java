package io.vestibule.local.forms;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Every language says the same, with the same placeholders, as English.
 *
 * @param english the messages in English
 */
record LanguageCheck(JsonNode english) {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^}]*}");

  List<Problem> problems(Source language) {
    var problems = new ArrayList<>(language.problems());
    language
        .tree()
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!name.equals("messages")) {
                problems.add(
                    language.problem(
                        "/" + Source.escaped(name),
                        "\"%s\" is not known here; all is in \"messages\", and the words of consents"
                                .formatted(name)
                            + " are in the forms' files"));
              }
            });
    JsonNode messages = language.tree().path("messages");
    if (language.tree().isObject()) {
      english.forEachEntry((key, text) -> compare(language, key, text, messages, problems));
      messages.forEachEntry(
          (key, _) -> {
            if (!english.has(key)) {
              problems.add(
                  language.problem(
                      "/messages/" + Source.escaped(key),
                      "\"%s\" is not in shared/wording/en.json: nothing says it".formatted(key)));
            }
          });
    }
    return problems;
  }

  private static void compare(
      Source language, String key, JsonNode text, JsonNode messages, List<Problem> problems) {
    String pointer = "/messages/" + Source.escaped(key);
    if (!messages.path(key).isTextual()) {
      problems.add(
          language.problem(
              pointer, "messages lacks the text \"%s\", which English has".formatted(key)));
    } else if (!placeholders(messages.get(key)).equals(placeholders(text))) {
      problems.add(
          language.problem(
              pointer,
              "\"%s\" has the placeholders %s, but in English it has %s"
                  .formatted(key, placeholders(messages.get(key)), placeholders(text))));
    }
  }

  private static Set<String> placeholders(JsonNode text) {
    return PLACEHOLDER
        .matcher(text.asText())
        .results()
        .map(MatchResult::group)
        .collect(TreeSet::new, TreeSet::add, TreeSet::addAll);
  }
}
