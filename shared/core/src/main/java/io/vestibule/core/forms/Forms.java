package io.vestibule.core.forms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.InjectableValues;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.vestibule.core.DataFiles;
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

/** The forms that there are: one file each in {@code /forms} on the classpath. */
public final class Forms {

  /** Nothing that could lead out of the folder. {@code business} lies in it but is no form. */
  private static final Pattern NAME = Pattern.compile("(?!business$)[a-z][a-z0-9-]{0,39}");

  private final JsonMapper json =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private final Map<String, Form> loaded = new ConcurrentHashMap<>();
  private final Published published = new Published();
  private @Nullable List<String> names;

  /**
   * The form of a name, or empty if there is none; the name may be anything.
   *
   * @throws BrokenForm when there is a definition and it does not define a form
   */
  public Optional<Form> find(String name) {
    return NAME.matcher(name).matches()
        ? Optional.ofNullable(loaded.computeIfAbsent(name, this::load))
        : Optional.empty();
  }

  /** Whether a form may be called so. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
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

  private @Nullable Form load(String name) {
    try (InputStream file = DataFiles.open("forms/" + name + ".json")) {
      if (file == null) {
        return null;
      }
      JsonNode definition = json.readTree(file);
      return read(name, name.equals(Form.PRIVACY) ? withPurposes(definition) : definition);
    } catch (IOException e) {
      throw new BrokenForm(name, e);
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
    return json.reader(
            new InjectableValues.Std().addValue("name", name).addValue("published", published))
        .treeToValue(definition, Form.class);
  }

  private JsonNode withPurposes(JsonNode privacy) throws IOException {
    var purposes = new Purposes();
    for (String name : names()) {
      if (NAME.matcher(name).matches() && !name.equals(Form.PRIVACY)) {
        try (InputStream file = DataFiles.open("forms/" + name + ".json")) {
          for (JsonNode consent : json.readTree(file).path("consents")) {
            purposes.add(json.treeToValue(consent, Form.Consent.class));
          }
        }
      }
    }
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
