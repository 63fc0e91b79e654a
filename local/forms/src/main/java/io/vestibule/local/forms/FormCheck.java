package io.vestibule.local.forms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.forms.Forms;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** Everything that can be wrong with one form. */
final class FormCheck {

  /** A form that has more is not being mended, but written by a machine. */
  private static final int MOST_PROBLEMS = 200;

  /** What sentences of the form itself begin with, such as {@code fields.phone.rows}. */
  private static final Pattern MEMBER = Pattern.compile("\"?([A-Za-z$][\\w$.-]*[\\w$-])");

  private final Rulebook rules;
  private final Collection<String> targets;
  private final Forms forms = new Forms();

  /**
   * A check by the rules of all forms.
   *
   * @param targets the names of those that there are
   */
  FormCheck(Rulebook rules, Collection<String> targets) {
    this.rules = rules;
    this.targets = targets;
  }

  List<Problem> problems(Source form) {
    var problems = new ArrayList<>(form.problems());
    if (!(form.tree() instanceof ObjectNode tree)) {
      if (problems.isEmpty()) {
        problems.add(form.problem("", "a form is members in {…}: begin with a copy of another"));
      }
      return problems;
    }
    var rest = new Mended(tree);
    rules
        .broken(tree)
        .forEach(
            broken -> {
              problems.add(form.problem(broken.getKey(), broken.getValue()));
              rest.mend(broken.getKey());
            });
    problems.addAll(patterns(form, rest));
    problems.addAll(ofItself(form, rest));
    problems.addAll(languages(form));
    problems.addAll(deliver(form));
    return problems;
  }

  /**
   * What the form itself refuses. It tells one thing at a time: so the member that it tells of is
   * replaced by a good one, and the rest is read again.
   */
  private List<Problem> ofItself(Source form, Mended rest) {
    var problems = new ArrayList<Problem>();
    while (problems.size() < MOST_PROBLEMS) {
      try {
        var _ = forms.read(form.name(), rest.tree());
        return problems;
      } catch (JsonProcessingException e) {
        String sentence = sentence(e);
        String member = member(sentence, e, form);
        problems.add(form.problem(member, sentence));
        if (!rest.mend(member)) {
          return problems;
        }
      }
    }
    return problems;
  }

  /** What our own code says. What a library says is for programmers. */
  private static String sentence(JsonProcessingException e) {
    return e.getCause() instanceof IllegalArgumentException ours
        ? String.valueOf(ours.getMessage())
        : Source.dotted(path(e)) + " is not written as it must be: see docs/forms.md";
  }

  private static String member(String sentence, JsonProcessingException e, Source form) {
    var named = MEMBER.matcher(sentence);
    if (named.lookingAt()) {
      String pointer = "/" + named.group(1).replace('.', '/');
      for (String at : List.of(path(e) + pointer, pointer)) {
        if (form.has(at)) {
          return at;
        }
      }
      for (String at = pointer; !at.isEmpty(); at = at.substring(0, at.lastIndexOf('/'))) {
        if (form.has(at)) {
          return at;
        }
      }
    }
    return path(e);
  }

  private static String path(JsonProcessingException e) {
    return e instanceof JsonMappingException mapping
        ? mapping.getPath().stream()
            .map(
                part ->
                    part.getFieldName() == null
                        ? Integer.toString(part.getIndex())
                        : part.getFieldName())
            .map(name -> "/" + Source.escaped(name))
            .collect(Collectors.joining())
        : "";
  }

  /** All texts of a form are there in the same languages, or a page would mix them. */
  private static List<Problem> languages(Source form) {
    var expected = names(form.tree().path("title"));
    var problems = new ArrayList<Problem>();
    if (form.tree().at("/title/en").isTextual()) {
      texts("", form.tree(), expected, form, problems);
    }
    return problems;
  }

  private static void texts(
      String pointer,
      JsonNode node,
      Collection<String> expected,
      Source form,
      List<Problem> problems) {
    if (!node.path("en").isTextual()) {
      node.forEachEntry(
          (name, child) ->
              texts(pointer + "/" + Source.escaped(name), child, expected, form, problems));
      return;
    }
    var languages = names(node);
    var lacking = new TreeSet<>(expected);
    lacking.removeAll(languages);
    languages.removeAll(expected);
    String place = Source.dotted(pointer);
    lacking.forEach(
        language ->
            problems.add(
                form.problem(
                    pointer,
                    "%s lacks the language \"%s\", which the title has: all texts have the same"
                        .formatted(place, language))));
    languages.forEach(
        language ->
            problems.add(
                form.problem(
                    pointer + "/" + language,
                    "%s has the language \"%s\", which the title lacks: all texts have the same"
                        .formatted(place, language))));
  }

  private static Set<String> names(JsonNode object) {
    var names = new TreeSet<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<Problem> patterns(Source form, Mended rest) {
    var problems = new ArrayList<Problem>();
    form.tree()
        .at("/schema/properties")
        .forEachEntry(
            (name, rules) -> {
              try {
                Pattern.compile(rules.path("pattern").asText());
              } catch (PatternSyntaxException e) {
                String pointer = "/schema/properties/%s/pattern".formatted(Source.escaped(name));
                problems.add(
                    form.problem(
                        pointer,
                        "%s is no regular expression: %s"
                            .formatted(Source.dotted(pointer), e.getDescription())));
                rest.mend(pointer);
              }
            });
    return problems;
  }

  private List<Problem> deliver(Source form) {
    var problems = new ArrayList<Problem>();
    JsonNode listed = form.tree().path("deliver");
    for (int at = 0; at < listed.size(); at++) {
      String name = listed.get(at).asText();
      if (!targets.contains(name)) {
        problems.add(
            form.problem(
                "/deliver/" + at,
                "deliver names the target \"%s\", but there is no shared/targets/%s.json"
                        .formatted(name, name)
                    + Near.to(name, targets)));
      }
    }
    return problems;
  }
}
