package io.vestibule.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.CustomerRecord;
import io.vestibule.core.Decisions;
import io.vestibule.core.EmailAddress;
import io.vestibule.core.Json;
import io.vestibule.core.Timestamp;
import io.vestibule.core.forms.Forms;
import io.vestibule.store.Table;
import io.vestibule.store.keys.SystemKeys;
import io.vestibule.store.people.CustomerRows;
import io.vestibule.store.people.Customers;
import io.vestibule.store.people.Customers.CustomerRow;
import io.vestibule.store.people.Identities;
import io.vestibule.store.people.Identities.Identity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Who is found by an address, and what is said of one whose data cannot be read. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KnownCustomersTest {

  private static final String STORE = "StoreFunction";
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private Installation installation;
  private DynamoDbClient dynamoDb;
  private CustomerKeys keys;
  private KnownCustomers customers;

  @BeforeAll
  void open() throws IOException {
    installation = Installation.open(Clock.fixed(NOW, ZoneOffset.UTC));
    dynamoDb = installation.dynamoDb(STORE);
    keys = new CustomerKeys(installation.keysetKey(STORE));
    customers =
        new KnownCustomers(
            new CustomerRows(
                dynamoDb,
                new Identities(dynamoDb, installation.name(Table.IDENTITIES)),
                new Customers(dynamoDb, installation.name(Table.CUSTOMERS))),
            keys,
            installation.binding(STORE));
  }

  @AfterAll
  void close() throws IOException {
    dynamoDb.close();
    installation.close();
  }

  @Test
  void whoHasNeverConfirmedAnythingIsNobody() throws Exception {
    assertThat(customers.find("nobody")).isEmpty();
  }

  @Test
  void aCustomerIsFoundWithWhatIsHeldAndWithTheNextVersion() throws Exception {
    var key = keys.create("ada");
    putIdentity("index-ada", "ada", key.wrapped());
    putRow(key.cipher().encrypt(CustomerRecord.empty().toJson(), 3, NOW, NOW));

    var ada = customers.find("index-ada").orElseThrow();

    assertThat(ada.customerId()).isEqualTo("ada");
    assertThat(ada.record()).isEqualTo(CustomerRecord.empty());
    assertThat(ada.next(ada.record()).row().version()).isEqualTo(4);
  }

  @Test
  void anIdentityWhoseRowIsLostCannotBeRead() {
    putIdentity("index-lost", "lost", keys.create("lost").wrapped());

    isUnreadable("index-lost");
  }

  @Test
  void aRowThatWasEditedOrIsNoRecordCannotBeRead() {
    var edited = keys.create("edited");
    putIdentity("index-edited", "edited", edited.wrapped());
    var row = edited.cipher().encrypt(CustomerRecord.empty().toJson(), 1, NOW, NOW);
    putRow(new CustomerRow("edited", 2, row.ciphertext(), NOW, NOW));
    var other = keys.create("other");
    putIdentity("index-other", "other", other.wrapped());
    putRow(other.cipher().encrypt(new byte[] {'{'}, 1, NOW, NOW));

    isUnreadable("index-edited");
    isUnreadable("index-other");
  }

  /** Lambda prints an exception that leaves a function, with all its causes. */
  @Test
  void whatCannotBeParsedIsNotQuotedByTheException() {
    var broken = keys.create("broken");
    putIdentity("index-broken", "broken", broken.wrapped());
    putRow(broken.cipher().encrypt("Wanderer".getBytes(UTF_8), 1, NOW, NOW));

    assertThatExceptionOfType(KnownCustomers.Unreadable.class)
        .isThrownBy(() -> customers.find("index-broken"))
        .satisfies(
            e ->
                assertThat(Throwables.getStackTrace(e))
                    .contains("JsonParseException")
                    .doesNotContain("Wanderer"));
  }

  @Test
  void theKeyOfAnotherCustomerOpensNothing() {
    putIdentity("index-swapped", "swapped", keys.create("somebody-else").wrapped());

    isUnreadable("index-swapped");
  }

  /** No attempt after this one would find another answer of KMS, so it must not look like one. */
  @ParameterizedTest
  @ValueSource(ints = {0, 6_145, 300_000})
  void aWrappedKeyOfALengthThatKmsNeverGivesCannotBeRead(int length) {
    var name = "length-" + length;
    putIdentity("index-" + name, name, wrapped(length));
    putRow(keys.create(name).cipher().encrypt(CustomerRecord.empty().toJson(), 1, NOW, NOW));

    isUnreadable("index-" + name);
  }

  /** A keyset of Tink whose ciphertext, which KMS is to open, is so long. */
  private static byte[] wrapped(int length) {
    var keyset = new ByteArrayOutputStream();
    keyset.write(2 << 3 | 2); // Field 2 of the protocol buffer: bytes, after their length.
    for (int rest = length; ; rest >>>= 7) {
      if (rest < 0x80) {
        keyset.write(rest);
        break;
      }
      keyset.write(rest | 0x80);
    }
    keyset.writeBytes(new byte[length]);
    return keyset.toByteArray();
  }

  /** As after a form has been changed to ask for the address by another name, or is gone. */
  @Test
  void aRecordInWhichNoFieldIsKnownToBeTheAddressIsVouchedForByTheBindingOfItsKey()
      throws Exception {
    var index = installation.emailIndex(STORE);
    var address = EmailAddress.parse("renamed@example.org").orElseThrow();
    var ofOwners = ofOwners(index);
    var key = keys.create("renamed");
    putIdentity(index.of(address), "renamed", key.wrapped());
    putRow(key.cipher().encrypt(CustomerRecord.empty().toJson(), 1, NOW, NOW));

    assertThatExceptionOfType(KnownCustomers.Forged.class)
        .isThrownBy(() -> ofOwners.find(index.of(address)));
    putBound(index.of(address), "renamed", key);

    assertThat(ofOwners.find(index.of(address))).isPresent();
  }

  /** As after a roll-back from a version that spells addresses by other rules. */
  @Test
  void aRecordWhoseAddressIsSpelledByOtherRulesIsVouchedForByTheBindingOfItsKey() throws Exception {
    var index = installation.emailIndex(STORE);
    var address = EmailAddress.parse("spelled@example.org").orElseThrow();
    var record = (ObjectNode) Json.MAPPER.readTree(CustomerRecord.empty().bind(address).toJson());
    ((ObjectNode) record.get("bound")).put("scheme", EmailAddress.SCHEME + 1).put("address", "?");
    var key = keys.create("spelled");
    putRow(key.cipher().encrypt(Json.MAPPER.writeValueAsBytes(record), 1, NOW, NOW));
    putBound(index.of(address), "spelled", key);

    assertThat(ofOwners(index).find(index.of(address))).isPresent();
  }

  private KnownCustomers ofOwners(EmailIndex index) {
    return new KnownCustomers(
        new CustomerRows(
            dynamoDb,
            new Identities(dynamoDb, installation.name(Table.IDENTITIES)),
            new Customers(dynamoDb, installation.name(Table.CUSTOMERS))),
        keys,
        installation.binding(STORE),
        new RecordOwner(index, new Forms()));
  }

  private void putBound(String emailIndex, String customerId, CustomerKeys.CustomerKey key) {
    var identity = new Identity(emailIndex, customerId, key.wrapped(), Optional.empty());
    var decisions = key.cipher().encrypt(Decisions.none(), 1);
    var bound = installation.binding(STORE).of(identity, 1, decisions);
    installation.put(
        Table.IDENTITIES,
        Map.of(
            "emailIndex", AttributeValue.fromS(emailIndex),
            "customerId", AttributeValue.fromS(customerId),
            "wrapped", bytes(key.wrapped()),
            "version", AttributeValue.fromN("1"),
            "decisions", bytes(bound.decisions()),
            "binding", bytes(bound.mac())));
  }

  @Test
  void anInstallationWithoutASystemKeySaysWhichOne() {
    var empty =
        new SystemKeys(
            installation.account().operator().dynamoDb(), installation.name(Table.SEALING_KEYS));
    var index =
        new EmailIndex(empty, installation.keysetKey(STORE), Clock.fixed(NOW, ZoneOffset.UTC));
    var address = EmailAddress.parse("ada@example.org").orElseThrow();

    assertThatIllegalStateException()
        .isThrownBy(() -> index.of(address))
        .withMessage("no system key email-index: not deployed");
  }

  private void isUnreadable(String emailIndex) {
    assertThatExceptionOfType(KnownCustomers.Unreadable.class)
        .isThrownBy(() -> customers.find(emailIndex));
  }

  private void putIdentity(String emailIndex, String customerId, byte[] wrapped) {
    installation.put(
        Table.IDENTITIES,
        Map.of(
            "emailIndex", AttributeValue.fromS(emailIndex),
            "customerId", AttributeValue.fromS(customerId),
            "wrapped", bytes(wrapped)));
  }

  private void putRow(CustomerRow row) {
    installation.put(
        Table.CUSTOMERS,
        Map.of(
            "customerId", AttributeValue.fromS(row.customerId()),
            "version", AttributeValue.fromN(Integer.toString(row.version())),
            "ciphertext", bytes(row.ciphertext()),
            "createdAt", AttributeValue.fromS(Timestamp.of(row.createdAt())),
            "verifiedAt", AttributeValue.fromS(Timestamp.of(row.verifiedAt()))));
  }

  private static AttributeValue bytes(byte[] bytes) {
    return AttributeValue.fromB(SdkBytes.fromByteArray(bytes));
  }
}
