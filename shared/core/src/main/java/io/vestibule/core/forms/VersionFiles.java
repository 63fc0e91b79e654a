package io.vestibule.core.forms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vestibule.core.FormVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The files {@code versions/<form>/<version>.json}: each is a form's whole file, as it was when its
 * rules had that name. Whoever publishes a form writes the file of its version; it stays, and is
 * what the functions behind the door judge by once the rules have changed.
 *
 * <p>A file keeps its name if the format of forms changes, and what is in it is brought into the
 * new one: rows name their version for ever.
 *
 * @param forms the folder of the forms' files
 */
public record VersionFiles(Path forms) {

  /** No form, though it lies among them. */
  private static final String BUSINESS = "business";

  private static final Pattern FILE = Pattern.compile("([a-z][a-z0-9-]{0,39})\\.json");

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * What must be there of the forms as they are now.
   *
   * @return of each file its path below the folder of forms, and its content. A file that is there
   *     with other content has other words, but the same rules: it may be written anew
   * @throws IOException if a form's file cannot be read, or is no JSON
   */
  public SortedMap<Path, byte[]> wanted() throws IOException {
    var wanted = new TreeMap<Path, byte[]>();
    for (var name : names()) {
      byte[] definition = Files.readAllBytes(forms.resolve(name + ".json"));
      wanted.put(path(name, DecidingRules.name(JSON.readTree(definition))), definition);
    }
    return wanted;
  }

  /**
   * What keeps these forms from being deployed, a sentence each: rules that are not published, a
   * form that is gone, and a version that nothing can be judged by.
   *
   * @throws IOException if a form's file cannot be read, or is no JSON
   */
  public List<String> problems() throws IOException {
    var problems = new ArrayList<String>();
    for (var path : wanted().keySet()) {
      if (!Files.exists(forms.resolve(path))) {
        problems.add(
            "shared/forms/%s.json: nobody has published its rules as they are now, which make versions does: there must be shared/forms/%s"
                .formatted(path.getName(1), path));
      }
    }
    for (var form : files(forms.resolve("versions"))) {
      problems.addAll(problems(form));
    }
    return problems;
  }

  private List<String> problems(Path form) throws IOException {
    var name = form.getFileName().toString();
    var problems = new ArrayList<String>();
    if (!Files.exists(forms.resolve(name + ".json"))) {
      problems.add(
          "shared/forms/%s.json: it is gone, but people may have sent it: put it back"
              .formatted(name));
    }
    for (var version : files(form)) {
      broken(name, version)
          .ifPresent(
              why -> problems.add("shared/forms/%s: %s".formatted(forms.relativize(version), why)));
    }
    return problems;
  }

  private static Optional<String> broken(String form, Path version) throws IOException {
    var file = version.getFileName().toString();
    if (!file.endsWith(".json") || !FormVersion.isName(file.substring(0, file.length() - 5))) {
      return Optional.of("its name is not that of a version: 16 characters and .json");
    }
    try {
      new Forms().read(form, new ByteArrayInputStream(Files.readAllBytes(version)));
      return Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.of(e.getCause() == null ? e.getOriginalMessage() : e.getCause().getMessage());
    }
  }

  private static Path path(String form, String version) {
    return Path.of("versions", form, version + ".json");
  }

  private List<String> names() throws IOException {
    return files(forms).stream()
        .map(file -> FILE.matcher(file.getFileName().toString()))
        .filter(file -> file.matches() && !file.group(1).equals(BUSINESS))
        .map(file -> file.group(1))
        .toList();
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
