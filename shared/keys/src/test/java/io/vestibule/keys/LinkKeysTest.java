package io.vestibule.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vestibule.core.Awaited;
import io.vestibule.core.LinkToken;
import io.vestibule.core.Sha256;
import io.vestibule.local.aws.MovableClock;
import io.vestibule.store.Table;
import io.vestibule.store.keys.SealingKeys;
import io.vestibule.store.keys.SystemKeys;
import io.vestibule.store.rows.SubmissionRow;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A row's links are of the version that its sealing key names, for as long as anything needs it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LinkKeysTest {

  private static final String ROTATION = "KeyRotationFunction";
  private static final String STORE = "StoreFunction";
  private static final String DELETION = "DeletionFunction";

  private final MovableClock clock = new MovableClock();
  private Installation installation;

  @BeforeAll
  void open() throws IOException {
    clock.stop();
    installation = Installation.open(clock);
  }

  @BeforeEach
  void startAfresh() {
    installation.startAfresh();
  }

  @AfterAll
  void close() throws IOException {
    installation.close();
  }

  private SubmissionRow submit() {
    return installation.submit("contact", Installation.contact("ada@example.org"));
  }

  private String rotate() {
    return installation.newKeys().rotateLinkKey(clock.instant());
  }

  @Test
  void aLinkThatWasMailedBeforeARotationProvesItsPressAfterIt() {
    var row = submit();
    var token = installation.linkTokens("MailerFunction").of(row);

    var id = rotate();

    assertThat(id).endsWith("-2");
    assertThat(installation.linkTokens("MailerFunction").of(row).text()).isEqualTo(token.text());
    assertThat(installation.linkTokens(STORE).pressOf(pressed(row, token))).isPresent();
  }

  @Test
  void whatIsSealedAfterARotationHasLinksOfTheNewKeyOnDaysToComeToo() {
    rotate();
    clock.advance(Duration.ofDays(1));
    assertThat(installation.newKeys().rotateSealingKey(clock.instant())).endsWith("-2");
    var row = submit();
    var token = installation.linkTokens("MailerFunction").of(row);

    assertThat(installation.linkTokens(STORE).pressOf(pressed(row, token))).isPresent();
  }

  /** An attack: the key before has leaked, and VerifyFunction, taken over, writes proofs by it. */
  @Test
  void aProofByTheKeyBeforeProvesNoPressOfWhatWasSealedAfter() {
    rotate();
    var row = submit();
    var first =
        new LinkKeys(installation.systemKeys(STORE), installation.keysetKey(STORE), clock)
            .of(LinkVersion.FIRST, press(row))
            .map(LinkToken::of)
            .orElseThrow();

    assertThat(installation.linkTokens(STORE).pressOf(pressed(row, first))).isEmpty();
  }

  private static String press(SubmissionRow row) {
    var content = HexFormat.of().formatHex(Sha256.of(row.sealed().ciphertext()));
    return "press|%s|%d|%s".formatted(row.id(), row.linkNo(), content);
  }

  @Test
  void aVersionThatSomebodyMadeUpProvesNothingAndStopsNobody() {
    var row = submit();
    var token = installation.linkTokens("MailerFunction").of(row);
    var madeUp =
        installation.with(
            pressed(row, token).id(),
            Map.of("sealingKey", AttributeValue.fromS("AAAAAAAAAAAA-99")));

    var tokens = installation.linkTokens(STORE);
    assertThat(tokens.pressOf(madeUp)).isEmpty();
    var other = submit();
    var others = installation.linkTokens("MailerFunction").of(other);
    assertThat(tokens.pressOf(pressed(other, others))).isPresent();
  }

  @Test
  void aFirstKeyThatWasReplacedAndDestroyedProvesNothingAndStopsNobody() {
    var row = submit();
    var pressed = pressed(row, installation.linkTokens("MailerFunction").of(row));
    var madeAt = installation.systemKeys(ROTATION).linksMadeAt().firstEntry().getValue();
    rotate();
    assertThat(installation.systemKeys(ROTATION).destroyLink(1, madeAt)).isTrue();

    assertThat(installation.linkTokens(STORE).pressOf(pressed)).isEmpty();
  }

  @Test
  void aFirstKeyThatIsLostIsMissedAndFoundAgainAtOnce() {
    var row = submit();
    var pressed = pressed(row, installation.linkTokens("MailerFunction").of(row));
    var systemKeys = installation.systemKeys(ROTATION);
    var madeAt = systemKeys.linksMadeAt().firstEntry().getValue();
    var wrapped = systemKeys.wrappedLink(1).orElseThrow();
    assertThat(systemKeys.destroyLink(1, madeAt)).isTrue();
    var tokens = installation.linkTokens(STORE);

    assertThatThrownBy(() -> tokens.pressOf(pressed)).isInstanceOf(IllegalStateException.class);
    systemKeys.addLink(1, wrapped, madeAt);
    assertThat(tokens.pressOf(pressed)).isPresent();
  }

  @Test
  void aSealingKeyThatSomebodyAddsHasNoneNameAVersionThatNobodyMade() {
    var added =
        Map.of(
            "name", AttributeValue.fromS("private#AAAAAAAAAAAA-99"),
            "createdAt", AttributeValue.fromS("2026-11-18T09:00:00.000Z"));
    installation.put(Table.SEALING_KEYS, added);

    assertThat(installation.newKeys().rotateSealingKey(clock.instant())).hasSize(12);
    assertThat(rotate()).endsWith("-2");
    assertThat(installation.newKeys().rotateSealingKey(clock.instant())).endsWith("-2");
  }

  @Test
  void aVersionThatIsPutInAnothersPlaceDoesNotUnwrap() {
    rotate();
    var row = submit();
    var first = installation.item(Table.SYSTEM_KEYS, "name", "link");
    var swapped = new HashMap<>(first);
    swapped.put("name", AttributeValue.fromS("link#2"));
    installation.put(Table.SYSTEM_KEYS, swapped);

    assertThatThrownBy(() -> installation.linkTokens("MailerFunction").of(row))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatAwaitsAnswersOpensAfterARotationAndKeepsItsVersion() throws Exception {
    var row = installation.submit("privacy", Installation.request("ada@example.org", "erase"));
    var awaited = new Awaited("token", "c1", null, "0", new byte[] {1});
    var seal = installation.linkTokens(DELETION).awaitedSeal();
    var column = seal.seal(row.id(), row.sealed().sealingKey(), awaited);
    rotate();

    var after = installation.linkTokens(DELETION).awaitedSeal();
    assertThat(after.open(row.id(), column).toJson()).isEqualTo(awaited.toJson());
    var again = after.sealAgain(row.id(), column, awaited);
    assertThat(again[0]).isEqualTo((byte) 1);
    var id = rotate();
    assertThat(after.seal(row.id(), id, awaited)[0]).isEqualTo((byte) 3);
    again[0] = 99;
    assertThatThrownBy(() -> after.open(row.id(), again))
        .isInstanceOf(SubmissionOpener.Unreadable.class);
  }

  @Test
  void aVersionIsDestroyedOnceNoSealingKeyNamesItAndItsSuccessorIsOld() {
    var first = installation.sealingKeys(ROTATION).privateKeys().getFirst().id();
    clock.advance(Duration.ofDays(1));
    rotate();
    clock.advance(LinkVersions.NEEDED.plusSeconds(1));
    assertThat(destroyed()).as("a sealing key names it").isEmpty();

    installation.sealingKeys(ROTATION).destroy(first);
    clock.advance(Duration.ofSeconds(-2));
    assertThat(destroyed()).as("an answer may be awaited").isEmpty();
    clock.advance(Duration.ofSeconds(2));
    assertThat(destroyed()).containsExactly(1);
    assertThat(destroyed()).isEmpty();
    installation.newKeys().createMissingSystemKeys(clock.instant());
    assertThat(installation.systemKeys(ROTATION).wrapped(SystemKeys.Name.LINK)).isEmpty();
    assertThat(installation.systemKeys(ROTATION).wrappedLink(2)).isPresent();
  }

  private List<Integer> destroyed() {
    return installation.newKeys().destroyEndedLinkKeys(clock.instant());
  }

  @Test
  void aVersionWhoseSuccessorIsGoneIsDestroyedOnceTheOneAfterThatIsOld() {
    rotate();
    rotate();
    assertThat(installation.systemKeys(ROTATION).destroyLink(2, clock.instant())).isTrue();
    var current = installation.sealingKeys(ROTATION).currentId().orElseThrow();
    installation.sealingKeys(ROTATION).privateKeys().stream()
        .filter(key -> !key.id().equals(current))
        .forEach(key -> installation.sealingKeys(ROTATION).destroy(key.id()));
    clock.advance(LinkVersions.NEEDED.plusSeconds(1));

    assertThat(destroyed()).containsExactly(1);
  }

  @Test
  void whatWasMadeInThePlaceOfAVersionIsNotDestroyedForIt() {
    rotate();

    var systemKeys = installation.systemKeys(ROTATION);
    assertThat(systemKeys.destroyLink(2, clock.instant().minusSeconds(1))).isFalse();
    assertThat(systemKeys.wrappedLink(2)).isPresent();
  }

  /** The version before names none in its sealing keys, and knows the first key only. */
  @Test
  void whatTheVersionBeforeSealsAfterARollBackHasLinksOfTheFirstKeyAndWhatFollowsOfTheNewest() {
    rotate();
    rolledBack("AAAAAAAAAAAA");
    var row = submit();
    var first = new LinkKeys(installation.systemKeys(STORE), installation.keysetKey(STORE), clock);

    assertThat(row.sealed().sealingKey()).isEqualTo("AAAAAAAAAAAA");
    assertThat(installation.linkTokens("MailerFunction").of(row).hash())
        .isEqualTo(first.of(LinkVersion.FIRST, press(row)).map(LinkToken::of).orElseThrow().hash());
    assertThat(installation.newKeys().rotateSealingKey(clock.instant())).endsWith("-2");
  }

  /** What the version before has left after days: no sealing key that names the newest. */
  private void rolledBack(String id) {
    var keys = installation.sealingKeys(ROTATION);
    var before = current();
    var key = new SealingKeys.PublicKey(id, before.keyset());
    assertThat(keys.rotateTo(Optional.of(before.id()), key, new byte[] {1}, clock.instant()))
        .isTrue();
    keys.privateKeys().stream()
        .filter(it -> it.id().endsWith("-2"))
        .forEach(it -> keys.destroy(it.id()));
  }

  private SealingKeys.PublicKey current() {
    return installation.sealingKeys("IntakeFunction").current().orElseThrow();
  }

  @Test
  void aRotationThatDiedIsFinishedByTheNextSealingKey() {
    installation.systemKeys(ROTATION).addLink(2, new byte[] {1}, clock.instant());

    assertThat(installation.newKeys().rotateSealingKey(clock.instant())).endsWith("-2");
  }

  /** A race: the daily run has seen no rotation, and comes after it. */
  @Test
  void aRunThatSawNoRotationDoesNotUndoIt() {
    var keys = installation.sealingKeys(ROTATION);
    var seen = current();
    var rotated = rotate();
    var late = new SealingKeys.PublicKey("AAAAAAAAAAAA", seen.keyset());

    assertThat(keys.rotateTo(Optional.of(seen.id()), late, new byte[] {1}, clock.instant()))
        .isFalse();
    assertThat(keys.currentId()).hasValue(rotated);
    assertThat(keys.privateKeys()).noneMatch(key -> key.id().equals("AAAAAAAAAAAA"));
  }

  @Test
  void anIdThatNamesNoVersionIsOfTheFirst() {
    assertThat(LinkVersion.of("AAAAAAAAAAAA")).isEqualTo(LinkVersion.FIRST);
    assertThat(LinkVersion.of("AAAAAAAAAA-2")).isEqualTo(LinkVersion.FIRST);
    assertThat(LinkVersion.of("AAAAAAAAAAAA-999")).isEqualTo(LinkVersion.FIRST);
    assertThat(LinkVersion.of("AAAAAAAAAAAA-12").number()).isEqualTo(12);
  }

  private SubmissionRow pressed(SubmissionRow row, LinkToken token) {
    var proof = SdkBytes.fromByteArray(token.proof(row.id(), row.linkNo(), "e-mail", "consents="));
    return installation.with(
        row.id(),
        Map.of(
            "proof", AttributeValue.fromB(proof),
            "asked", AttributeValue.fromS("e-mail"),
            "choice", AttributeValue.fromS("consents=")));
  }
}
