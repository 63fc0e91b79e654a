package io.vestibule.local.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** However many customers there are: 128 MB of heap are enough. */
class BackupMemoryTest extends Journey {

  /**
   * A fifth of what it is meant for, to spare every build: {@code -Dvestibule.customers=200000}.
   */
  private static final int CUSTOMERS = Integer.getInteger("vestibule.customers", 40_000);

  @Override
  protected Map<String, String> parameters() {
    return Map.of("BackupReadUnits", "1000000");
  }

  @Test
  void aLargeTableIsBackedUpAndRestoredWithALittleMemory(@TempDir Path folder) throws Exception {
    host.stopEvents();
    new ManyCustomers(host).fill("customers", 0, CUSTOMERS);

    var taken = run("backup", "BackupFunction", "{}", folder);
    assertThat(taken.path("items").asInt()).isEqualTo(CUSTOMERS);

    var restore = "{\"backup\":\"latest\",\"into\":\"customers-restored\"}";
    var restored = run("restore", "RestoreFunction", restore, folder);
    assertThat(restored.path("restored").asInt()).isEqualTo(CUSTOMERS);
    for (int customer = 0; customer < CUSTOMERS; customer += 999) {
      isAsItWas("customers-restored", customer);
    }
  }

  /** Here and there one: to count so many takes DynamoDB Local minutes. */
  private void isAsItWas(String table, int customer) {
    assertThat(item(table, customer)).isNotEmpty().isEqualTo(item("customers", customer));
  }

  private Map<String, AttributeValue> item(String table, int customer) {
    var key = Map.of("customerId", AttributeValue.fromS("c" + customer));
    return host.operator().dynamoDb().getItem(get -> get.tableName(table).key(key)).item();
  }

  /** Runs a function in a process whose heap cannot grow. */
  private JsonNode run(String name, String function, String event, Path folder) throws Exception {
    var result = folder.resolve(name + ".json");
    var java =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            SmallMemory.class.getName(),
            name,
            event,
            result.toString());
    var process = new ProcessBuilder(java).redirectErrorStream(true);
    process.redirectOutput(folder.resolve(name + ".log").toFile());
    process.environment().putAll(variables(function));
    assertThat(process.start().waitFor()).as(() -> read(folder.resolve(name + ".log"))).isZero();
    return Json.MAPPER.readTree(result.toFile());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What Lambda gives the function. */
  private Map<String, String> variables(String function) {
    var lambda =
        host.stack().functions().stream()
            .filter(it -> it.logicalId().equals(function))
            .findFirst()
            .orElseThrow();
    var variables = new HashMap<>(lambda.environment());
    variables.put("AWS_REGION", host.stack().region());
    variables.put("AWS_ACCESS_KEY_ID", function);
    variables.put("AWS_SECRET_ACCESS_KEY", "local");
    variables.put("AWS_ENDPOINT_URL", host.aws().toString());
    return variables;
  }
}
