package io.vestibule.local.forms;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vestibule.core.forms.Forms;
import io.vestibule.core.forms.Published;
import io.vestibule.core.forms.Published.Words;
import io.vestibule.core.forms.VersionFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * All files that the owner writes, as they are on the disk now: forms, the business, targets,
 * languages, and what was published.
 */
public final class Definitions {

  private static final String FORMS = "shared/forms";
  private static final String TARGETS = "shared/targets";
  private static final String LANGUAGES = "shared/wording";
  private static final String BUSINESS = "business";
  private static final String PUBLISHED = "shared/" + Published.FILE;

  private static final List<String> MEMBERS =
      List.of("form", "consent", "version", "purpose", "language", "sha256", "words");

  private final Path root;
  private final List<Source> forms;
  private final List<Source> targets;
  private final List<Source> languages;
  private final Source published;

  /**
   * Reads them.
   *
   * @param root of the project
   * @throws IOException a file cannot be read, or there are no such folders
   */
  public Definitions(Path root) throws IOException {
    this.root = root;
    this.forms = sources(FORMS);
    this.targets = sources(TARGETS);
    this.languages = sources(LANGUAGES);
    this.published = Source.read(root, PUBLISHED);
  }

  private List<Source> sources(String folder) throws IOException {
    var sources = new ArrayList<Source>();
    try (var files = Files.list(root.resolve(folder))) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (Files.isRegularFile(file) && name.endsWith(".json")) {
          sources.add(Source.read(root, folder + "/" + name));
        }
      }
    }
    return sources;
  }

  /** Everything that is wrong, in the order of files and lines; empty if all is right. */
  public List<Problem> problems() throws IOException {
    var problems = new ArrayList<Problem>();
    problems.addAll(ofForms());
    var targetCheck = new TargetCheck(rules(TARGETS, "target"));
    targets.forEach(target -> problems.addAll(targetCheck.problems(target)));
    problems.addAll(new SharedPlacesCheck(targets).problems());
    problems.addAll(ofLanguages());
    if (problems.isEmpty()) {
      for (String said : versions().problems()) {
        int colon = said.indexOf(": ");
        problems.add(new Problem(said.substring(0, colon), 1, said.substring(colon + 2)));
      }
    }
    return problems.stream().sorted().distinct().toList();
  }

  /**
   * What must not be deployed besides: words and rules that nobody has published yet; only of files
   * with which nothing is wrong.
   */
  public List<Problem> undeployable() throws IOException {
    var words = new WordsCheck(words());
    var problems =
        new ArrayList<>(forms.stream().flatMap(form -> words.undeployable(form).stream()).toList());
    for (Path version : versions().unpublished()) {
      problems.add(
          new Problem(
              "%s/%s.json".formatted(FORMS, version.getName(1)),
              1,
              "its rules are a draft: run `make publish`, so that what people send by them can be"
                  + " judged by them later"));
    }
    return problems.stream().sorted().toList();
  }

  /** The rules of forms, as they were and are. */
  VersionFiles versions() {
    return new VersionFiles(root.resolve(FORMS));
  }

  /** Words of consents that nobody has published yet. */
  List<Words> drafts() {
    var words = new WordsCheck(words());
    return forms.stream().flatMap(form -> words.drafts(form).stream()).toList();
  }

  /** Words that were published; none while their file is not as it was written. */
  List<Words> words() {
    var words = new ArrayList<Words>();
    published
        .tree()
        .forEach(
            entry -> {
              if (MEMBERS.stream().allMatch(name -> entry.path(name).isTextual())) {
                words.add(JsonMapper.builder().build().convertValue(entry, Words.class));
              }
            });
    return words;
  }

  private List<Problem> ofForms() throws IOException {
    var problems = new ArrayList<>(published.problems());
    var check = new FormCheck(rules(FORMS, "form"), targets.stream().map(Source::name).toList());
    var business = new BusinessCheck(rules(FORMS, BUSINESS), root.resolve(FORMS));
    var words = new WordsCheck(words());
    var only = new ArrayList<Source>();
    for (Source form : forms) {
      if (form.name().equals(BUSINESS)) {
        problems.addAll(business.problems(form));
        continue;
      }
      only.add(form);
      if (!Forms.isName(form.name())) {
        problems.add(
            form.problem(
                "",
                "the name of a form is its address: a to z, 0 to 9 and \"-\", beginning with a"
                    + " letter, 40 at most; rename the file"));
      }
      problems.addAll(check.problems(form));
      problems.addAll(words.changed(form));
    }
    problems.addAll(new PurposesCheck(only).problems());
    problems.addAll(ofPublished());
    return problems;
  }

  private List<Problem> ofPublished() {
    var problems = new ArrayList<Problem>();
    var all = words();
    if (all.size() != published.tree().size() || all.isEmpty()) {
      problems.add(
          published.problem(
              "",
              "this is not as `make publish` wrote it: people agreed to these words; put it back"));
    }
    for (int at = 0; at < all.size(); at++) {
      if (!WordsCheck.sha256(all.get(at).words()).equals(all.get(at).sha256())) {
        problems.add(
            published.problem(
                "/" + at,
                "these words were published otherwise, and people agreed to them: put them back"));
      }
    }
    return problems;
  }

  private List<Problem> ofLanguages() {
    var problems = new ArrayList<Problem>();
    languages.stream()
        .filter(language -> language.name().equals("en"))
        .forEach(
            english -> {
              var check = new LanguageCheck(english.tree().path("messages"));
              languages.forEach(language -> problems.addAll(check.problems(language)));
            });
    return problems;
  }

  private Rulebook rules(String folder, String kind) throws IOException {
    return Rulebook.read(root.resolve("%s/schema/%s.schema.json".formatted(folder, kind)));
  }
}
