package io.vestibule.local.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Json;
import io.vestibule.keys.CustomerKeys;
import io.vestibule.keys.KeysetKey;
import io.vestibule.store.people.Customers.CustomerRow;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Somebody is erased of whom there are backups: no backup, restored anywhere, brings them back. */
class ErasureAndBackupsTest extends Journey {

  private static final int BACKUPS = 100;

  private Backups backups;

  @BeforeAll
  void prepare() {
    backups = new Backups(host);
  }

  @Test
  void noBackupBringsAnybodyBackAndEverybodyElseComesBackWhole() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of("message", "Erase me"));
    var bob = somebody();
    bob.becomesACustomer(Map.of("message", "Keep me"));
    var number = new Records(host).customerId(ada.address);
    var everybody = Set.copyOf(tables.items("customers"));
    var allEntries = Set.copyOf(tables.items("entries"));
    var old = backups.returns("BackupFunction", Map.of()).path("backup").asText();
    var key = keyOf(number);

    Requests.asked(this, ada, "erase").woken();
    backups.loseCustomers();
    tables.clear("entries");
    backups.returns("RestoreFunction", Map.of("backup", old, "into", "live"));
    backups.returns(
        "RestoreFunction", Map.of("backup", old, "into", "vestibule-restore-customers"));

    var others =
        everybody.stream().filter(it -> !Tables.text(it, "customerId").equals(number)).toList();
    assertThat(tables.items("customers")).containsExactlyInAnyOrderElementsOf(others);
    assertThat(tables.items("vestibule-restore-customers"))
        .containsExactlyInAnyOrderElementsOf(others);
    assertThat(new Records(host).value(bob.address, "message")).isEqualTo("Keep me");
    var othersEntries =
        allEntries.stream().filter(it -> !Tables.text(it, "customerId").equals(number)).toList();
    assertThat(othersEntries).isNotEmpty().hasSizeLessThan(allEntries.size());
    assertThat(tables.items("entries")).containsExactlyInAnyOrderElementsOf(othersEntries);
    assertThat(tables.items("vestibule-restore-customers-entries"))
        .containsExactlyInAnyOrderElementsOf(othersEntries);
    assertThat(Requests.asked(this, bob, "access").page().body()).contains("Keep me");
    var keys = new CustomerKeys(new Records(host).keysetKey());
    assertThat(opensAs(keys, number, key, rowIn(old, number))).as("the key that was").isTrue();
    opensWithNoKeyThatIsLeft(number, rowIn(old, number));
  }

  private byte[] keyOf(String number) {
    return tables.items("identities").stream()
        .filter(identity -> Tables.text(identity, "customerId").equals(number))
        .flatMap(identity -> Stream.ofNullable(identity.get("wrapped")))
        .map(wrapped -> wrapped.b().asByteArray())
        .findFirst()
        .orElseThrow();
  }

  /** What S3 still has of the person, under lock: every key that there is, for every number. */
  private void opensWithNoKeyThatIsLeft(String number, CustomerRow row) {
    var keys = new CustomerKeys(new Records(host).keysetKey());
    var wrapped = new ArrayList<byte[]>();
    for (var table : host.stack().tables()) {
      for (var item : tables.items(table.name())) {
        item.values().stream()
            .filter(value -> value.b() != null)
            .forEach(value -> wrapped.add(value.b().asByteArray()));
      }
    }
    assertThat(wrapped).isNotEmpty();
    for (byte[] key : wrapped) {
      assertThat(opens(keys, key, row)).isFalse();
    }
    assertThat(number).isEqualTo(row.customerId());
  }

  private boolean opens(CustomerKeys keys, byte[] wrapped, CustomerRow row) {
    for (var identity : tables.items("identities")) {
      if (opensAs(keys, Tables.text(identity, "customerId"), wrapped, row)) {
        return true;
      }
    }
    return opensAs(keys, row.customerId(), wrapped, row);
  }

  private static boolean opensAs(
      CustomerKeys keys, String number, byte[] wrapped, CustomerRow row) {
    try {
      keys.unwrap(number, wrapped).decrypt(row);
      return true;
    } catch (KeysetKey.CannotUnwrap | GeneralSecurityException e) {
      return false;
    } catch (RuntimeException e) {
      return false; // No ciphertext of KMS at all.
    }
  }

  private CustomerRow rowIn(String backup, String number) throws Exception {
    for (String key : backups.keys("backups/" + backup + "/customers/")) {
      if (!key.endsWith(".json.gz")) {
        continue;
      }
      var lines =
          new String(
                  new GZIPInputStream(new ByteArrayInputStream(backups.read(key))).readAllBytes(),
                  UTF_8)
              .lines()
              .toList();
      for (String line : lines) {
        var item = Json.MAPPER.readTree(line).path("Item");
        if (item.at("/customerId/S").asText().equals(number)) {
          return new CustomerRow(
              number,
              item.at("/version/N").asInt(),
              Base64.getDecoder().decode(item.at("/ciphertext/B").asText()),
              Instant.parse(item.at("/createdAt/S").asText()),
              Instant.parse(item.at("/verifiedAt/S").asText()));
        }
      }
    }
    throw new AssertionError("the backup does not have them");
  }

  @Test
  void anErasureTakesAsManyCallsWithOneBackupAsWithAHundred() throws Exception {
    var one = somebody();
    one.becomesACustomer(Map.of());
    var other = somebody();
    other.becomesACustomer(Map.of());
    backups.returns("BackupFunction", Map.of());
    erase(somebodyStored()); // What a first run alone does, it does now.

    var with1 = erase(one);
    copyBackups();
    var with100 = erase(other);

    assertThat(with100).isEqualTo(with1).isNotEmpty();
  }

  private Person somebodyStored() throws Exception {
    var person = somebody();
    person.becomesACustomer(Map.of());
    return person;
  }

  /** The calls of an erasure, by their operations. */
  private List<String> erase(Person person) throws Exception {
    clock.advance(Duration.ofMinutes(6)); // Nothing is in a function's memory any more.
    try (var recording = host.calls().record()) {
      Requests.asked(this, person, "erase").woken();
      return recording.of("DeletionFunction").stream()
          .map(call -> call.service() + " " + call.operation())
          .toList();
    }
  }

  /** As many as there may be, as far as the list of backups tells. */
  private void copyBackups() {
    var document =
        backups.keys("backups/").stream()
            .filter(key -> key.endsWith("vestibule.json"))
            .findFirst()
            .orElseThrow();
    byte[] content = backups.read(document);
    for (int copy = 1; copy < BACKUPS; copy++) {
      backups.write(document.replaceFirst("backups/", "backups/%02d-".formatted(copy)), content);
    }
  }
}
