package io.vestibule.bench;

import io.vestibule.local.chaos.Change;
import io.vestibule.local.chaos.ChangeFeed;
import io.vestibule.local.host.StreamEvents;
import io.vestibule.local.journey.Person;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Many people's way from the form to a customer, one function after the other: what each leaves
 * behind is what the next is given, a record an event.
 */
record WarmWay(Bench bench, int people, int rounds) {

  void measure(Figures figures) throws IOException, InterruptedException {
    var plain = bench.plain();
    measure(plain, posts(plain), figures);
    try (var feed = new ChangeFeed(bench.host(), Clock.systemUTC())) {
      var intake = bench.intake();
      measure(intake, posts(intake), figures);
      measure("mail", "MailerFunction", owed("MailerFunction", feed), figures);
      measure("verify, a press", "VerifyFunction", presses(), figures);
      measure("storage, a customer", "StoreFunction", owed("StoreFunction", feed), figures);
    }
  }

  private List<String> posts(Subject subject) {
    return Stream.generate(subject.events()).limit(people).toList();
  }

  private static List<String> owed(String function, ChangeFeed feed) {
    List<String> events = new ArrayList<>();
    for (var changes = feed.next(); !changes.isEmpty(); changes = feed.next()) {
      changes.stream()
          .filter(change -> change.recipient().filter(function::equals).isPresent())
          .map(Change::event)
          .map(change -> StreamEvents.event(List.of(change)).toString())
          .forEach(events::add);
    }
    return events;
  }

  private List<String> presses() {
    return bench.host().inbox().mails().stream()
        .map(Person::link)
        .map(bench.requests()::press)
        .toList();
  }

  private void measure(String name, String function, List<String> events, Figures figures)
      throws IOException, InterruptedException {
    measure(bench.function(name, function, events.iterator()::next), events, figures);
  }

  private void measure(Subject subject, List<String> events, Figures figures)
      throws IOException, InterruptedException {
    new Warm(bench.least(), bench.log()).measure(new Warm.Work(subject, events), rounds, figures);
  }
}
