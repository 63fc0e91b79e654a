package io.vestibule.bench;

import io.vestibule.local.aws.Patience;
import io.vestibule.local.host.LocalHost;
import io.vestibule.local.journey.Person;
import io.vestibule.local.ses.Mail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.ToDoubleFunction;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The whole system in one process, from many people's posts until all of them are customers. It
 * does with the embedded database what it can: so its requests are compared with bare writes to the
 * same database, through the same door, in the same run.
 */
record Pipeline(LocalHost host, int people, int rounds) {

  private static final String RATE = "a second";

  /** A row with a long message has that many, and one with a short message half of them. */
  private static final int BYTES_OF_A_ROW = 1_500;

  /**
   * What a part of a run has taken, of the clock and of the processors of this process.
   *
   * @param requests of the database
   */
  private record Round(double seconds, double cpuSeconds, long requests, long calls) {

    double aSecond() {
      return requests / seconds;
    }

    double cpuMillisEach() {
      return cpuSeconds * 1e3 / requests;
    }
  }

  private record Stopwatch(long nanoseconds, Duration cpu) {

    static Stopwatch start() {
      return new Stopwatch(System.nanoTime(), cpuOfThisProcess());
    }

    private static Duration cpuOfThisProcess() {
      return CpuClock.of(ProcessHandle.current().pid());
    }

    Round round(long requests, long calls) {
      return new Round(
          (System.nanoTime() - nanoseconds) / 1e9,
          cpuOfThisProcess().minus(cpu).toNanos() / 1e9,
          requests,
          calls);
    }
  }

  void measure(Figures figures) throws Exception {
    OwnTable.create(host.operator().dynamoDb());
    List<Round> bare = new ArrayList<>();
    List<Round> rounds = new ArrayList<>();
    try (var visitors = Visitors.of(host)) {
      round(visitors); // The first one compiles.
      for (int round = 0; round < this.rounds; round++) {
        bare.add(bareWrites());
        rounds.add(round(visitors));
      }
    }
    compare(bare, rounds, Round::aSecond, RATE, figures);
    compare(bare, rounds, Round::cpuMillisEach, "CPU ms each", figures);
    figures.add(
        Figure.of("pipeline, customers", series(rounds, it -> people / it.seconds()), RATE));
    figures.add(
        Figure.of(
            "pipeline, calls of AWS",
            series(rounds, it -> (double) it.calls() / people),
            "a customer"));
  }

  private static void compare(
      List<Round> bare,
      List<Round> rounds,
      ToDoubleFunction<Round> value,
      String unit,
      Figures figures) {
    var yardstick = Figure.of("embedded database, bare writes", series(bare, value), unit);
    figures.add(yardstick);
    figures.add(
        Figure.of(
            "pipeline, database requests",
            series(rounds, value),
            unit,
            yardstick.name(),
            series(bare, value)));
  }

  private static Series series(List<Round> rounds, ToDoubleFunction<Round> value) {
    return new Series(rounds.stream().mapToDouble(value).boxed().toList());
  }

  private Round round(Visitors visitors) throws Exception {
    try (var recording = host.calls().record()) {
      var stopwatch = Stopwatch.start();
      int mailsBefore = host.inbox().mails().size();
      AtOnce.work(Collections.nCopies(people, visitors::fillIn));
      host.drain(Patience.LIMIT);
      AtOnce.work(
          newMails(mailsBefore).stream()
              .map(Person::link)
              .<AtOnce.Piece>map(link -> () -> visitors.press(link))
              .toList());
      host.drain(Patience.LIMIT);
      return stopwatch.round(
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

  private Round bareWrites() throws InterruptedException, ExecutionException {
    int writes = 10 * people;
    var stopwatch = Stopwatch.start();
    AtOnce.work(Collections.nCopies(writes, this::write));
    return stopwatch.round(writes, writes);
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
