package io.vestibule.local.chaos;

import io.vestibule.core.Json;
import io.vestibule.local.aws.Patience;
import io.vestibule.local.host.LocalHost;
import io.vestibule.local.host.Outcome;
import io.vestibule.local.journey.Person;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * The way from a form to a customer with everything that can be on it: a new link beside an older
 * one that is pressed, with a consent, keys rotated while a submission waits, a second submission
 * of the same person, and one that they disown.
 *
 * <p>Who gets no answer tries again, as people do, and as Lambda does with its schedules.
 */
final class Way {

  private static final int ATTEMPTS = 5;

  private final LocalHost host;
  private final Person person;

  Way(LocalHost host, Person person) {
    this.host = host;
    this.person = person;
  }

  /** Goes it to the end. */
  void go() throws Exception {
    var first =
        submit(Map.of("name", "Ada", "company", "Analytical Engines", "consent.newsletter", "v1"));
    var link = person.link();
    untilAnswered(() -> person.asksForANewLink(first));
    host.drain(Patience.LIMIT);
    rotate();
    press(link, Map.of("consent.newsletter", "v1"));
    submit(Map.of("name", "Ada Lovelace", "phone", "+49 30 123456"));
    press(person.link(), Map.of());
    submit(Map.of("message", "Not Ada's", "consent.newsletter", "v1"));
    press(person.link(), Map.of("answer", "disowned"));
  }

  private String submit(Map<String, String> fields) throws Exception {
    var answer = untilAnswered(() -> person.posts(fields));
    return Json.MAPPER.readTree(answer.body()).path("id").asText();
  }

  private void press(URI link, Map<String, String> choice) throws Exception {
    untilAnswered(() -> person.get(link));
    untilAnswered(() -> person.presses(link, choice));
    host.drain(Patience.LIMIT);
  }

  private void rotate() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      var event = Json.MAPPER.createObjectNode();
      var outcome = host.functions().invoke("KeyRotationFunction", event, "schedule").outcome();
      if (outcome instanceof Outcome.Returned) {
        return;
      }
    }
    throw new AssertionError("no key was made");
  }

  private static HttpResponse<String> untilAnswered(Callable<HttpResponse<String>> request)
      throws Exception {
    var answer = request.call();
    for (int attempt = 1; attempt < ATTEMPTS && answer.statusCode() >= 500; attempt++) {
      answer = request.call();
    }
    // Whoever disowns what is gone by now hears that the link is dead.
    if (answer.statusCode() >= 400 && answer.statusCode() != 410) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    return answer;
  }
}
