package io.vestibule.local.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vestibule.local.aws.MotoServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * The transformed template, carried out by a CloudFormation that others wrote, as far as it goes.
 */
@EnabledIf(
    value = "allIsThere",
    disabledReason = "Not run: moto_server or SAM's translator is not here")
@Tag("slow")
class MotoDeploymentTest {

  private static final Pattern TYPE = Pattern.compile("`((?:AWS|Custom)::[\\w:]+)`");

  @TempDir private Path folder;

  static boolean allIsThere() throws IOException, InterruptedException {
    return MotoServer.isInstalled()
        && Command.run(List.of("python3", "-c", "import samtranslator, boto3, moto"), "")
            .succeeded();
  }

  @Test
  void aStackIsMadeOfAllThatMotoKnowsAndTheDocumentsListTheRest()
      throws IOException, InterruptedException {
    var transformed = run("transform.py", List.of(), Files.readString(TemplateTest.FILE));
    JsonNode deployed;
    try (var moto = MotoServer.start()) {
      var answer = run("deploy.py", List.of(moto.endpoint().toString()), transformed);
      deployed = new ObjectMapper().readTree(answer);
    }

    assertThat(deployed.path("status").asText()).isEqualTo("CREATE_COMPLETE");
    assertThat(deployed.at("/made/AWS::DynamoDB::Table").asInt()).isGreaterThan(10);
    assertThat(deployed.at("/made/AWS::Lambda::Function").asInt()).isGreaterThan(10);
    assertThat(deployed.path("lacking").properties())
        .extracting(lacking -> lacking.getKey())
        .isSubsetOf(listed());
  }

  private static Set<String> listed() throws IOException {
    var document = Files.readString(Path.of("..", "..", "docs", "first-day.md"));
    int section = document.indexOf("### Deployed to an emulator");
    var listed = document.substring(section, document.indexOf("\n## ", section));
    return TYPE.matcher(listed)
        .results()
        .map(type -> type.group(1))
        .collect(Collectors.toUnmodifiableSet());
  }

  private String run(String script, List<String> arguments, String input)
      throws IOException, InterruptedException {
    var file = folder.resolve(script);
    try (var resource = MotoDeploymentTest.class.getResourceAsStream(script)) {
      Files.write(file, Objects.requireNonNull(resource).readAllBytes());
    }
    var command = new ArrayList<>(List.of("python3", file.toString()));
    command.addAll(arguments);
    var ran = Command.run(command, input);
    assertThat(ran.exitCode()).as(ran.errors()).isZero();
    return ran.output();
  }
}
