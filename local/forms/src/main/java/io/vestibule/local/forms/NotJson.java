package io.vestibule.local.forms;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.Map;

/** What keeps a file from being JSON, in words for people who do not write parsers. */
final class NotJson {

  /** What the parser says, and what it means; the first that fits counts. */
  private static final List<Map.Entry<String, String>> MEANINGS =
      List.of(
          Map.entry(
              "end-of-input",
              "the file ends too early: a bracket or a quotation mark that was opened is not closed"),
          Map.entry(
              "close marker",
              "a bracket is closed that was not opened like this: each { needs a }, each [ a ]"),
          Map.entry(
              "was expecting comma",
              "a comma is missing before this, or a quotation mark too many stands before it"),
          Map.entry(
              "to start field name",
              "a name in quotation marks must stand here: perhaps the comma before is one too many"),
          Map.entry("was expecting a colon", "a colon is missing between a name and its value"),
          Map.entry(
              "Illegal unquoted character",
              "a text must not go over the end of its line: close its quotation mark, or write \\n"),
          Map.entry("Invalid UTF-8", "the file is not in UTF-8: save it with that encoding"),
          Map.entry(
              "Unrecognized character escape",
              "a backslash in a text must be written twice, \\\\, unless it stands for one of"
                  + " \\\" \\n \\t"),
          Map.entry("maybe a (non-standard) comment", "JSON has no comments: take this one out"),
          Map.entry(
              "",
              "here must be a value: a text in quotation marks, a number, true, false, {…} or […];"
                  + " perhaps the comma before is one too many"));

  private NotJson() {}

  static Problem of(String path, JsonProcessingException e) {
    int line = e.getLocation() == null ? 1 : Math.max(e.getLocation().getLineNr(), 1);
    String said = e.getOriginalMessage();
    String meaning =
        MEANINGS.stream()
            .filter(it -> said.contains(it.getKey()))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElseThrow();
    return new Problem(path, line, "this is no JSON: " + meaning);
  }
}
