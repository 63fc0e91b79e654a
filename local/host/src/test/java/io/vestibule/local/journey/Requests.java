package io.vestibule.local.journey;

import io.vestibule.core.RowId;
import io.vestibule.core.Status;
import io.vestibule.local.aws.Patience;
import io.vestibule.store.rows.OpenSubmissions;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** People who ask for their data, and what comes of it. */
public record Requests(Journey journey, Person person, String id, URI link) {

  private static final Duration SETTLED = Duration.ofSeconds(61);

  /** Asks, and presses the button in the mail. */
  public static Requests asked(Journey journey, Person person, String kind) throws Exception {
    return asked(journey, person, Map.of("kind", kind));
  }

  static Requests asked(Journey journey, Person person, Map<String, String> fields)
      throws Exception {
    var answer = person.asks(fields);
    var id = Person.json(answer).path("id").asText();
    var link = person.link(id);
    person.presses(link);
    journey.host.drain(Patience.LIMIT);
    return new Requests(journey, person, id, link);
  }

  /** Everybody who was at work meanwhile has ended, and the reconciler comes by: 100 calls. */
  public Requests settled() throws Exception {
    journey.clock.advance(SETTLED);
    new Backups(journey.host).returns("ReconcileFunction", Map.of());
    journey.host.drain(Patience.LIMIT);
    return this;
  }

  /**
   * The same of this request alone, in two calls: an erasure is woken to look once more, as the
   * reconciler wakes it.
   */
  public Requests woken() throws Exception {
    wake(journey, id);
    return this;
  }

  /** The same of a request that somebody else has made. */
  static void wake(Journey journey, String id) throws Exception {
    journey.clock.advance(SETTLED);
    var requests = new OpenSubmissions(journey.host.operator().dynamoDb(), "requests");
    requests.read(List.of(new RowId(id))).stream()
        .filter(row -> row.status() == Status.ERASING)
        .forEach(row -> requests.touch(row, 1, journey.clock.instant()));
    journey.host.drain(Patience.LIMIT);
  }

  /** The page that the link leads to. */
  public HttpResponse<String> page() throws Exception {
    return person.get(link);
  }

  public HttpResponse<byte[]> file(String name) throws Exception {
    return person.bytes(
        link.resolve("/requests/%s/%s?token=%s".formatted(id, name, Person.token(link))));
  }

  Map<String, AttributeValue> row() {
    return journey.tables.submission(id);
  }

  public String status() {
    return Tables.text(row(), "status");
  }
}
