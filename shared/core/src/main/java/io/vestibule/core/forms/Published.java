package io.vestibule.core.forms;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vestibule.core.DataFiles;
import io.vestibule.core.wording.Localised;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The wordings of consents that were published, each for ever: only form, name and version are kept
 * of what somebody agreed to. {@code make publish} writes them, to {@code
 * shared/forms/published/wordings.json}.
 */
public final class Published {

  /** Stands for any form: wordings of the time when forms shared them. */
  public static final String ANY_FORM = "*";

  /** Where they are, among the data files. */
  public static final String FILE = "forms/published/wordings.json";

  private @Nullable List<Words> all;

  /**
   * The words of one version of a consent, in one language.
   *
   * @param consent the consent's name, in its form
   * @param purpose what it was for
   * @param language as the form's file has it: {@code zh} for {@code zh-Hans}
   * @param sha256 of the words in UTF-8, in hexadecimal: so that nobody changes them by accident
   */
  public record Words(
      String form,
      String consent,
      String version,
      String purpose,
      String language,
      String sha256,
      String words) {

    private boolean isOf(String thisForm, String thisConsent, String thisVersion) {
      return form.equals(thisForm) && consent.equals(thisConsent) && version.equals(thisVersion);
    }
  }

  /** Everything that was published. */
  public List<Words> all() {
    var read = all;
    if (read == null) {
      read = read();
      all = read;
    }
    return read;
  }

  /** The words of one version of a form's consent; empty if it was not published. */
  public Optional<Localised> words(String form, String consent, String version) {
    var texts =
        all().stream()
            .filter(words -> words.isOf(form, consent, version))
            .collect(Collectors.toMap(Words::language, Words::words));
    return texts.isEmpty() ? Optional.empty() : Optional.of(new Localised(texts));
  }

  /** What one version of a form's consent was for; empty if it was not published. */
  Optional<String> purpose(String form, String consent, String version) {
    return all().stream()
        .filter(words -> words.isOf(form, consent, version))
        .map(Words::purpose)
        .findFirst();
  }

  private static List<Words> read() {
    try (InputStream file = DataFiles.open(FILE)) {
      return file == null
          ? List.of()
          : List.copyOf(
              JsonMapper.builder().build().readValue(file, new TypeReference<List<Words>>() {}));
    } catch (IOException e) {
      throw new UncheckedIOException("forms/published/wordings.json cannot be read", e);
    }
  }
}
