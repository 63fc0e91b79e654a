package io.vestibule.local.walls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code tools/Stale.java}: which modules a build compiles again. Here, one builds upon another.
 */
@Tag("slow") // Each run of the tool is a JVM.
class StaleTest {

  private static final String TOOLS = "../../tools";

  private static final String BELOW =
      "public class Below { public static int one() { return 1; } }";
  private static final String ABOVE = "class Above { int two() { return 2 * Below.one(); } }";
  private static final String TEST = "class AboveTest { Above above; }";

  @TempDir private static Path tool;
  @TempDir private Path top;
  private Instant now = Instant.parse("2026-11-30T12:00:00Z");

  @BeforeAll
  static void compileTheTool() {
    javac("-sourcepath", TOOLS, "-d", "" + tool, TOOLS + "/Stale.java");
  }

  @BeforeEach
  void compileAll() throws Exception {
    write("pom.xml", "<module>shared/below</module><module>shared/above</module>");
    write("shared/below/pom.xml", pom("<artifactId>vestibule-below</artifactId>"));
    write(
        "shared/above/pom.xml",
        pom("<artifactId>vestibule-above</artifactId><artifactId>vestibule-below</artifactId>"));
    compileBelow(BELOW);
    write("shared/above/src/main/Above.java", ABOVE);
    compile("shared/above", "classes", ABOVE, "Above");
    compile("shared/above", "test-classes", TEST, "AboveTest");
    assertThat(dropped()).isEmpty();
  }

  @Test
  void whatHasNotChangedIsLeftAlone() throws Exception {
    assertThat(run("changed")).isEmpty();
    assertThat(dropped()).isEmpty();
    assertThat(classes()).containsExactly("Above", "AboveTest");
  }

  @Test
  void aModuleWhoseCodeIsNewerIsToBeCompiledFirst() throws Exception {
    write("shared/below/src/main/Below.java", BELOW);

    assertThat(run("changed")).isEqualTo("shared/below");
  }

  @Test
  void whatBuildsUponAChangeWithinAMethodStays() throws Exception {
    compileBelow(BELOW.replace("return 1", "return new Object() { int it = 3; }.it - hidden()"));

    assertThat(dropped()).isEmpty();
    assertThat(classes()).containsExactly("Above", "AboveTest");
  }

  @Test
  void whatBuildsUponAnotherSignatureGoesWithItsTests() throws Exception {
    compileBelow(BELOW.replace("int one", "long one"));

    assertThat(dropped()).contains("shared/above");
    assertThat(classes()).isEmpty();
  }

  /** javac copies its value into whoever uses it. */
  @Test
  void whatBuildsUponAnotherConstantGoes() throws Exception {
    compileBelow(BELOW.replace("{ public", "{ public static final int LIMIT = 1; public"));
    compile("shared/above", "classes", ABOVE, "Above");
    compile("shared/above", "test-classes", TEST, "AboveTest");
    assertThat(dropped()).isEmpty();

    compileBelow(BELOW.replace("{ public", "{ public static final int LIMIT = 2; public"));

    assertThat(dropped()).contains("shared/above");
  }

  @Test
  void testsOfAModuleGoIfWhatItOffersItselfHasChanged() throws Exception {
    var changed = ABOVE.replace("int two", "long two");
    compile("shared/above", "classes", changed, "Above");

    assertThat(dropped()).isEmpty();
    assertThat(classes()).containsExactly("Above");
  }

  private void compileBelow(String code) throws IOException {
    var withHidden =
        code.contains("hidden()")
            ? code.replace("{ public", "{ private static int hidden() { return 2; } public")
            : code;
    write("shared/below/src/main/Below.java", withHidden);
    compile("shared/below", "classes", withHidden, "Below");
  }

  /** Compiles a class, later than whatever was written before. */
  private void compile(String module, String kind, String code, String name) throws IOException {
    var source = top.resolve("sources").resolve(name + ".java");
    Files.createDirectories(source.getParent());
    Files.writeString(source, code);
    var classes = top.resolve(module).resolve("target").resolve(kind);
    Files.createDirectories(classes);
    var path =
        top.resolve("shared/below/target/classes")
            + ":"
            + top.resolve("shared/above/target/classes");
    javac("-cp", path, "-d", "" + classes, "" + source);
    try (var files = Files.list(classes)) {
      for (Path file : files.toList()) {
        isWrittenNow(file);
      }
    }
  }

  private static void javac(String... arguments) {
    assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments)).isZero();
  }

  private void write(String file, String text) throws IOException {
    Files.createDirectories(top.resolve(file).getParent());
    Files.writeString(top.resolve(file), text);
    isWrittenNow(top.resolve(file));
  }

  private void isWrittenNow(Path file) throws IOException {
    now = now.plusSeconds(1);
    Files.setLastModifiedTime(file, FileTime.from(now));
  }

  private static String pom(String artifacts) {
    return "<parent><artifactId>vestibule</artifactId></parent>" + artifacts;
  }

  private String dropped() throws Exception {
    return run("drop");
  }

  private String run(String command) throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var process =
        new ProcessBuilder(java, "-XX:TieredStopAtLevel=1", "-cp", "" + tool, "Stale", command)
            .directory(top.toFile())
            .redirectErrorStream(true)
            .start();
    var said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  private List<String> classes() throws IOException {
    var target = top.resolve("shared/above/target");
    try (var files = Files.walk(target)) {
      return files
          .map(it -> it.getFileName().toString())
          .filter(it -> it.endsWith(".class"))
          .map(it -> it.replace(".class", ""))
          .sorted()
          .toList();
    }
  }
}
