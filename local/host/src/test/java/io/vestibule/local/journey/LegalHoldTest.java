package io.vestibule.local.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who must be kept is kept, is told so, and loses no other right. */
class LegalHoldTest extends Journey {

  private static final String GROUND = "Retention of invoices, § 147 AO";

  private Backups functions;

  @BeforeAll
  void prepare() {
    functions = new Backups(host);
  }

  @Override
  protected Map<String, String> parameters() {
    return Map.of("MailsPerMailboxAndDay", "20");
  }

  @Test
  void whoIsHeldIsNotErasedAndToldWhy() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of("consent.newsletter", "v1"));
    assertThat(hold("email", ada.address)).isEqualTo("held");
    var erasures = tables.items("erasures");
    var markers = markers();

    var request = Requests.asked(this, ada, "erase").woken();

    assertThat(request.status()).isEqualTo("DONE");
    assertThat(request.page().body())
        .contains("Your data has to be kept", GROUND)
        .doesNotContain("has been erased");
    assertThat(new String(request.file("receipt.json").body(), UTF_8)).contains(GROUND);
    assertThat(new Traces(host).everything())
        .as("but for the copy that the person fetches")
        .noneMatch(trace -> new String(trace.content(), UTF_8).contains(GROUND));
    assertThat(new Records(host).isKnown(ada.address)).isTrue();
    assertThat(tables.items("erasures")).isEqualTo(erasures);
    assertThat(markers()).isEqualTo(markers);
  }

  @Test
  void nothingElseIsStopped() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of("consent.newsletter", "v1"));
    hold("email", ada.address);

    ada.becomesACustomer(Map.of("company", "Analytical Engines"));
    Requests.asked(this, ada, "withdraw");
    var copy = Requests.asked(this, ada, "access");

    var record = new Records(host).of(ada.address);
    assertThat(record.fields()).containsKey("company");
    assertThat(record.consents()).map(record::stands).containsExactly(false);
    assertThat(copy.page().body()).contains("“" + GROUND + "”");
  }

  @Test
  void whenItIsLiftedTheNextRequestErases() throws Exception {
    var ada = somebody();
    ada.becomesACustomer(Map.of());
    var number = new Records(host).customerId(ada.address);
    assertThat(hold("customer", number)).isEqualTo("held");
    assertThat(functions.returns("DeletionFunction", Map.of("lift", Map.of("customer", number))))
        .hasToString("{\"outcome\":\"lifted\"}");

    assertThat(Requests.asked(this, ada, "erase").woken().status()).isEqualTo("DONE");

    assertThat(new Records(host).isKnown(ada.address)).isFalse();
    assertThat(tables.items("audit").stream())
        .filteredOn(item -> Tables.text(item, "customerId").equals(number))
        .extracting(item -> Tables.text(item, "action"))
        .containsExactly("created", "held", "lifted", "erased");
    assertThat(tables.items("audit").toString()).doesNotContain(GROUND);
  }

  @Test
  void nobodyWeKnowIsSaidToBeUnknown() {
    assertThat(hold("email", "nobody@example.net")).isEqualTo("unknown");
    assertThat(hold("customer", "nobody")).isEqualTo("unknown");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"hold\":{\"email\":\"ada@example.net\"}}",
        "{\"hold\":{\"email\":\"ada@example.net\",\"ground\":\" \"}}",
        "{\"hold\":{\"ground\":\"x\"}}",
        "{\"hold\":{\"email\":\"not an address\",\"ground\":\"x\"}}",
        "{\"hold\":{\"email\":\"ada@example.net\",\"customer\":\"c\",\"ground\":\"x\"}}",
        "{\"hold\":{\"email\":\"ada@example.net\",\"ground\":\"x\",\"until\":\"y\"}}",
        "{\"lift\":{\"email\":\"ada@example.net\",\"ground\":\"x\"}}",
        "{\"lift\":{\"email\":\"ada@example.net\"},\"hold\":{}}"
      })
  void aMistypedOrderIsRefusedAndNotRepeated(String order) throws Exception {
    var event = Json.MAPPER.readTree(order);

    var outcome = host.functions().invoke("DeletionFunction", event, "test").outcome();

    assertThat(outcome.toString()).contains("neither a hold").doesNotContain("example.net");
  }

  private List<String> markers() {
    return tables.items("mail-limits").stream()
        .map(item -> Tables.text(item, "key"))
        .filter(key -> key.startsWith("erased#"))
        .toList();
  }

  private String hold(String by, String whom) {
    return functions
        .returns("DeletionFunction", Map.of("hold", Map.of(by, whom, "ground", GROUND)))
        .path("outcome")
        .asText();
  }
}
