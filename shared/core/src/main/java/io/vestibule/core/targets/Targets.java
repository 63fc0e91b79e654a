package io.vestibule.core.targets;

import static java.util.stream.Collectors.toCollection;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.InjectableValues;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vestibule.core.DataFiles;
import io.vestibule.core.EmailAddress;
import io.vestibule.core.Env;
import io.vestibule.core.forms.Form;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The targets that there are: one file each in {@code /targets} on the classpath, the mailbox of
 * the business, and those that a local run adds to every form.
 */
public final class Targets {

  /** Nothing that could lead out of the folder, and not what is built in. */
  private static final Pattern NAME = Pattern.compile("(?!staff$)[a-z][a-z0-9-]{0,39}");

  private static final Pattern FILE = Pattern.compile("([a-z][a-z0-9-]{0,39})\\.json");

  private final JsonMapper json =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private final Map<String, Target> loaded = new ConcurrentHashMap<>();
  private final Map<String, Target> everywhere = new TreeMap<>();

  /**
   * Targets of an environment.
   *
   * @param staffMail the mailbox of the business, which is told of every form; empty: nobody is
   * @param local the folder of targets that a local run adds; empty in every deployment
   * @throws BrokenTarget if one of the folder is none
   */
  public Targets(Optional<EmailAddress> staffMail, Optional<Path> local) {
    staffMail.ifPresent(to -> everywhere.put(Target.STAFF, Target.staff(to)));
    local.ifPresent(this::addLocal);
  }

  /** Targets as the variables {@code STAFF_MAIL} and {@code LOCAL_TARGETS} say; both may lack. */
  public static Targets of(Env.Reader env) {
    return new Targets(
        env.optional("STAFF_MAIL")
            .map(
                typed ->
                    EmailAddress.parse(typed)
                        .orElseThrow(
                            () ->
                                new BrokenTarget(
                                    "The parameter StaffMail is not one e-mail address."
                                        + " Leave it empty, or write one."))),
        env.optional("LOCAL_TARGETS").map(Path::of));
  }

  /** Whom a form's entries go to; the retired ones are not among them. */
  public List<Target> of(Form form) {
    var targets = new ArrayList<Target>();
    for (String name : form.deliver()) {
      targets.add(find(name).orElseThrow(() -> BrokenTarget.unknown(form.name(), name)));
    }
    if (!form.name().equals(Form.PRIVACY)) {
      targets.addAll(everywhere.values());
    }
    return targets.stream().filter(target -> !target.retired()).toList();
  }

  /** The names of all that need a consent for a purpose, the retired ones too; empty: for any. */
  public Set<String> needing(String purpose, List<Form> forms) {
    return Stream.concat(
            forms.stream()
                .flatMap(form -> form.deliver().stream())
                .flatMap(it -> find(it).stream()),
            everywhere.values().stream())
        .filter(target -> target.isFor(purpose))
        .map(Target::name)
        .collect(toCollection(TreeSet::new));
  }

  /**
   * The target of a name, or empty if there is none; the name may be anything.
   *
   * @throws BrokenTarget when there is a file and it describes none
   */
  public Optional<Target> find(String name) {
    return Optional.ofNullable(everywhere.get(name))
        .or(
            () ->
                NAME.matcher(name).matches()
                    ? Optional.ofNullable(loaded.computeIfAbsent(name, this::load))
                    : Optional.empty());
  }

  private @Nullable Target load(String name) {
    try (InputStream file = DataFiles.open("targets/" + name + ".json")) {
      return file == null ? null : read(name, file, false);
    } catch (IOException e) {
      throw new UncheckedIOException("shared/targets/" + name + ".json cannot be read", e);
    }
  }

  private void addLocal(Path folder) {
    try (var files = Files.list(folder)) {
      for (Path path : files.sorted().toList()) {
        var name = FILE.matcher(path.getFileName().toString());
        if (name.matches()) {
          try (var file = Files.newInputStream(path)) {
            everywhere.put(name.group(1), read(name.group(1), file, true));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The folder of local targets cannot be read", e);
    }
  }

  /**
   * Reads one of the deployed targets.
   *
   * @throws BrokenTarget it is none
   */
  public Target read(String name, JsonNode definition) {
    try {
      return reader(name, false).readValue(definition);
    } catch (IOException e) {
      throw BrokenTarget.file(name, false, e);
    }
  }

  /** Reads one file; visible to tests. */
  Target read(String name, InputStream file, boolean isLocal) {
    try {
      return reader(name, isLocal).readValue(file);
    } catch (IOException e) {
      throw BrokenTarget.file(name, isLocal, e);
    }
  }

  private ObjectReader reader(String name, boolean isLocal) {
    return json.readerFor(Target.class)
        .with(new InjectableValues.Std().addValue("name", name).addValue("local", isLocal));
  }

  /** A target that is none; the message names the file, and says what is to be done. */
  public static final class BrokenTarget extends RuntimeException {

    private final String reason;

    BrokenTarget(String message) {
      super(message);
      this.reason = message;
    }

    private BrokenTarget(String file, String reason, IOException cause) {
      super(file + ": " + reason, cause);
      this.reason = reason;
    }

    /** The message without the name of the file. */
    public String reason() {
      return reason;
    }

    private static BrokenTarget file(String name, boolean isLocal, IOException cause) {
      Throwable said = cause.getCause() == null ? cause : cause.getCause();
      return new BrokenTarget(
          "%s/targets/%s.json".formatted(isLocal ? "local" : "shared", name),
          String.valueOf(said.getMessage()),
          cause);
    }

    private static BrokenTarget unknown(String form, String name) {
      return new BrokenTarget(
          ("shared/forms/%s.json lists the target \"%s\", but there is no shared/targets/%s.json."
                  + " Add that file, or take the name out of \"deliver\".")
              .formatted(form, name, name));
    }
  }
}
