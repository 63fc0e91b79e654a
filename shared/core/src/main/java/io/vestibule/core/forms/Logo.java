package io.vestibule.core.forms;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.vestibule.core.DataFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A drawing that each page carries in itself: an SVG file beside the definitions, at most 8 KB.
 *
 * @param dataUri for the {@code src} of an image (RFC 2397); as an image, SVG runs no scripts and
 *     loads nothing
 */
public record Logo(String dataUri) {

  /** Each page has it, and may have 30 KB in all. */
  public static final int MOST_BYTES = 8 * 1024;

  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,40}\\.svg");

  /** Reads the file of a name. */
  @JsonCreator
  static Logo of(String file) {
    if (!NAME.matcher(file).matches()) {
      throw new IllegalArgumentException("\"logo\" must be the name of a file like logo.svg");
    }
    try (InputStream svg = DataFiles.open("forms/" + file)) {
      if (svg == null) {
        throw new IllegalArgumentException("There is no shared/forms/" + file);
      }
      byte[] bytes = svg.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new IllegalArgumentException("shared/forms/%s is over 8 KB".formatted(file));
      }
      return new Logo("data:image/svg+xml;base64," + Base64.getEncoder().encodeToString(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException("The logo cannot be read", e);
    }
  }
}
