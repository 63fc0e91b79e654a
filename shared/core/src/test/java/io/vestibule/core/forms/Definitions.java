package io.vestibule.core.forms;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files in {@code shared/forms}, as texts that tests change. */
final class Definitions {

  static final Path FOLDER = Path.of("../../shared/forms");

  private Definitions() {}

  static String text(String name) throws IOException {
    return Files.readString(FOLDER.resolve(name + ".json"));
  }
}
