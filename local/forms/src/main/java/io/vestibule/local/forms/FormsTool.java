package io.vestibule.local.forms;

import io.vestibule.core.DataFiles;
import io.vestibule.core.forms.Forms;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What {@code make forms} and {@code make publish} run, and {@code mvn package}.
 *
 * <p>{@code check} tells everything that is wrong, {@code deploy} also what must not be deployed,
 * {@code publish} freezes the wordings of consents and keeps the rules of forms. The second
 * argument is the project's folder. A third is a file that is there afterwards if something is
 * wrong; without it the exit code tells. If nothing is wrong, {@code docs/privacy.md} is made to
 * say what the forms say.
 */
public final class FormsTool {

  private FormsTool() {}

  public static void main(String[] arguments) throws IOException {
    var terminal = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    // What libraries log is for programmers.
    System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    Path root = Path.of(arguments.length > 1 ? arguments[1] : "").toAbsolutePath();
    boolean isRight = run(arguments[0], root, terminal);
    if (arguments.length > 2) {
      tell(isRight, Path.of(arguments[2]));
    } else if (!isRight) {
      System.exit(1);
    }
  }

  /** For Maven, which would print a stack trace of its own for a process that fails. */
  private static void tell(boolean isRight, Path wrong) throws IOException {
    if (isRight) {
      Files.deleteIfExists(wrong);
    } else {
      Files.write(wrong, new byte[0]);
    }
  }

  /** Does what it is asked for, and returns whether all is right. */
  static boolean run(String command, Path root, PrintStream terminal) throws IOException {
    DataFiles.readIn(Optional.of(root.resolve("shared")));
    try {
      var definitions = new Definitions(root);
      var problems = problems(definitions, command, root);
      problems.forEach(terminal::println);
      if (problems.isEmpty()) {
        write(definitions, command, root, terminal);
      }
      return problems.isEmpty();
    } finally {
      DataFiles.readIn(Optional.empty());
    }
  }

  private static List<Problem> problems(Definitions definitions, String command, Path root)
      throws IOException {
    var problems = new ArrayList<>(definitions.problems());
    if (command.equals("deploy")) {
      problems.addAll(definitions.undeployable());
      if (problems.isEmpty()) {
        new PrivacyPaper(root).differs(new Forms()).ifPresent(problems::add);
      }
      problems.sort(null);
    }
    return problems;
  }

  private static void write(
      Definitions definitions, String command, Path root, PrintStream terminal) throws IOException {
    boolean isPublished = command.equals("publish");
    var publish = new Publish(root);
    var drafts =
        Stream.concat(
            (isPublished ? publish.drafts(definitions) : definitions.drafts())
                .stream().map(it -> "%s, %s %s".formatted(it.form(), it.consent(), it.version())),
            (isPublished ? publish.rules(definitions) : definitions.versions().unpublished())
                .stream().map(it -> "%s, its rules".formatted(it.getName(1))));
    new PrivacyPaper(root).write(new Forms());
    String said = isPublished ? "Published, and never to be changed: " : "A draft: ";
    drafts.map(said::concat).distinct().forEach(terminal::println);
  }
}
