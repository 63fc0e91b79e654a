package io.vestibule.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.FrontMac;
import io.vestibule.core.SealingKey;
import io.vestibule.local.aws.MovableClock;
import io.vestibule.local.aws.PlainTable;
import io.vestibule.local.aws.Sdk;
import io.vestibule.local.embedded.EmbeddedDynamoDb;
import io.vestibule.store.keys.SealingKeys;
import io.vestibule.store.keys.SystemKeys;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The two keys that intake may read: when it reads them, and what it goes on with. */
class CurrentKeysTest {

  private final MovableClock clock = new MovableClock();
  private EmbeddedDynamoDb database;
  private DynamoDbClient dynamoDb;
  private CurrentSealingKey sealingKey;
  private CurrentFrontMac frontMac;

  @BeforeEach
  void open() throws IOException {
    clock.stop();
    database = EmbeddedDynamoDb.start();
    dynamoDb = Sdk.client(DynamoDbClient.builder(), database.endpoint());
    dynamoDb.createTable(PlainTable.of("sealing-keys", "name"));
    dynamoDb.createTable(PlainTable.of("system-keys", "name"));
    sealingKey = new CurrentSealingKey(new SealingKeys(dynamoDb, "sealing-keys"), clock);
    frontMac = new CurrentFrontMac(new SystemKeys(dynamoDb, "system-keys"), clock);
  }

  @AfterEach
  void close() throws Exception {
    dynamoDb.close();
    database.close();
  }

  @Test
  void withoutASealingKeyThereIsNoneAndTheNextAskLooksAgain() throws Exception {
    assertThat(sealingKey.get()).isEmpty();
    rotateTo("one");

    assertThat(sealingKey.get()).map(SealingKey::id).hasValue("one");
  }

  @Test
  void aNewSealingKeyIsUsedWithinFiveMinutes() throws Exception {
    rotateTo("one");
    sealingKey.get();
    rotateTo("two");
    clock.advance(Duration.ofMinutes(5).minusMillis(1));
    assertThat(sealingKey.get()).map(SealingKey::id).hasValue("one");

    clock.advance(Duration.ofMillis(1));
    assertThat(sealingKey.get()).map(SealingKey::id).hasValue("two");
  }

  @Test
  void aKeyThatCannotBeReadAgainIsUsedForADayAndNoLonger() throws Exception {
    rotateTo("one");
    sealingKey.get();
    remove("sealing-keys", "public");
    clock.advance(Duration.ofHours(24).minusMillis(1));
    assertThat(sealingKey.get()).map(SealingKey::id).hasValue("one");

    clock.advance(Duration.ofMillis(1));
    assertThat(sealingKey.get()).isEmpty();
  }

  @Test
  void whatIsNoKeyIsNotUsed() {
    var noKey = new SealingKeys.PublicKey("one", new byte[] {1});
    assertThat(sealingKeys().rotateTo(Optional.empty(), noKey, new byte[0], clock.instant()))
        .isTrue();

    assertThat(sealingKey.get()).isEmpty();
  }

  @Test
  void aClockThatWasSetBackMakesAKeyOld() throws Exception {
    rotateTo("one");
    sealingKey.get();
    rotateTo("two");
    clock.advance(Duration.ofMinutes(-1));

    assertThat(sealingKey.get()).map(SealingKey::id).hasValue("two");
  }

  @Test
  void theFrontsKeyIsReadOnceAndStays() {
    systemKeys().addFrontMac(FrontMac.newKeyset(), clock.instant());
    var first = frontMac.get();
    remove("system-keys", "front-mac");

    assertThat(first).isPresent();
    assertThat(frontMac.get()).isEqualTo(first);
  }

  @Test
  void whatCanDoWithoutTheFrontsKeyLooksForItEveryThirtySeconds() {
    assertThat(frontMac.getUnlessItJustFailed()).isEmpty();
    systemKeys().addFrontMac(FrontMac.newKeyset(), clock.instant());
    clock.advance(Duration.ofSeconds(30).minusMillis(1));
    assertThat(frontMac.getUnlessItJustFailed()).isEmpty();

    clock.advance(Duration.ofMillis(1));
    assertThat(frontMac.getUnlessItJustFailed()).isPresent();
  }

  @Test
  void whatCannotDoWithoutTheFrontsKeyLooksEachTime() {
    assertThat(frontMac.get()).isEmpty();
    systemKeys().addFrontMac(FrontMac.newKeyset(), clock.instant());

    assertThat(frontMac.get()).isPresent();
  }

  private SealingKeys sealingKeys() {
    return new SealingKeys(dynamoDb, "sealing-keys");
  }

  private SystemKeys systemKeys() {
    return new SystemKeys(dynamoDb, "system-keys");
  }

  private void rotateTo(String id) {
    var key = new SealingKeys.PublicKey(id, SealingKey.publicKeyset(SealingKey.newPair()));
    var before = sealingKeys().currentId();
    assertThat(sealingKeys().rotateTo(before, key, new byte[] {1}, clock.instant())).isTrue();
  }

  private void remove(String table, String name) {
    dynamoDb.deleteItem(
        delete -> delete.tableName(table).key(Map.of("name", AttributeValue.fromS(name))));
  }
}
