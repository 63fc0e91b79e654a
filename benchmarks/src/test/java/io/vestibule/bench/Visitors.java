package io.vestibule.bench;

import io.vestibule.local.host.LocalHost;
import io.vestibule.local.journey.Person;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.atomic.AtomicInteger;

/** Many people at once, through one client: hundreds of browsers would be measured, too. */
record Visitors(LocalHost host, HttpClient client, AtomicInteger people) implements AutoCloseable {

  static Visitors of(LocalHost host) {
    return new Visitors(host, HttpClient.newHttpClient(), new AtomicInteger());
  }

  /** Somebody whom nobody has seen before fills in a form. */
  void fillIn() throws IOException, InterruptedException {
    var body =
        "{\"email\":\"visitor@home-%d.example.net\",\"name\":\"Ada\",\"message\":\"Hello\"}"
            .formatted(people.incrementAndGet());
    post(host.uri().resolve("/forms/contact"), "application/json", body);
  }

  /** Somebody presses the button of the page behind their link. */
  void press(URI link) throws IOException, InterruptedException {
    post(
        link.resolve(link.getPath()),
        "application/x-www-form-urlencoded",
        "_lang=en&token=" + Person.token(link));
  }

  private void post(URI uri, String type, String body) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body))
            .build();
    var answer = client.send(request, BodyHandlers.ofString());
    if (answer.statusCode() >= 400) {
      throw new IllegalStateException(answer.statusCode() + " " + answer.body());
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
