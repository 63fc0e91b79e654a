package io.vestibule.backup;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.vestibule.backup.restore.RestoreHandler;
import io.vestibule.backup.take.BackupHandler;
import io.vestibule.core.Json;
import io.vestibule.store.Invocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A function in a JVM of its own, wired from the variables of its process as Lambda wires it.
 *
 * <p>Arguments: {@code backup} or {@code restore}, the event, and a file for the result.
 */
final class SmallMemory {

  private SmallMemory() {}

  public static void main(String[] arguments) throws Exception {
    RequestHandler<Map<String, Object>, Map<String, Object>> handler =
        arguments[0].equals("backup") ? new BackupHandler() : new RestoreHandler();
    @SuppressWarnings("unchecked") // A JSON object.
    Map<String, Object> event = Json.MAPPER.readValue(arguments[1], Map.class);
    var result = handler.handleRequest(event, new Invocation("test"));
    Files.write(Path.of(arguments[2]), Json.MAPPER.writeValueAsBytes(result));
  }
}
