package io.vestibule.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Json;
import io.vestibule.core.forms.Forms;
import io.vestibule.web.Reply;
import io.vestibule.web.Request;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is answered by a form that is closed. */
class ClosedFormTest {

  private static final String ORIGIN = "https://www.example.com";
  private static final String ENTRY =
      "{\"email\":\"ada@example.com\",\"name\":\"Ada\",\"message\":\"Hello\"}";

  @ParameterizedTest
  @CsvSource({
    "en, This form is closed",
    "de, Dieses Formular ist geschlossen",
    "zh-Hans, 此表单已关闭",
  })
  void itsPageSaysSoInTheReadersLanguage(String language, String sentence) {
    var reply = get("text/html", language, closed());

    assertThat(reply.status()).isEqualTo(410);
    assertThat(reply.body()).contains(sentence).doesNotContain("<form", "<textarea");
  }

  @Test
  void aPostIsRefusedWithTheCauseAndScriptsMayReadIt() throws IOException {
    var reply = post(closed());

    assertThat(reply.status()).isEqualTo(410);
    assertThat(Json.MAPPER.readTree(reply.body()).path("type").asText())
        .isEqualTo("urn:vestibule:problem:closed");
    assertThat(reply.headers()).containsEntry("Access-Control-Allow-Origin", ORIGIN);
    assertThat(ask("OPTIONS", "text/html", "en", closed()).status()).isEqualTo(204);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-12-31", "2027-01-01T00:00:00+01:00"})
  void itClosesByItself(String closes) {
    Consumer<ObjectNode> form = it -> it.put("closes", closes);

    assertThat(post(at("2026-12-31T22:59:59Z", form)).status()).as("tried").isEqualTo(503);
    assertThat(post(at("2026-12-31T23:00:00Z", form)).status()).isEqualTo(410);
  }

  private static IntakeHandler closed() {
    return at("2026-11-29T12:00:00Z", form -> form.put("closed", true));
  }

  private static IntakeHandler at(String time, Consumer<ObjectNode> change) {
    var clock = Clock.fixed(Instant.parse(time), ZoneOffset.UTC);
    return new IntakeHandler(
        IntakeHandlerTest.VARIABLES,
        clock,
        new Forms(path -> path.equals("contact.json") ? changed(change) : deployed(path)));
  }

  private static InputStream changed(Consumer<ObjectNode> change) throws IOException {
    try (var file = requireNonNull(deployed("contact.json"))) {
      var form = (ObjectNode) Json.MAPPER.readTree(file);
      change.accept(form);
      return new ByteArrayInputStream(Json.MAPPER.writeValueAsBytes(form));
    }
  }

  private static @Nullable InputStream deployed(String path) {
    return Forms.class.getResourceAsStream("/forms/" + path);
  }

  private static Reply get(String accept, String language, IntakeHandler handler) {
    return ask("GET", accept, language, handler);
  }

  private static Reply post(IntakeHandler handler) {
    return ask("POST", "application/json", "en", handler);
  }

  private static Reply ask(String method, String accept, String language, IntakeHandler handler) {
    return handler.answer(
        new Request(
            method,
            "/forms/contact",
            "/forms/{form}",
            Map.of("form", "contact"),
            Map.of("lang", language),
            Map.of("accept", accept, "origin", ORIGIN, "content-type", "application/json"),
            ENTRY.getBytes(UTF_8)));
  }
}
