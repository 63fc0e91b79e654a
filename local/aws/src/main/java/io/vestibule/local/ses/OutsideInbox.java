package io.vestibule.local.ses;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The mails that an emulator outside of this process sent, by its own record: {@code /_aws/ses} of
 * LocalStack and Floci, or {@code /moto-api/data.json} of moto, which keeps one part of a mail only
 * and no time.
 */
public final class OutsideInbox implements Inbox {

  private static final JsonMapper JSON = new JsonMapper();

  private final URI endpoint;
  private final Clock clock;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Map<String, Instant> firstSeen = new ConcurrentHashMap<>();

  public OutsideInbox(URI endpoint, Clock clock) {
    this.endpoint = endpoint;
    this.clock = clock;
  }

  /**
   * {@inheritDoc}
   *
   * @throws UncheckedIOException if the emulator does not answer or keeps no such record
   */
  @Override
  public List<Mail> mails() {
    try {
      var localStack = get("/_aws/ses").path("messages");
      if (localStack.isArray()) {
        return items(localStack)
            .filter(mail -> mail.has("Subject"))
            .map(this::fromLocalStack)
            .toList();
      }
      var moto = get("/moto-api/data.json");
      if (moto.isObject()) {
        return items(moto.path("ses").path("Message")).map(this::fromMoto).toList();
      }
      throw new IOException(
          endpoint + " keeps a record of sent mail neither as LocalStack does nor as moto does.");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Mail fromLocalStack(JsonNode mail) {
    var body = mail.path("Body");
    return new Mail(
        recipients(mail.path("Destination")),
        mail.path("Subject").asText(""),
        body.path("text_part").asText(""),
        body.path("html_part").asText(""),
        instant(mail),
        Map.of("From", mail.path("Source").asText("")));
  }

  private Mail fromMoto(JsonNode mail) {
    var body = mail.path("body").asText("");
    var isHtml = body.stripLeading().startsWith("<");
    return new Mail(
        recipients(mail.path("destinations")),
        mail.path("subject").asText(""),
        isHtml ? "" : body,
        isHtml ? body : "",
        firstSeen(mail.path("id").asText("")),
        Map.of("From", mail.path("source").asText("")));
  }

  private static List<String> recipients(JsonNode destination) {
    return Stream.of("ToAddresses", "CcAddresses", "BccAddresses")
        .flatMap(kind -> items(destination.path(kind)))
        .map(JsonNode::asText)
        .toList();
  }

  /** LocalStack writes UTC without saying so, Floci says so. */
  private Instant instant(JsonNode mail) {
    var timestamp = mail.path("Timestamp").asText("");
    try {
      return timestamp.endsWith("Z")
          ? Instant.parse(timestamp)
          : LocalDateTime.parse(timestamp).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      return firstSeen(mail.path("Id").asText(""));
    }
  }

  private Instant firstSeen(String id) {
    return firstSeen.computeIfAbsent(id, unseen -> clock.instant());
  }

  private JsonNode get(String path) throws IOException {
    try {
      var response =
          client.send(
              HttpRequest.newBuilder(endpoint.resolve(path)).build(), BodyHandlers.ofByteArray());
      return response.statusCode() == 200
          ? JSON.readTree(response.body())
          : MissingNode.getInstance();
    } catch (JacksonException e) {
      return MissingNode.getInstance();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("while reading mails").initCause(e);
    }
  }

  private static Stream<JsonNode> items(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
