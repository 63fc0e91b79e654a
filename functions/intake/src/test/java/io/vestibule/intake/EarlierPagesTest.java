package io.vestibule.intake;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Json;
import io.vestibule.core.forms.Entry;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Forms;
import io.vestibule.local.aws.PlainTable;
import io.vestibule.local.aws.Sdk;
import io.vestibule.local.embedded.EmbeddedDynamoDb;
import io.vestibule.store.keys.SystemKeys;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A page that another version has shown is sent to this one: while visitors come to a new version
 * in steps, and whenever somebody has it open meanwhile. The file has what such a page carried.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EarlierPagesTest {

  private EmbeddedDynamoDb database;
  private DynamoDbClient dynamoDb;
  private JsonNode page;
  private Form form;
  private Clock clock;
  private CurrentFrontMac frontMac;

  @BeforeAll
  void open() throws IOException {
    try (var file = EarlierPagesTest.class.getResourceAsStream("/formats/page-1.json")) {
      page = Json.MAPPER.readTree(requireNonNull(file));
    }
    form = new Forms().find(page.path("form").asText()).orElseThrow();
    clock = Clock.fixed(madeAt().plusSeconds(60), ZoneOffset.UTC);
    database = EmbeddedDynamoDb.start();
    dynamoDb = Sdk.client(DynamoDbClient.builder(), database.endpoint());
    dynamoDb.createTable(PlainTable.of("system-keys", "name"));
    var keys = new SystemKeys(dynamoDb, "system-keys");
    keys.addFrontMac(page.path("frontMac").binaryValue(), clock.instant());
    frontMac = new CurrentFrontMac(keys, clock);
  }

  @AfterAll
  void close() throws Exception {
    dynamoDb.close();
    database.close();
  }

  @Test
  void itIsKnownForOneOfOursAndWhenItWasMade() {
    var nonces = new Nonces(frontMac, new SecureRandom(), clock);

    assertThat(nonces.isMadeBefore(form, sent(), madeAt().plusSeconds(1))).isTrue();
    assertThat(nonces.isMadeBefore(form, sent(), madeAt())).isFalse();
    assertThat(nonces.mark(form, sent()).control(IdempotencyKey.NONCE))
        .hasValue(page.path("nonce").asText());
  }

  @Test
  void theWorkThatItAskedForIsTakenAsDone() {
    assertThat(new ProofOfWork(frontMac, _ -> true, new SecureRandom(), clock).check(form, sent()))
        .isInstanceOf(ProofOfWork.Verdict.Right.class);

    var later = Clock.offset(clock, Duration.ofMinutes(10));
    assertThat(new ProofOfWork(frontMac, _ -> true, new SecureRandom(), later).check(form, sent()))
        .as("which is over, for a form that asks at times")
        .isInstanceOf(ProofOfWork.Verdict.Owed.class);
  }

  private Instant madeAt() {
    return Instant.parse(page.path("madeAt").asText());
  }

  private Entry sent() {
    return Entry.empty()
        .with(IdempotencyKey.NONCE, page.path("nonce").asText())
        .with(ProofOfWork.CONTROL, page.path("solution").asText());
  }
}
