package io.vestibule.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.local.aws.Backend.Request;
import io.vestibule.local.aws.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallInventoryTest {

  private static final Request REQUEST = new Request("POST", "/", Map.of(), new byte[0]);

  @TempDir private Path folder;

  @Test
  void aCallIsWrittenDownOnce() throws IOException {
    var file = folder.resolve("calls.txt");
    var inventory = CallInventory.in(file);

    inventory.add("Worker", new Operation("kms", "Decrypt"), REQUEST);
    inventory.add("Worker", new Operation("kms", "Decrypt"), REQUEST);
    inventory.add("Other", new Operation("kms", "Decrypt"), REQUEST);

    assertThat(file).content().isEqualTo("Worker | kms:Decrypt\nOther | kms:Decrypt\n");
  }

  @Test
  void whatAnotherAccountHasWrittenStays() throws IOException {
    var file = Files.writeString(folder.resolve("calls.txt"), "Worker | kms:Encrypt\n");

    CallInventory.in(file).add("Worker", new Operation("kms", "Decrypt"), REQUEST);

    assertThat(file).content().isEqualTo("Worker | kms:Encrypt\nWorker | kms:Decrypt\n");
  }

  @Test
  void withoutAFileNothingIsWritten() throws IOException {
    CallInventory.none().add("Worker", new Operation("kms", "Decrypt"), REQUEST);

    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }
}
