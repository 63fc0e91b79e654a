package io.vestibule.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vestibule.core.Status;
import io.vestibule.keys.Installation;
import io.vestibule.local.aws.MovableClock;
import io.vestibule.store.Invocation;
import io.vestibule.store.keys.SealingKeys;
import io.vestibule.store.keys.SystemKeys;
import io.vestibule.store.rows.OpenWork;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Which keys are made and destroyed, with the role of the function that may. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RotateKeysTest {

  private static final String ROTATION = "KeyRotationFunction";

  private final MovableClock clock = new MovableClock();
  private Installation installation;
  private SealingKeys sealingKeys;
  private RotateKeys rotateKeys;

  @BeforeAll
  void open() throws IOException {
    clock.stop();
    installation = Installation.open(clock);
  }

  @BeforeEach
  void startAfresh() {
    installation.startAfresh();
    sealingKeys = installation.sealingKeys(ROTATION);
    rotateKeys = KeyRotationWiring.of(installation.env(ROTATION), clock).rotateKeys();
  }

  @AfterAll
  void close() throws IOException {
    installation.close();
  }

  @Test
  void theNewKeyIsTheOneToSealWithAndTheSystemKeysStay() {
    var before = installation.systemKeys("StoreFunction").wrapped(SystemKeys.Name.LINK);
    String id = rotateKeys.rotate();

    assertThat(installation.sealingKeys("IntakeFunction").current().orElseThrow().id())
        .isEqualTo(id);
    assertThat(installation.systemKeys("StoreFunction").wrapped(SystemKeys.Name.LINK))
        .hasValueSatisfying(now -> assertThat(now).isEqualTo(before.orElseThrow()));
  }

  @Test
  @Tag("slow")
  void aKeyIsDestroyedFourDaysAfterTheNextOneWasMadeIfNothingNamesIt() {
    String first = installation.sealingKeys("IntakeFunction").current().orElseThrow().id();
    clock.advance(Duration.ofDays(1));
    rotateKeys.rotate();
    clock.advance(Duration.ofDays(4));
    assertThat(rotateKeys.destroyEnded()).isEmpty();

    clock.advance(Duration.ofMillis(1));
    assertThat(rotateKeys.destroyEnded()).containsExactly(first);
    assertThat(sealingKeys.privateKeys()).noneMatch(key -> key.id().equals(first)).hasSize(1);
  }

  @Test
  @Tag("slow")
  void aKeyThatSomethingOpenOrHeldNamesStays() {
    String first = installation.sealingKeys("IntakeFunction").current().orElseThrow().id();
    var row = installation.submit("contact", Installation.contact("ada@example.org"));
    var request = installation.submit("privacy", Installation.request("ada@example.org", "erase"));
    clock.advance(Duration.ofDays(1));
    rotateKeys.rotate();
    clock.advance(Duration.ofDays(5));

    assertThat(rotateKeys.destroyEnded()).isEmpty();
    installation.with(
        row.id(),
        Map.of(
            "status", AttributeValue.fromS("HELD"),
            "open", AttributeValue.fromS(OpenWork.of(Status.HELD, row.id()))));
    remove(Map.of("id", AttributeValue.fromS(request.id().value())), "requests");
    assertThat(rotateKeys.destroyEnded()).isEmpty();
    remove(Map.of("id", AttributeValue.fromS(row.id().value())), "submissions");
    assertThat(rotateKeys.destroyEnded()).containsExactly(first);
  }

  @Test
  void aNewKeyOfLinksComesWithASealingKeyThatNamesItAndTheOldOneStays() {
    var before = installation.systemKeys("StoreFunction").wrapped(SystemKeys.Name.LINK);
    var id = rotateKeys.rotateLinks();

    assertThat(id).endsWith("-2");
    assertThat(installation.sealingKeys("IntakeFunction").current().orElseThrow().id())
        .isEqualTo(id);
    var systemKeys = installation.systemKeys("StoreFunction");
    assertThat(systemKeys.wrapped(SystemKeys.Name.LINK).orElseThrow())
        .isEqualTo(before.orElseThrow());
    assertThat(systemKeys.wrappedLink(2)).isPresent();
    assertThat(rotateKeys.rotate()).endsWith("-2");
    assertThat(rotateKeys.destroyEndedLinks()).isEmpty();
  }

  /** An attack: intake, taken over, keeps a sealing key alive whose key of links has leaked. */
  @Test
  @Tag("slow")
  void aRowKeepsNoSealingKeyForEverWhoseKeyOfLinksWasReplaced() {
    String first = installation.sealingKeys("IntakeFunction").current().orElseThrow().id();
    var _ = installation.submit("contact", Installation.contact("ada@example.org"));
    clock.advance(Duration.ofDays(1));
    rotateKeys.rotate();
    clock.advance(Duration.ofDays(100));
    assertThat(rotateKeys.destroyEnded()).as("no key of links was replaced").isEmpty();

    rotateKeys.rotateLinks();
    clock.advance(Duration.ofDays(60));
    assertThat(rotateKeys.destroyEnded()).doesNotContain(first);
    clock.advance(Duration.ofMillis(1));
    assertThat(rotateKeys.destroyEnded()).contains(first);
  }

  @Test
  void aMistypedOrderIsRefusedAndMakesNoKey() {
    var handler = new KeyRotationHandler(installation.env(ROTATION), clock);
    var before = sealingKeys.currentId();

    for (Map<String, Object> order :
        List.<Map<String, Object>>of(
            Map.of("rotate", "links"),
            Map.of("rotat", "link"),
            Map.of("rotate", "link", "now", true),
            Map.of("ResourceProperties", Map.of("rotate", "link")))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> handler.handleRequest(order, new Invocation(ROTATION)));
    }
    assertThat(sealingKeys.currentId()).isEqualTo(before);
    var answer = handler.handleRequest(Map.of("rotate", "link"), new Invocation(ROTATION));
    assertThat(answer).isEqualTo(Map.of("sealingKey", sealingKeys.currentId().orElseThrow()));
    assertThat(sealingKeys.currentId().orElseThrow()).endsWith("-2");
  }

  @Test
  void theLastKeyIsNeverDestroyed() {
    clock.advance(Duration.ofDays(400));

    assertThat(rotateKeys.destroyEnded()).isEmpty();
    assertThat(sealingKeys.privateKeys()).hasSize(1);
  }

  private void remove(Map<String, AttributeValue> key, String table) {
    installation
        .account()
        .operator()
        .dynamoDb()
        .deleteItem(delete -> delete.tableName(table).key(key));
  }
}
