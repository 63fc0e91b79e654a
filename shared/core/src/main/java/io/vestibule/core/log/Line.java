package io.vestibule.core.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import org.slf4j.helpers.MessageFormatter;

/**
 * One line of the log, as Powertools for Lambda names its members. What may be logged is the
 * caller's duty: ids, names of forms, counts; never a value, an address, a token, or a foreign
 * message.
 *
 * @param arguments for the text, and {@link LogField}s after them
 */
record Line(Level level, String pattern, Object[] arguments, @Nullable Throwable thrown) {

  private static final JsonFactory JSON = new JsonFactory();
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

  /** Writes it at once, and whole: a line that came in pieces could be two in the log. */
  void print(Map<String, String> context) {
    var bytes = new ByteArrayOutputStream();
    try (var json = JSON.createGenerator(bytes)) {
      write(json, context);
    } catch (IOException e) {
      throw new UncheckedIOException("memory can always be written", e);
    }
    bytes.writeBytes("\n".getBytes(UTF_8));
    System.out.writeBytes(bytes.toByteArray());
    System.out.flush();
  }

  private void write(JsonGenerator json, Map<String, String> context) throws IOException {
    json.writeStartObject();
    json.writeStringField("level", level.name());
    json.writeStringField("message", MessageFormatter.basicArrayFormat(pattern, arguments));
    if (thrown != null) {
      write(json, thrown);
    }
    json.writeStringField("timestamp", TIME.format(Instant.now()));
    for (var field : context.entrySet()) {
      write(json, field.getKey(), field.getValue());
    }
    for (var argument : arguments) {
      if (argument instanceof LogField(var name, var value)) {
        json.writeStringField(name, value);
      }
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Throwable thrown) throws IOException {
    var stack = new StringWriter();
    thrown.printStackTrace(new PrintWriter(stack, true));
    json.writeObjectFieldStart("error");
    if (thrown.getMessage() != null) {
      json.writeStringField("message", thrown.getMessage());
    }
    json.writeStringField("name", thrown.getClass().getName());
    json.writeStringField("stack", stack.toString());
    json.writeEndObject();
  }

  /** One member is no text. */
  private static void write(JsonGenerator json, String name, String value) throws IOException {
    if (name.equals("cold_start")) {
      json.writeBooleanField(name, Boolean.parseBoolean(value));
    } else {
      json.writeStringField(name, value);
    }
  }
}
