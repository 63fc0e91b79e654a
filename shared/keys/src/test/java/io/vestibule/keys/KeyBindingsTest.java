package io.vestibule.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import io.vestibule.core.Destination;
import io.vestibule.core.EntryId;
import io.vestibule.core.EntryRecord;
import io.vestibule.core.Json;
import io.vestibule.core.RowId;
import io.vestibule.core.SealedContent;
import io.vestibule.core.SealingKey;
import io.vestibule.core.Status;
import io.vestibule.core.Submission;
import io.vestibule.core.forms.Forms;
import io.vestibule.local.aws.BackendServer;
import io.vestibule.local.aws.PlainTable;
import io.vestibule.local.aws.Sdk;
import io.vestibule.local.embedded.EmbeddedDynamoDb;
import io.vestibule.local.kms.KmsEmulator;
import io.vestibule.store.keys.SealingKeys;
import io.vestibule.store.keys.SystemKeys;
import io.vestibule.store.people.Customers.CustomerRow;
import io.vestibule.store.people.Entries.EntryRow;
import io.vestibule.store.rows.SubmissionRow;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.kms.KmsClient;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeyBindingsTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final SecureRandom random = new SecureRandom();
  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private final EmbeddedDynamoDb database = EmbeddedDynamoDb.start();
  private final BackendServer kmsServer =
      new BackendServer(new KmsEmulator("us-east-1", "000000000000", clock, random));
  private final DynamoDbClient dynamoDb = Sdk.client(DynamoDbClient.builder(), database.endpoint());
  private final KmsClient kms = Sdk.client(KmsClient.builder(), kmsServer.endpoint());
  private final KeysetKey keysetKey =
      new KeysetKey(kms, kms.createKey(request -> {}).keyMetadata().arn());
  private final SealingKeys sealingKeys = new SealingKeys(dynamoDb, "sealing-keys");
  private final SystemKeys systemKeys = new SystemKeys(dynamoDb, "system-keys");
  private final SigningKey receiptKey =
      new SigningKey(
          kms,
          kms.createKey(request -> request.keySpec("ECC_NIST_P256").keyUsage("SIGN_VERIFY"))
              .keyMetadata()
              .arn());
  private final NewKeys factory =
      new NewKeys(
          keysetKey, sealingKeys, systemKeys, new NewKeys.Signers(receiptKey, receiptKey), random);

  KeyBindingsTest() throws IOException {}

  @BeforeAll
  void makeKeys() {
    dynamoDb.createTable(PlainTable.of("sealing-keys", "name"));
    dynamoDb.createTable(PlainTable.of("system-keys", "name"));
    factory.createMissingSystemKeys(NOW);
    factory.rotateSealingKey(NOW);
  }

  @AfterAll
  void stop() throws Exception {
    dynamoDb.close();
    kms.close();
    kmsServer.close();
    database.close();
  }

  @Test
  void whatIntakeSealsOpensForItsRow() throws Exception {
    var row = seal(RowId.random(Destination.STORAGE, random), "contact");

    assertThat(opener().open(row).content().fields().path("name").asText()).isEqualTo("Ada");
  }

  @Test
  void sealedContentCopiedToAnotherRowDoesNotOpen() throws Exception {
    var row = seal(RowId.random(Destination.STORAGE, random), "contact");
    var copy = seal(RowId.random(Destination.STORAGE, random), "contact");

    doesNotOpen(opener(), withContent(copy, row.sealed()));
  }

  @Test
  void sealedContentCopiedToAnotherFormDoesNotOpen() throws Exception {
    var row = seal(RowId.random(Destination.STORAGE, random), "contact");

    doesNotOpen(opener(), row(row.id(), "feedback", row.sealed()));
  }

  @Test
  void contentThatNamesAnotherSealingKeyDoesNotOpen() throws Exception {
    var row = seal(RowId.random(Destination.STORAGE, random), "contact");
    var other = factory.rotateSealingKey(NOW);

    doesNotOpen(opener(), withContent(row, new SealedContent(other, row.sealed().ciphertext())));
  }

  @Test
  void whatTheFormWouldNotTakeIsNotTakenBehindTheDoorEither() throws Exception {
    var undeclared = fields().put("admin", "yes");
    var late = NOW.plus(Duration.ofMinutes(6));

    var contact = new Forms().find("contact").orElseThrow().sealedVersion();

    doesNotOpen(opener(), sealed(new Submission(undeclared, Map.of(), "en", "", NOW).by(contact)));
    doesNotOpen(opener(), sealed(new Submission(fields(), Map.of(), "en", "", late)));
    doesNotOpen(opener(), seal(RowId.random(Destination.STORAGE, random), "no-such-form"));
  }

  private SubmissionRow sealed(Submission content) throws GeneralSecurityException {
    return seal(RowId.random(Destination.STORAGE, random), "contact", content);
  }

  @Test
  void aDestroyedSealingKeyOpensNothing() throws Exception {
    var row = seal(RowId.random(Destination.STORAGE, random), "contact");
    sealingKeys.destroy(row.sealed().sealingKey());

    doesNotOpen(opener(), row);
    factory.rotateSealingKey(NOW);
  }

  @Test
  void aWrappedSealingKeyPutInThePlaceOfAnotherDoesNotUnwrap() throws Exception {
    var first = sealingKeys.current().orElseThrow();
    byte[] wrapped = sealingKeys.wrapped(first.id()).orElseThrow();
    var impostor = new SealingKeys.PublicKey("impostor", first.keyset());
    assertThat(sealingKeys.rotateTo(Optional.of(first.id()), impostor, wrapped, NOW)).isTrue();

    doesNotOpen(opener(), seal(RowId.random(Destination.STORAGE, random), "contact"));
    factory.rotateSealingKey(NOW);
  }

  @Test
  void aKeysetUnwrapsForItsOwnUseOnly() throws Exception {
    var config = AeadConfig2026.get();
    var keyset = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, config);
    byte[] wrapped = keysetKey.wrap(keyset, KeyUse.customer("one"), config);

    assertThat(keysetKey.unwrap(wrapped, KeyUse.customer("one"), config).size()).isEqualTo(1);
    for (var other :
        new KeyUse[] {
          KeyUse.customer("two"),
          KeyUse.sealing("one"),
          KeyUse.system(SystemKeys.Name.LINK),
          new KeyUse(Map.of())
        }) {
      assertThatThrownBy(() -> keysetKey.unwrap(wrapped, other, config))
          .isInstanceOf(KeysetKey.CannotUnwrap.class);
    }
  }

  @Test
  void aCustomersRecordOpensInItsOwnRowOnlyAndOnlyUnchanged() throws Exception {
    var keys = new CustomerKeys(keysetKey);
    var key = keys.create("one");
    var record = "all about Ada".getBytes(UTF_8);
    CustomerRow row = key.cipher().encrypt(record, 2, NOW, NOW);

    assertThat(keys.unwrap("one", key.wrapped()).decrypt(row)).isEqualTo(record);
    assertThatThrownBy(() -> keys.unwrap("two", key.wrapped()))
        .isInstanceOf(KeysetKey.CannotUnwrap.class);
    for (var edited :
        new CustomerRow[] {
          new CustomerRow("one", 3, row.ciphertext(), NOW, NOW),
          new CustomerRow("one", 2, row.ciphertext(), NOW.plusMillis(1), NOW),
          new CustomerRow("one", 2, row.ciphertext(), NOW, NOW.plusMillis(1))
        }) {
      assertThatThrownBy(() -> key.cipher().decrypt(edited))
          .isInstanceOf(GeneralSecurityException.class);
    }
    assertThatThrownBy(() -> keys.create("two").cipher().decrypt(row))
        .isInstanceOf(GeneralSecurityException.class);
  }

  @Test
  void anEntryOpensInItsOwnRowOnlyAndOnlyUnchanged() throws Exception {
    var keys = new CustomerKeys(keysetKey);
    var key = keys.create("one");
    var fields = Json.MAPPER.createObjectNode().put("message", "Hello");
    var entry =
        new EntryRecord(
            fields, new TreeMap<>(), new TreeMap<>(), "en", "", false, List.of(), false, Map.of());
    var id = EntryId.of(NOW, RowId.random(Destination.STORAGE, random));
    var row = key.cipher().encrypt(entry, id, "contact", "v", NOW);
    var bytes = row.ciphertext();

    assertThat(keys.unwrap("one", key.wrapped()).decrypt(row)).isEqualTo(entry);
    var other = EntryId.of(NOW, RowId.random(Destination.STORAGE, random));
    for (var edited :
        new EntryRow[] {
          new EntryRow("one", other, "contact", "v", NOW, bytes),
          new EntryRow("one", id, "feedback", "v", NOW, bytes),
          new EntryRow("one", id, "contact", "w", NOW, bytes),
          new EntryRow("one", id, "contact", "v", NOW.plusMillis(1), bytes)
        }) {
      assertThatThrownBy(() -> key.cipher().decrypt(edited))
          .isInstanceOf(GeneralSecurityException.class);
    }
    assertThatThrownBy(() -> keys.create("two").cipher().decrypt(row))
        .isInstanceOf(GeneralSecurityException.class);
  }

  @Test
  void aLinksTokenIsTheSameForARedeliveryAndAnotherForAnythingElse() throws Exception {
    var row = seal(RowId.random(Destination.STORAGE, random), "contact");
    var tokens = new LinkTokens(systemKeys, keysetKey, clock);
    var token = tokens.of(row).text();

    assertThat(new LinkTokens(systemKeys, keysetKey, clock).of(row).text()).isEqualTo(token);
    var nextLink = row.withLink(2);
    assertThat(tokens.of(nextLink).text()).isNotEqualTo(token);
    var swapped = seal(row.id(), "contact");
    assertThat(tokens.of(swapped).text()).isNotEqualTo(token);
  }

  @Test
  void aSecondDeploymentKeepsTheSystemKeysOfTheFirst() {
    byte[] before = systemKeys.wrapped(SystemKeys.Name.EMAIL_INDEX).orElseThrow();
    factory.createMissingSystemKeys(NOW);
    systemKeys.add(SystemKeys.Name.EMAIL_INDEX, new byte[] {1}, NOW);

    assertThat(systemKeys.wrapped(SystemKeys.Name.EMAIL_INDEX)).hasValue(before);
  }

  private SubmissionRow seal(RowId id, String form) throws GeneralSecurityException {
    return seal(id, form, new Submission(fields(), Map.of(), "en", "", NOW));
  }

  private SubmissionRow seal(RowId id, String form, Submission content)
      throws GeneralSecurityException {
    var current = sealingKeys.current().orElseThrow();
    var key = SealingKey.parse(current.id(), current.keyset());
    return row(id, form, key.seal(id, form, content.toJson()));
  }

  private static ObjectNode fields() {
    return Json.MAPPER
        .createObjectNode()
        .put("email", "ada@example.org")
        .put("name", "Ada")
        .put("message", "Hello");
  }

  private static SubmissionRow withContent(SubmissionRow row, SealedContent content) {
    return row(row.id(), row.form(), content);
  }

  private static SubmissionRow row(RowId id, String form, SealedContent content) {
    return new SubmissionRow(
        id,
        form,
        Status.PENDING,
        content,
        1,
        NOW,
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Duration.ZERO);
  }

  private SubmissionOpener opener() {
    return new SubmissionOpener(sealingKeys, keysetKey, new Forms(), clock);
  }

  private static void doesNotOpen(SubmissionOpener opener, SubmissionRow row) {
    assertThatThrownBy(() -> opener.open(row)).isInstanceOf(SubmissionOpener.Unreadable.class);
  }
}
