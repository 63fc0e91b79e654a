package io.vestibule.local.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.checkup.Check;
import io.vestibule.core.Json;
import io.vestibule.core.wording.Wording;
import io.vestibule.core.wording.Wordings;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Behind {@code make doctor}: prints a line of JSON for each check of a stack, and ends with 1 if
 * somebody should do something.
 */
public final class DoctorTool {

  private DoctorTool() {}

  /** Takes the name of the stack, or {@code local}. */
  public static void main(String[] arguments) throws InterruptedException {
    var terminal = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    var port = Optional.ofNullable(System.getenv("PORT")).orElse("8080");
    boolean isWell = run(arguments[0], URI.create("http://localhost:" + port), terminal);
    System.exit(isWell ? 0 : 1);
  }

  /**
   * Examines a stack.
   *
   * @param stack its name, or {@code local}
   * @param run where a run on this machine would be
   * @return whether nobody has to do anything
   */
  public static boolean run(String stack, URI run, PrintStream terminal)
      throws InterruptedException {
    var checks = checks(stack, run);
    var wording = new Wordings().of("en");
    checks.forEach(it -> terminal.println(line(it, wording)));
    return checks.stream().allMatch(Check::ok);
  }

  private static List<Check> checks(String stack, URI run) throws InterruptedException {
    try {
      return Doctor.examine(FindStack.of(stack, run));
    } catch (IOException | SdkException e) {
      var finding = stack.equals(FindStack.LOCAL) ? "not-running" : "not-found";
      var values = Map.of("stack", stack, "error", words(e));
      return List.of(Check.wrong("stack", finding, values));
    }
  }

  private static JsonNode line(Check check, Wording wording) {
    return Json.MAPPER
        .createObjectNode()
        .put("check", check.name())
        .put("ok", check.ok())
        .put("cure", check.cure(wording));
  }

  /** A refused connection has no message. */
  static String words(Exception failure) {
    return Objects.requireNonNullElse(failure.getMessage(), failure.getClass().getSimpleName());
  }
}
