package io.vestibule.bench;

import io.vestibule.local.aws.Patience;
import io.vestibule.local.host.LocalHost;
import io.vestibule.local.journey.Person;
import io.vestibule.local.ses.Mail;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The whole system in one process, from many people's posts until all of them are customers. It
 * does with the embedded database what it can: so its requests are compared with bare writes to the
 * same database, through the same door, in the same run.
 */
record Pipeline(LocalHost host, int people, int rounds) {

  private static final String RATE = "a second";

  /** A sealed row has that many. */
  private static final int BYTES_OF_A_ROW = 1_500;

  private record Round(double seconds, long requests, long calls) {}

  void measure(Figures figures) throws Exception {
    OwnTable.create(host.operator().dynamoDb());
    List<Double> bare = new ArrayList<>();
    List<Double> requests = new ArrayList<>();
    List<Double> customers = new ArrayList<>();
    List<Double> calls = new ArrayList<>();
    try (var visitors = Visitors.of(host)) {
      round(visitors); // The first one compiles.
      for (int round = 0; round < rounds; round++) {
        bare.add(bareWrites());
        var measured = round(visitors);
        requests.add(measured.requests() / measured.seconds());
        customers.add(people / measured.seconds());
        calls.add((double) measured.calls() / people);
      }
    }
    var yardstick = Figure.of("embedded database, bare writes", new Series(bare), RATE);
    figures.add(yardstick);
    figures.add(
        Figure.of(
            "pipeline, database requests",
            new Series(requests),
            RATE,
            yardstick.name(),
            new Series(bare)));
    figures.add(Figure.of("pipeline, customers", new Series(customers), RATE));
    figures.add(Figure.of("pipeline, calls of AWS", new Series(calls), "a customer"));
  }

  private Round round(Visitors visitors) throws Exception {
    try (var recording = host.calls().record()) {
      long begin = System.nanoTime();
      int mailsBefore = host.inbox().mails().size();
      AtOnce.work(Collections.nCopies(people, visitors::fillIn));
      host.drain(Patience.LIMIT);
      AtOnce.work(
          newMails(mailsBefore).stream()
              .map(Person::link)
              .<AtOnce.Piece>map(link -> () -> visitors.press(link))
              .toList());
      host.drain(Patience.LIMIT);
      double seconds = (System.nanoTime() - begin) / 1e9;
      return new Round(
          seconds,
          recording.calls().stream().filter(call -> call.service().equals("dynamodb")).count(),
          recording.calls().size());
    }
  }

  private List<Mail> newMails(int before) {
    var all = host.inbox().mails();
    if (all.size() != before + people) {
      throw new IllegalStateException(all.size() - before + " mails to " + people + " people");
    }
    return all.subList(before, all.size());
  }

  /** In a second. */
  private double bareWrites() throws InterruptedException, ExecutionException {
    int writes = 10 * people;
    long begin = System.nanoTime();
    AtOnce.work(Collections.nCopies(writes, this::write));
    return writes * 1e9 / (System.nanoTime() - begin);
  }

  private void write() {
    var item =
        Map.of(
            OwnTable.KEY,
            AttributeValue.fromS(UUID.randomUUID().toString()),
            "content",
            AttributeValue.fromS("x".repeat(BYTES_OF_A_ROW)));
    host.operator().dynamoDb().putItem(put -> put.tableName(OwnTable.NAME).item(item));
  }
}
