package io.vestibule.local.walls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.vestibule.core.Json;
import io.vestibule.core.forms.Form;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a form file can say has a reader that is deployed: a setting is never decoration. */
class SettingsTest {

  private static final Path DOCUMENT = Path.of("..", "..", "docs", "forms.md");

  static Stream<RecordComponent> settings() {
    return Stream.of(
            Form.class,
            Form.Texts.class,
            Form.Field.class,
            Form.Consent.class,
            Form.Keep.class,
            Form.ProofOfWork.class)
        .flatMap(part -> Stream.of(part.getRecordComponents()));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void everySettingOfAFormIsRead(RecordComponent setting) {
    isRead(Deployed.CLASSES, setting);
  }

  @Test
  void aSettingThatOnlyItsOwnRecordReadsIsSeen() {
    var decoration = new ClassFileImporter().importClasses(Decoration.class);
    var setting = Decoration.class.getRecordComponents()[0];

    assertThatThrownBy(() -> isRead(decoration, setting)).isInstanceOf(AssertionError.class);
  }

  /** Its setting is compared, hashed and printed, and is read by nobody. */
  private record Decoration(String colour) {}

  private static void isRead(JavaClasses deployed, RecordComponent setting) {
    var part = deployed.get(setting.getDeclaringRecord());
    String name = setting.getName();

    assertThat(
            Stream.concat(
                Stream.concat(Stream.of(part), part.getAllRawInterfaces().stream())
                    .flatMap(type -> type.tryGetMethod(name).stream())
                    .flatMap(method -> method.getAccessesToSelf().stream()),
                part.getField(name).getAccessesToSelf().stream()))
        .as("%s of %s", name, part.getSimpleName())
        .<JavaCodeUnit>extracting(JavaAccess::getOrigin)
        .anyMatch(
            reader ->
                !reader.getOwner().equals(part)
                    || !(reader.getName().equals(name) || reader.isConstructor()));
  }

  @Test
  void everySettingIsDocumented() throws IOException {
    everySettingIsIn(Files.readString(DOCUMENT));
  }

  @ParameterizedTest
  @CsvSource({"closes, closed", "keep.held, held"})
  void aSettingThatIsNotDocumentedIsSeen(String right, String wrong) throws IOException {
    var document = Files.readString(DOCUMENT);
    var broken =
        Broken.text(document, "", "| `%s` |".formatted(right), "| `%s` |".formatted(wrong));

    assertThatThrownBy(() -> everySettingIsIn(broken)).isInstanceOf(AssertionError.class);
  }

  private static void everySettingIsIn(String document) throws IOException {
    var schema =
        Json.MAPPER.readTree(
            Files.readString(Path.of("..", "..", "shared", "forms", "schema", "form.schema.json")));

    assertThat(members(schema, "").filter(name -> !name.equals("keep")))
        .isNotEmpty()
        .allSatisfy(name -> assertThat(document).contains("| `" + name + "` |"));
  }

  private static Stream<String> members(JsonNode schema, String prefix) {
    var properties = schema.path("properties");
    return properties
        .propertyStream()
        .flatMap(
            member ->
                member.getKey().equals("keep")
                    ? members(member.getValue(), "keep.")
                    : Stream.of(prefix + member.getKey()));
  }
}
