package io.vestibule.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Env;
import io.vestibule.core.FrontMac;
import io.vestibule.core.Json;
import io.vestibule.core.forms.Forms;
import io.vestibule.local.aws.MovableClock;
import io.vestibule.local.aws.PlainTable;
import io.vestibule.local.aws.Sdk;
import io.vestibule.local.embedded.EmbeddedDynamoDb;
import io.vestibule.store.keys.SystemKeys;
import io.vestibule.web.Reply;
import io.vestibule.web.Request;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Who had the page open when its form closed. There is no sealing key, so what is taken is 503. */
class LateFormTest {

  private static final Pattern NONCE = Pattern.compile("name=\"_nonce\" value=\"([^\"]*)\"");
  private static final int TAKEN = 503;
  private static final int CLOSED = 410;

  private final MovableClock clock = new MovableClock();
  private EmbeddedDynamoDb database;
  private DynamoDbClient dynamoDb;
  private Instant closes;

  @BeforeEach
  void open() throws IOException {
    clock.stop();
    closes = clock.instant().plus(Duration.ofMinutes(10));
    database = EmbeddedDynamoDb.start();
    dynamoDb = Sdk.client(DynamoDbClient.builder(), database.endpoint());
    dynamoDb.createTable(PlainTable.of("system-keys", "name"));
    new SystemKeys(dynamoDb, "system-keys").addFrontMac(FrontMac.newKeyset(), clock.instant());
  }

  @AfterEach
  void close() throws Exception {
    dynamoDb.close();
    database.close();
  }

  @Test
  void maySendItForAnHour() {
    var handler = handler(false);
    var nonce = nonce(handler);
    clock.advance(Duration.ofMinutes(70).minusSeconds(1));
    assertThat(post(handler, nonce)).isEqualTo(TAKEN);
    assertThat(ask(handler, "GET", "").status()).as("a new page").isEqualTo(CLOSED);

    clock.advance(Duration.ofSeconds(1));
    assertThat(post(handler, nonce)).isEqualTo(CLOSED);
  }

  @Test
  void isKnownByAPageThatWasMadeBefore() {
    var another = new MovableClock();
    another.stop();
    another.advance(Duration.between(another.instant(), closes));
    var late = nonce(new IntakeHandler(env(), another, forms("2999-12-31T00:00:00Z", false)));
    var handler = handler(false);
    var early = nonce(handler);
    clock.advance(Duration.ofMinutes(11));

    assertThat(post(handler, early)).isEqualTo(TAKEN);
    assertThat(post(handler, late)).isEqualTo(CLOSED);
    assertThat(post(handler, "")).isEqualTo(CLOSED);
    assertThat(post(handler, early.replaceFirst("[.][0-9]+[.]", ".1."))).isEqualTo(CLOSED);
  }

  @Test
  void maySendNothingIfSomebodyHasClosedIt() {
    var nonce = nonce(handler(false));
    clock.advance(Duration.ofMinutes(11));

    assertThat(post(handler(true), nonce)).isEqualTo(CLOSED);
  }

  private IntakeHandler handler(boolean isClosed) {
    return new IntakeHandler(env(), clock, forms(closes.toString(), isClosed));
  }

  private Env env() {
    return Env.of(
        Map.of(
            "SUBMISSIONS_TABLE", "submissions",
            "REQUESTS_TABLE", "requests",
            "SEALING_KEYS_TABLE", "sealing-keys",
            "SYSTEM_KEYS_TABLE", "system-keys",
            "POWERTOOLS_SERVICE_NAME", "vestibule",
            "AWS_REGION", "eu-central-1",
            "AWS_ACCESS_KEY_ID", "IntakeFunction",
            "AWS_SECRET_ACCESS_KEY", "local",
            "AWS_ENDPOINT_URL", database.endpoint().toString()));
  }

  private static Forms forms(String closes, boolean isClosed) {
    return new Forms(
        path -> path.equals("contact.json") ? closing(closes, isClosed) : deployed(path));
  }

  private static InputStream closing(String closes, boolean isClosed) throws IOException {
    try (var file = requireNonNull(deployed("contact.json"))) {
      var form = (ObjectNode) Json.MAPPER.readTree(file);
      form.put("closes", closes).put("closed", isClosed);
      return new ByteArrayInputStream(Json.MAPPER.writeValueAsBytes(form));
    }
  }

  private static @Nullable InputStream deployed(String path) {
    return Forms.class.getResourceAsStream("/forms/" + path);
  }

  private static String nonce(IntakeHandler handler) {
    var nonce = NONCE.matcher(ask(handler, "GET", "").body());
    assertThat(nonce.find()).isTrue();
    return nonce.group(1);
  }

  private static int post(IntakeHandler handler, String nonce) {
    var body = "email=ada%40example.com&name=Ada&message=Hello&_nonce=" + nonce;
    return ask(handler, "POST", body).status();
  }

  private static Reply ask(IntakeHandler handler, String method, String body) {
    return handler.answer(
        new Request(
            method,
            "/forms/contact",
            "/forms/{form}",
            Map.of("form", "contact"),
            Map.of("lang", "en"),
            Map.of("accept", "text/html", "content-type", "application/x-www-form-urlencoded"),
            body.getBytes(UTF_8)));
  }
}
