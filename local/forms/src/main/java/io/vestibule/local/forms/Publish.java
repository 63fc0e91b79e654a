package io.vestibule.local.forms;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vestibule.core.forms.Published;
import io.vestibule.core.forms.Published.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Freezes what forms say of consents, so that the build refuses other words for that version from
 * then on, and keeps the rules of forms.
 *
 * @param root of the project
 */
record Publish(Path root) {

  private static final Comparator<Words> ORDER =
      Comparator.comparing(Words::form)
          .thenComparing(Words::consent)
          .thenComparingInt(words -> words.version().length())
          .thenComparing(Words::version)
          .thenComparing(Words::language);

  /** One member after the other in a line, with a space between. */
  private static final ObjectWriter LINE =
      JsonMapper.builder()
          .build()
          .writer(
              new DefaultPrettyPrinter(
                      Separators.createDefaultInstance()
                          .withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                  .withObjectIndenter(new DefaultPrettyPrinter.FixedSpaceIndenter()));

  /** Keeps the rules that forms have now, and returns the files that were written. */
  List<Path> rules(Definitions of) throws IOException {
    var unpublished = of.versions().unpublished();
    var wanted = of.versions().wanted();
    for (Path path : unpublished) {
      Path file = root.resolve("shared/forms").resolve(path);
      Files.createDirectories(file.resolveSibling(""));
      Files.write(file, Objects.requireNonNull(wanted.get(path)));
    }
    return unpublished;
  }

  /** Publishes all drafts, and returns them. */
  List<Words> drafts(Definitions of) throws IOException {
    var drafts = of.drafts();
    if (!drafts.isEmpty()) {
      var all = new ArrayList<>(of.words());
      all.addAll(drafts);
      all.sort(ORDER);
      Files.writeString(root.resolve("shared").resolve(Published.FILE), text(all));
    }
    return drafts;
  }

  /** A line for each, so that people and tools compare them line by line. */
  private static String text(List<Words> all) {
    return all.stream()
        .map(words -> "  " + line(words))
        .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
  }

  private static String line(Words words) {
    try {
      return LINE.writeValueAsString(words).replaceFirst("^\\{ ", "{").replaceFirst(" }$", "}");
    } catch (JsonProcessingException e) {
      throw new AssertionError("texts can always be written", e);
    }
  }
}
