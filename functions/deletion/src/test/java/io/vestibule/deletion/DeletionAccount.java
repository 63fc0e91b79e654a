package io.vestibule.deletion;

import io.vestibule.core.Env;
import io.vestibule.core.Runs;
import io.vestibule.local.account.Account;
import io.vestibule.local.aws.MovableClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * What tests of deletion need: an account with the real template and real customers, in which only
 * they call functions, by the functions' roles.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DeletionAccount {

  static final Duration SETTLED = Runs.SETTLED;

  final MovableClock clock = MovableClock.fromNoonTomorrow();
  Account account;
  People people;
  ErasureParts parts;
  DeletionWiring wiring;

  @BeforeAll
  final void open() throws IOException {
    account = Account.open(Path.of("..", "..", "template.yaml"), clock);
    people = new People(account, clock);
    var env = Env.of(account.variables("DeletionFunction"));
    parts = new ErasureParts(env, env.read(ErasureParts.Settings::new), true, clock);
    wiring = new DeletionWiring(env, clock);
  }

  @AfterAll
  final void close() throws IOException {
    account.close();
  }

  List<Map<String, AttributeValue>> items(String table) {
    return account
        .operator()
        .dynamoDb()
        .scanPaginator(scan -> scan.tableName(table).consistentRead(true))
        .items()
        .stream()
        .toList();
  }

  Map<String, AttributeValue> request(String id) {
    return account
        .operator()
        .dynamoDb()
        .getItem(get -> get.tableName("requests").key(Map.of("id", AttributeValue.fromS(id))))
        .item();
  }

  static String text(Map<String, AttributeValue> item, String name) {
    var value = item.get(name);
    return value == null ? "" : value.s();
  }

  /** The numbers in the ledger beside the backups. */
  List<String> ledger() {
    var bucket = account.variables("DeletionFunction").getOrDefault("BACKUP_BUCKET", "");
    return account
        .operator()
        .s3()
        .listObjectsV2(list -> list.bucket(bucket).prefix("ledger/"))
        .contents()
        .stream()
        .map(S3Object::key)
        .map(key -> key.replace("ledger/", "").replace(".json", ""))
        .toList();
  }

  /** One entry more of a customer, by a form: retention sees no more of one than key and form. */
  void anotherEntry(String customerId, String form) {
    var item =
        new HashMap<>(
            items("entries").stream()
                .filter(it -> text(it, "customerId").equals(customerId))
                .findFirst()
                .orElseThrow());
    var id = text(item, "entryId");
    item.put("entryId", AttributeValue.fromS(id.substring(0, id.length() - 1) + "-"));
    item.put("form", AttributeValue.fromS(form));
    account.operator().dynamoDb().putItem(put -> put.tableName("entries").item(item));
  }

  void removeEntry(Map<String, AttributeValue> item) {
    var key = new HashMap<>(item);
    key.keySet().retainAll(List.of("customerId", "entryId"));
    account.operator().dynamoDb().deleteItem(delete -> delete.tableName("entries").key(key));
  }

  void remove(String table, String key, String value) {
    account
        .operator()
        .dynamoDb()
        .deleteItem(
            delete -> delete.tableName(table).key(Map.of(key, AttributeValue.fromS(value))));
  }
}
