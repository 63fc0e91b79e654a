package io.vestibule.backup.take;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The temporary folder of an environment outlives a run, and has 512 MB. */
class PartTest {

  @TempDir private Path folder;

  /** To that device, every write is one too many. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aPartThatTheDiskHasNoRoomForLeavesNoFile() throws IOException {
    var file = Files.createFile(folder.resolve("part"));
    var part = new Part(file, Files.newOutputStream(Path.of("/dev/full")));
    part.add(Map.of("id", AttributeValue.fromS("1")));

    assertThatThrownBy(part::close).isInstanceOf(IOException.class);

    assertThat(file).doesNotExist();
  }

  @Test
  void aPartThatWasNotStoredLeavesNoFile() throws IOException {
    var file = Files.createFile(folder.resolve("part"));

    try (var part = new Part(file, Files.newOutputStream(file))) {
      part.add(Map.of("id", AttributeValue.fromS("1")));
    }

    assertThat(file).doesNotExist();
  }
}
