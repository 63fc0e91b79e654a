package io.vestibule.local.walls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.vestibule.core.OperatorCode;
import io.vestibule.core.log.LogField;
import io.vestibule.local.walls.LogCalls.Loaded;
import io.vestibule.local.walls.LogCalls.LogCall;
import io.vestibule.store.Redacted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is logged: no message of somebody else's, and a code wherever an operator has to act. */
class LogsTest {

  private static final Path DOCUMENT = Path.of("..", "..", "docs", "operations.md");

  private static final List<String> FOR_OPERATORS = List.of("warn", "error");

  /** A row of the table of codes; the first column may name several. */
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (`[a-z-]+`(?:, `[a-z-]+`)*) \\|");

  @Test
  void noExceptionIsLoggedAsItIs() {
    assertThat(deployed())
        .isNotEmpty()
        .filteredOn(call -> call.loaded().stream().anyMatch(LogsTest::isRaw))
        .isEmpty();
  }

  @Test
  void everyWarningAndErrorHasACode() {
    assertThat(deployed())
        .filteredOn(call -> FOR_OPERATORS.contains(call.level()))
        .hasSizeGreaterThan(10)
        .allMatch(LogsTest::hasCode);
  }

  @Test
  void everyCodeIsLoggedSomewhere() {
    var used =
        Deployed.CLASSES.get(OperatorCode.class).getFields().stream()
            .filter(field -> field.getRawType().isEquivalentTo(OperatorCode.class))
            .filter(
                field ->
                    field.getAccessesToSelf().stream()
                        .anyMatch(it -> !it.getOriginOwner().isEquivalentTo(OperatorCode.class)))
            .map(field -> OperatorCode.valueOf(field.getName()));

    assertThat(used).containsExactlyInAnyOrder(OperatorCode.values());
  }

  @Test
  void theDocumentsSayOfEveryCodeWhatToDo() throws IOException {
    everyCodeIsIn(Files.readString(DOCUMENT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"backup-taken", "key-unusable`, `nothing"})
  void aCodeThatIsNotDocumentedOrThatThereIsNotIsSeen(String wrong) throws IOException {
    var section = "## What the log says";
    var broken = Broken.text(Files.readString(DOCUMENT), section, "key-unusable", wrong);

    assertThatThrownBy(() -> everyCodeIsIn(broken)).isInstanceOf(AssertionError.class);
  }

  private static void everyCodeIsIn(String document) {
    int section = document.indexOf("## What the log says");
    var table = document.substring(section, document.indexOf("\n## ", section + 1));

    assertThat(
            ROW.matcher(table)
                .results()
                .flatMap(row -> Stream.of(row.group(1).split(", ")))
                .map(code -> code.replace("`", "")))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(OperatorCode.values()).map(OperatorCode::code).toList());
  }

  @Test
  void whatIsForbiddenWouldBeFound() {
    var calls = new ClassFileImporter().importClasses(Careless.class);

    assertThat(calls.stream().flatMap(LogsTest::calls))
        .hasSize(5)
        .allMatch(call -> call.loaded().stream().anyMatch(LogsTest::isRaw))
        .noneMatch(LogsTest::hasCode);
  }

  private static List<LogCall> deployed() {
    return Deployed.CLASSES.stream().flatMap(LogsTest::calls).toList();
  }

  private static Stream<LogCall> calls(JavaClass type) {
    return LogCalls.of(type.getSource().orElseThrow().getUri());
  }

  private static boolean hasCode(LogCall call) {
    return call.loaded().stream().anyMatch(it -> it.type().equals(LogField.class.getName()));
  }

  /** Its words may be read from a field of its own; nothing else of it may be. */
  private static boolean isRaw(Loaded value) {
    return isForeign(value.type())
        && !value.next().equals(Redacted.class.getName())
        && !value.isRead();
  }

  private static boolean isForeign(String type) {
    if (type.isEmpty() || type.equals(Redacted.class.getName())) {
      return false;
    }
    try {
      return Throwable.class.isAssignableFrom(
          Class.forName(type, false, LogsTest.class.getClassLoader()));
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** Logs what it should not, in each way there is. */
  @SuppressWarnings("unused") // It is read, not run.
  private static final class Careless {

    private static final Logger LOG = LoggerFactory.getLogger(Careless.class);

    void log(RuntimeException e) {
      LOG.error("last", e);
      LOG.warn("its message: {}", e.getMessage());
      LOG.info("in the text: {}, {}", e, 1);
      LOG.error("one of many: {} {} {}", 1, e, 2);
      LOG.warn("its cause", e.getCause());
    }
  }
}
