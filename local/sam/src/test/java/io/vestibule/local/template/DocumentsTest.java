package io.vestibule.local.template;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whoever follows the documents word by word meets parameters, outputs and alarms that there are.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentsTest {

  private static final Path TOP = Path.of("..", "..");

  /**
   * {@code `Traffic=AllAtOnce`}, or in {@code samconfig.toml} {@code "Traffic=AllAtOnce"}; and what
   * a line to copy says to deploy with.
   */
  private static final Pattern SETTING =
      Pattern.compile(
          "[`\"]([A-Z][a-z][A-Za-z]*)=([^`\",\n]*)[`\"]"
              + "|(?<=# deploy with .{0,200})\\b([A-Z][a-z][A-Za-z]*)=([^\\s;,`\"]*)");

  /** What {@code name} of docs/operations.md asks a stack for. */
  private static final Pattern OUTPUT = Pattern.compile("\\$\\(name \"?(\\w+)\"?\\)");

  private static final Pattern ALARM = Pattern.compile("\\b[A-Z]\\w*Alarm\\b");

  private Template template;

  @BeforeAll
  void read() throws IOException {
    template = Template.read(TemplateTest.FILE);
  }

  /** A parameter and a value for it, as somebody would copy it. */
  record Setting(String parameter, String value) {}

  @Test
  void everySettingInTheDocumentsIsAParameterThatTakesIt() {
    var settings = documents().flatMap(DocumentsTest::settings).toList();

    assertThat(settings).hasSizeGreaterThan(12).allMatch(this::isTaken);
  }

  @Test
  void everySettingOfALineToCopyIsRead() {
    assertThat(settings("# deploy with CanaryForm=contact and CanaryMailbox=a@b.example; then:"))
        .containsExactly(
            new Setting("CanaryForm", "contact"), new Setting("CanaryMailbox", "a@b.example"));
  }

  @Test
  void everySettingInTheSampleOfADeploymentIsAParameterThatTakesIt() throws IOException {
    var sample = Files.readString(TOP.resolve("samconfig.toml"));
    var settings = settings(sample).filter(setting -> !setting.value().equals("FILL-IN")).toList();

    assertThat(settings).hasSizeGreaterThan(6).allMatch(this::isTaken);
    assertThat(settings(sample).filter(setting -> setting.value().equals("FILL-IN")))
        .isNotEmpty()
        .noneMatch(this::isTaken);
  }

  @Test
  void everyOutputInTheDocumentsIsOne() {
    var outputs = template.section("Outputs");

    assertThat(
            documents()
                .flatMap(text -> OUTPUT.matcher(text).results())
                .map(found -> found.group(1)))
        .hasSizeGreaterThan(3)
        .allMatch(outputs::has);
  }

  @Test
  void everyAlarmInTheDocumentsIsOne() {
    assertThat(alarms(documents())).hasSizeGreaterThan(12).isSubsetOf(alarmsOfTheTemplate());
  }

  /** Whoever is woken by one looks for its name there. */
  @Test
  void operationsNamesEveryAlarm() {
    assertThat(alarms(Stream.of(text("docs/operations.md")))).containsAll(alarmsOfTheTemplate());
  }

  private static Set<String> alarms(Stream<String> texts) {
    return texts
        .flatMap(text -> ALARM.matcher(text).results())
        .map(MatchResult::group)
        .collect(toSet());
  }

  private Set<String> alarmsOfTheTemplate() {
    return template
        .section("Resources")
        .propertyStream()
        .filter(it -> it.getValue().path("Type").asText().equals("AWS::CloudWatch::Alarm"))
        .map(Map.Entry::getKey)
        .collect(toSet());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "`OwnAdress=off`",
        "`OwnAddress=no`",
        "`Traffic=Canary20Percent`",
        "`CanaryMailbox=nobody`",
        "`IdentityRecoveryDays=36`",
        "`BackupKeepDays=many`",
        "# deploy with CanaryMailbx=canary-7f3a@in.your-domain.com; then, if no rule set is active:",
      })
  void whatNoStackTakesIsSeen(String text) {
    assertThat(settings(text)).hasSize(1).noneMatch(this::isTaken);
  }

  private static Stream<Setting> settings(String text) {
    return SETTING
        .matcher(text)
        .results()
        .map(
            found ->
                found.group(1) == null
                    ? new Setting(found.group(3), found.group(4))
                    : new Setting(found.group(1), found.group(2)));
  }

  /** A value that the reader is to replace, or leaves out, may be any. */
  private boolean isTaken(Setting setting) {
    var parameter = template.section("Parameters").path(setting.parameter());
    if (parameter.isMissingNode()) {
      return false;
    }
    var value = setting.value();
    if (value.isEmpty() || value.contains("<") || value.contains("$") || value.contains("…")) {
      return true;
    }
    var allowed = parameter.path("AllowedValues");
    if (allowed.isArray()) {
      return allowed.valueStream().map(JsonNode::asText).anyMatch(value::equals);
    }
    if (parameter.path("Type").asText().equals("Number")) {
      return value.matches("[0-9]{1,9}")
          && Integer.parseInt(value) >= parameter.path("MinValue").asInt()
          && Integer.parseInt(value) <= parameter.path("MaxValue").asInt(Integer.MAX_VALUE);
    }
    return value.matches(parameter.path("AllowedPattern").asText(".*"));
  }

  private static Stream<String> documents() {
    return Stream.of(
            "README.md",
            "SECURITY.md",
            "CHANGELOG.md",
            "docs/first-day.md",
            "docs/operations.md",
            "docs/staff.md",
            "docs/costs.md")
        .map(DocumentsTest::text);
  }

  private static String text(String document) {
    try {
      return Files.readString(TOP.resolve(document));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
