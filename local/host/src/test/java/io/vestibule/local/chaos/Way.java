package io.vestibule.local.chaos;

import io.vestibule.core.Json;
import io.vestibule.local.aws.Patience;
import io.vestibule.local.host.LocalHost;
import io.vestibule.local.host.Outcome;
import io.vestibule.local.journey.Person;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * The way from a form to a customer with everything that can be on it: a new link, keys rotated
 * while a submission waits, and a second submission of the same person.
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
    var first = submit(Map.of("name", "Ada", "company", "Analytical Engines"));
    host.drain(Patience.LIMIT);
    untilAnswered(() -> person.asksForANewLink(first));
    host.drain(Patience.LIMIT);
    rotate();
    press();
    submit(Map.of("name", "Ada Lovelace", "phone", "+49 30 123456"));
    host.drain(Patience.LIMIT);
    press();
  }

  private String submit(Map<String, String> fields) throws Exception {
    var answer = untilAnswered(() -> person.posts(fields));
    return Json.MAPPER.readTree(answer.body()).path("id").asText();
  }

  private void press() throws Exception {
    var link = person.link();
    untilAnswered(() -> person.get(link));
    untilAnswered(() -> person.presses(link));
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
    if (answer.statusCode() >= 400) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    return answer;
  }
}
