package io.vestibule.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Json;
import io.vestibule.keys.FunctionProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** However many customers there are: a heap that could not hold them all is enough. */
@Tag("slow")
class BackupMemoryTest extends BackupAccount {

  /** A build has fewer and less: {@code -Dvestibule.customers=200000} is what it is meant for. */
  private static final int CUSTOMERS = Integer.getInteger("vestibule.customers", 15_000);

  private static final int HEAP_MEGABYTES = CUSTOMERS < 100_000 ? 48 : 128;

  @Test
  void aLargeTableIsBackedUpAndRestoredWithALittleMemory(@TempDir Path folder) throws Exception {
    new ManyCustomers(backups.dynamoDb()).fill("customers", 0, CUSTOMERS);

    var taken = run("backup", "BackupFunction", "{}", folder);
    assertThat(taken.path("items").asInt()).isEqualTo(CUSTOMERS);

    var restore = "{\"backup\":\"latest\",\"into\":\"vestibule-restore-customers\"}";
    var restored = run("restore", "RestoreFunction", restore, folder);
    assertThat(restored.path("restored").asInt()).isEqualTo(CUSTOMERS);
    for (int customer = 0; customer < CUSTOMERS; customer += 999) {
      isAsItWas("vestibule-restore-customers", customer);
    }
  }

  /** Here and there one: to count so many takes DynamoDB Local minutes. */
  private void isAsItWas(String table, int customer) {
    assertThat(item(table, customer)).isNotEmpty().isEqualTo(item("customers", customer));
  }

  private Map<String, AttributeValue> item(String table, int customer) {
    var key = Map.of("customerId", AttributeValue.fromS("c" + customer));
    return backups.dynamoDb().getItem(get -> get.tableName(table).key(key)).item();
  }

  /** Runs a function in a process whose heap cannot grow. */
  private JsonNode run(String name, String function, String event, Path folder) throws Exception {
    var result = folder.resolve(name + ".json");
    new FunctionProcess(account, function)
        .run(
            SmallMemory.class,
            List.of("-Xmx" + HEAP_MEGABYTES + "m"),
            List.of(name, event, result.toString()),
            folder.resolve(name + ".log"));
    return Json.MAPPER.readTree(result.toFile());
  }
}
