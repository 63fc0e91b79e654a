package io.vestibule.local.chaos;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.Json;
import io.vestibule.local.aws.MovableClock;
import io.vestibule.local.host.LocalHost;
import io.vestibule.local.host.Outcome;
import io.vestibule.local.host.StreamEvents;
import io.vestibule.local.journey.Person;
import io.vestibule.local.journey.Tables;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;

/**
 * One person's submissions in a host whose streams stand still: what can happen to them, each thing
 * only when it is asked for. It keeps what is needed to judge the outcome.
 */
final class World {

  private static final Pattern LINK = Pattern.compile("http://\\S+/verify/(\\w|-)+\\?\\S+");

  final LocalHost host;
  final MovableClock clock;
  final Person person;
  final Map<String, Row> rows = new LinkedHashMap<>();

  /** The links of all mails, those of repeated mails too, the oldest first. */
  final List<URI> links = new ArrayList<>();

  final List<String> accepted = new ArrayList<>();
  final List<String> confirmed = new ArrayList<>();
  private final ChangeFeed feed;
  private int mailsSeen;
  private Map<String, String> handedIn = Map.of();

  World(LocalHost host, MovableClock clock, ChangeFeed feed, Person person) {
    this.host = host;
    this.clock = clock;
    this.feed = feed;
    this.person = person;
    this.mailsSeen = host.inbox().mails().size();
  }

  /** The row of that id, of which the stream has told. */
  Row row(String id) {
    return requireNonNull(rows.get(id), id);
  }

  /** Hands the form in; a field more or less, and another message, each time. */
  void submit() {
    int number = rows.size();
    handedIn = new HashMap<>(Map.of("message", "This is number " + number));
    handedIn.put(number % 2 == 0 ? "company" : "phone", "+49 30 12345" + number);
    var answer = answer(() -> person.posts(handedIn));
    switch (answer.statusCode()) {
      case 202 -> accepted.add(json(answer.body()).path("id").asText());
      case 500, 503 -> {}
      default -> throw new AssertionError(answer.body());
    }
    look();
  }

  /** Presses the button to which a link leads. */
  void press(URI link) {
    var answer = answer(() -> person.presses(link));
    if (answer.statusCode() == 303) {
      confirmed.add(id(link));
    }
    look();
  }

  void askForANewLink(Row row) {
    answer(() -> person.asksForANewLink(row.id));
    look();
  }

  void reconcile() {
    var _ = invoke("ReconcileFunction", Json.MAPPER.createObjectNode());
    look();
  }

  void rotate() {
    var _ = invoke("KeyRotationFunction", Json.MAPPER.createObjectNode());
    look();
  }

  /**
   * Hands a function some changes, of different rows, in one batch.
   *
   * @return whether all of them were handled
   */
  boolean deliver(String function, Map<Row, Change> batch) {
    var changes = List.copyOf(batch.values());
    var outcome =
        invoke(function, StreamEvents.event(changes.stream().map(Change::event).toList()));
    int handled = handled(changes, outcome);
    batch.forEach(
        (row, change) -> {
          if (changes.indexOf(change) < handled) {
            row.handled(change);
          }
        });
    look();
    return handled == changes.size();
  }

  /** As Lambda reads the answer: a report of failures is a checkpoint. */
  private static int handled(List<Change> changes, Outcome outcome) {
    if (!(outcome instanceof Outcome.Returned(var response))) {
      return 0;
    }
    var failed = response.at("/batchItemFailures/0/itemIdentifier").asText();
    for (int index = 0; index < changes.size(); index++) {
      if (changes.get(index).event().at("/dynamodb/SequenceNumber").asText().equals(failed)) {
        return index;
      }
    }
    return changes.size();
  }

  /** Deletes what has expired, as DynamoDB does. */
  void expire() {
    new Tables(host).expire(clock.instant());
    look();
  }

  void wait(Duration time) {
    clock.advance(time);
  }

  private Outcome invoke(String function, ObjectNode event) {
    return host.functions().invoke(function, event, "simulation").outcome();
  }

  /** Takes note of new changes and new mails. */
  private void look() {
    for (Change change : feed.next()) {
      if (change.isTombstone()) {
        continue;
      }
      rows.computeIfAbsent(change.id(), id -> new Row(id, handedIn)).changes.add(change);
    }
    var mails = host.inbox().mails();
    for (var mail : mails.subList(mailsSeen, mails.size())) {
      var link = LINK.matcher(mail.text());
      if (link.find()) {
        links.add(URI.create(link.group()));
      }
    }
    mailsSeen = mails.size();
  }

  static String id(URI link) {
    return link.getPath().replaceFirst(".*/", "");
  }

  private static HttpResponse<String> answer(Callable<HttpResponse<String>> request) {
    try {
      return request.call();
    } catch (Exception e) {
      throw new AssertionError("no answer at all", e);
    }
  }

  private static JsonNode json(String body) {
    try {
      return Json.MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      throw new AssertionError(body, e);
    }
  }
}
