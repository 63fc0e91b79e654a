package io.vestibule.local.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Json;
import io.vestibule.store.audit.StaffLooks;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Behind {@code make audit}: prints each key of a person that was unwrapped on a day for the pages
 * of staff, and is in no row of the audit, and ends with 1 if there is any.
 */
public final class AuditTool {

  private AuditTool() {}

  /** Takes the name of the stack, or {@code local}, and the day (UTC). */
  public static void main(String[] arguments) throws InterruptedException {
    var terminal = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    var port = Optional.ofNullable(System.getenv("PORT")).orElse("8080");
    var run = URI.create("http://localhost:" + port);
    boolean isWell = run(arguments[0], LocalDate.parse(arguments[1]), run, terminal);
    System.exit(isWell ? 0 : 1);
  }

  /**
   * Compares a day.
   *
   * @param stack its name, or {@code local}
   * @param run where a run on this machine would be
   * @return whether the audit explains everything
   */
  public static boolean run(String stack, LocalDate day, URI run, PrintStream terminal)
      throws InterruptedException {
    try {
      var found = FindStack.of(stack, run);
      var used =
          found.stack().isLocal()
              ? Unwrappings.local(run, day)
              : Unwrappings.deployed(found.aws(), found.stack().output("StaffFunction"), day);
      var unexplained = unexplained(found, used);
      unexplained.forEach(it -> terminal.println(line(it)));
      terminal.println(
          Json.MAPPER
              .createObjectNode()
              .put("day", day.toString())
              .put("unwrapped", used.size())
              .put("unexplained", unexplained.size()));
      return unexplained.isEmpty();
    } catch (IOException | SdkException e) {
      terminal.println(
          Json.MAPPER
              .createObjectNode()
              .put("day", day.toString())
              .put("error", DoctorTool.words(e)));
      return false;
    }
  }

  private static List<Unwrapping> unexplained(FindStack.Found found, List<Unwrapping> used) {
    try (var dynamoDb = found.aws().dynamoDb()) {
      var table = found.stack().parameter("Prefix") + "audit";
      return new CompareAudit(new StaffLooks(dynamoDb, table)).unexplained(used);
    }
  }

  private static ObjectNode line(Unwrapping unwrapping) {
    return Json.MAPPER
        .createObjectNode()
        .put("at", unwrapping.at().toString())
        .put("customer", unwrapping.customer());
  }
}
