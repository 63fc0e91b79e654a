package io.vestibule.core.forms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.InjectableValues;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.vestibule.core.DataFiles;
import io.vestibule.core.FormVersion;
import io.vestibule.core.HeldReason;
import io.vestibule.core.wording.Localised;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The forms that there are: one file each, in {@code /forms} on the classpath. What they were
 * before is in {@code /forms/versions}, where functions behind the door have it, and no others.
 */
public final class Forms {

  /** Nothing that could lead out of the folder. {@code business} lies in it but is no form. */
  private static final Pattern NAME = Pattern.compile("(?!business$)[a-z][a-z0-9-]{0,39}");

  private final JsonMapper json =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private final Source files;
  private final Map<String, Form> loaded = new ConcurrentHashMap<>();
  private final Published published = new Published();
  private final Map<String, Form> versions = new ConcurrentHashMap<>();
  private @Nullable List<String> names;

  /** The forms that were deployed with the function. */
  public Forms() {
    this(path -> DataFiles.open("forms/" + path));
  }

  /** Forms from elsewhere. */
  public Forms(Source files) {
    this.files = files;
  }

  /** Where the files of forms are. */
  public interface Source {

    /** Opens the file of a path, such as {@code contact.json}; null if there is none. */
    @Nullable InputStream open(String path) throws IOException;
  }

  /**
   * The form of a name, or empty if there is none; the name may be anything.
   *
   * @throws BrokenForm when there is a definition and it does not define a form
   */
  public Optional<Form> find(String name) {
    return NAME.matcher(name).matches()
        ? Optional.ofNullable(loaded.computeIfAbsent(name, it -> load(it, it, null)))
        : Optional.empty();
  }

  /** Whether a form may be called so. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /**
   * A form as it was when it had these rules, or as it is now if it has them. It is read when it is
   * needed first, which is seldom. Who has named the rules does not matter: the name may be
   * anything.
   *
   * @return empty if nobody knows the rules here
   * @throws BrokenForm when there is a file of that version and it does not define a form
   */
  public Optional<Form> find(String name, String version) {
    var now = find(name);
    return now.filter(form -> form.version().equals(version)).isPresent()
        ? now
        : Optional.of("versions/%s/%s".formatted(name, version))
            .filter(_ -> NAME.matcher(name).matches() && FormVersion.isName(version))
            .map(path -> versions.computeIfAbsent(path, it -> load(name, it, version)));
  }

  /** All of them, by their names. */
  public List<Form> all() {
    return names().stream().flatMap(name -> find(name).stream()).toList();
  }

  /** Listed when it is needed first, as most functions never do: it reads the whole artifact. */
  private List<String> names() {
    var listed = names;
    if (listed == null) {
      listed = DataFiles.in("forms", "business");
      names = listed;
    }
    return listed;
  }

  /** What a purpose of consents is called where they are withdrawn; its own word if nowhere. */
  public String purpose(String name, String language) {
    return find(Form.PRIVACY)
        .map(form -> form.fields().get("purpose"))
        .map(field -> field.options().get(name))
        .map(option -> option.in(language))
        .orElse(name);
  }

  /**
   * The words that somebody agreed to: those of the form, or of all forms in the time when they
   * shared them; the form may be gone meanwhile.
   */
  public Optional<Localised> agreed(String form, String consent, String version) {
    return find(form)
        .flatMap(it -> it.words(consent, version))
        .or(() -> published.words(form, consent, version))
        .or(() -> published.words(Published.ANY_FORM, consent, version));
  }

  /** How long a person has to look at what is held of a form, which may not be there any more. */
  public Duration heldFor(String name) {
    return find(name).map(form -> form.keep().held()).orElse(HeldReason.KEPT);
  }

  /**
   * Loads a file.
   *
   * @param version the name of its rules, which is that of its file; null for what the form is now
   */
  private @Nullable Form load(String name, String path, @Nullable String version) {
    try (InputStream file = files.open(path + ".json")) {
      if (file == null) {
        return null;
      }
      JsonNode definition = json.readTree(file);
      return read(
          name,
          version == null ? DecidingRules.name(definition) : version,
          name.equals(Form.PRIVACY) ? withPurposes(definition) : definition);
    } catch (IOException e) {
      throw new BrokenForm(path, e);
    }
  }

  /** Reads one definition as it stands; visible to tests. */
  Form read(String name, InputStream definition) throws IOException {
    return read(name, json.readTree(definition));
  }

  /**
   * Reads one definition as it stands: of the form {@link Form#PRIVACY} without what others add.
   *
   * @throws JsonProcessingException it does not define a form; if the cause is an {@code
   *     IllegalArgumentException}, its message is a sentence that begins with the member's name
   */
  public Form read(String name, JsonNode definition) throws JsonProcessingException {
    return read(name, DecidingRules.name(definition), definition);
  }

  /** Its rules are named by what its own file says, whatever other forms add. */
  private Form read(String name, String version, JsonNode members) throws JsonProcessingException {
    var known =
        new InjectableValues.Std()
            .addValue("name", name)
            .addValue("published", published)
            .addValue("version", version);
    return json.reader(known).treeToValue(members, Form.class);
  }

  /** What is wrong with another form keeps nobody from asking about their data. */
  private void add(String name, Purposes purposes) throws IOException {
    try (InputStream file = files.open(name + ".json")) {
      JsonNode form = file == null ? MissingNode.getInstance() : json.readTree(file);
      for (JsonNode consent : form.path("consents")) {
        purposes.add(json.treeToValue(consent, Form.Consent.class));
      }
    } catch (JsonProcessingException _) {
      // Whatever of its consents was ever given is among those that were published.
    }
  }

  private JsonNode withPurposes(JsonNode privacy) throws IOException {
    var purposes = new Purposes();
    for (String name : names()) {
      if (NAME.matcher(name).matches() && !name.equals(Form.PRIVACY)) {
        add(name, purposes);
      }
    }
    published.all().forEach(purposes::add);
    return purposes.in(privacy);
  }

  /** A definition file that was deployed does not define a form; the message says why. */
  public static final class BrokenForm extends RuntimeException {
    BrokenForm(String name, IOException cause) {
      super(
          "The definition of the form \"%s\" is broken: %s".formatted(name, cause.getMessage()),
          cause);
    }
  }
}
