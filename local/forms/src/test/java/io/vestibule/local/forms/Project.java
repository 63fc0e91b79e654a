package io.vestibule.local.forms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A copy of what is shipped, to be spoilt. Forms and targets of the owner's own are left out. */
record Project(Path root) {

  static final Path REAL = Path.of("..", "..").toAbsolutePath().normalize();

  private static final Set<String> SHIPPED =
      Set.of(
          "shared/forms/business.json",
          "shared/forms/contact.json",
          "shared/forms/feedback.json",
          "shared/forms/newsletter.json",
          "shared/forms/privacy.json");

  private static final Path FILES = Path.of("../../local/forms/src/test/resources/definitions");

  /** What the tool said, and whether all was right. */
  record Run(boolean isRight, List<String> lines) {}

  static Project copied(Path to) throws IOException {
    for (String folder : List.of("forms", "targets", "wording")) {
      Path from = REAL.resolve("shared").resolve(folder);
      try (var files = Files.walk(from)) {
        for (Path file : files.filter(Files::isRegularFile).filter(Project::isShipped).toList()) {
          Path copy =
              to.resolve("shared").resolve(folder).resolve(from.relativize(file).toString());
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
    }
    return new Project(to);
  }

  private static boolean isShipped(Path file) {
    String path = REAL.relativize(file).toString().replace('\\', '/');
    String form = path.replaceFirst("shared/forms/versions/([^/]+)/.*", "shared/forms/$1.json");
    return SHIPPED.contains(form) || !form.matches("shared/(forms|targets)/[^/]+\\.json");
  }

  String read(String path) throws IOException {
    return Files.readString(root.resolve("shared").resolve(path));
  }

  void write(String path, String text) throws IOException {
    Path file = root.resolve("shared").resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  /** Puts another text into the place of one that is there. */
  void change(String path, String part, String other) throws IOException {
    assertThat(read(path)).contains(part);
    write(path, read(path).replace(part, other));
  }

  /** Adds a file of the folder {@code definitions}. */
  void add(String name, String path) throws IOException {
    write(path, Files.readString(FILES.resolve(name)));
  }

  Run run(String command) throws IOException {
    var said = new ByteArrayOutputStream();
    boolean isRight =
        FormsTool.run(command, root, new PrintStream(said, true, StandardCharsets.UTF_8));
    return new Run(isRight, said.toString(StandardCharsets.UTF_8).lines().toList());
  }
}
