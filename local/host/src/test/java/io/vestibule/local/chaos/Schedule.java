package io.vestibule.local.chaos;

import io.vestibule.local.chaos.Trouble.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A random order of events, and of what goes wrong with them, that one seed tells: what happens "at
 * the same moment" happens between two calls of AWS, on one thread.
 */
final class Schedule {

  /** A lease's end, a cache's end, a link's end, and an environment that was frozen for days. */
  private static final List<Duration> WAITS =
      List.of(
          Duration.ofSeconds(41),
          Duration.ofSeconds(41),
          Duration.ofMinutes(6),
          Duration.ofHours(25),
          Duration.ofDays(4));

  private static final Duration LEASE_IS_OVER = Duration.ofSeconds(41);
  private static final List<String> RECIPIENTS = List.of("MailerFunction", "StoreFunction");
  private static final int MOST_ROWS = 3;
  private static final int LONGEST_BATCH = 3;

  private final RandomGenerator random;
  private final World world;
  private final List<String> story = new ArrayList<>();
  private int mailsThatMayBeRepeated;

  Schedule(long seed, World world) {
    this.random = new SplittableRandom(seed);
    this.world = world;
  }

  /** What happened, line by line. */
  String story() {
    return String.join("\n", story);
  }

  int mailsThatMayBeRepeated() {
    return mailsThatMayBeRepeated;
  }

  /** Lets things happen and go wrong; then everything works, and what is owed is delivered. */
  void play() {
    happen(Event.SUBMIT);
    int events = 8 + random.nextInt(9);
    for (int event = 0; event < events; event++) {
      if (random.nextBoolean()) {
        happen(draw());
      } else {
        goWrong(draw());
      }
    }
    settle();
  }

  private Event draw() {
    return any(Event.URN.stream().filter(this::isPossible).toList());
  }

  private boolean isPossible(Event event) {
    return switch (event) {
      case SUBMIT -> world.rows.size() < MOST_ROWS;
      case DELIVER -> owed();
      case PRESS, PRESS_AT_THE_END -> !world.links.isEmpty();
      case REPEAT, ASK_FOR_A_NEW_LINK, EXPIRE -> !world.rows.isEmpty();
      case ROTATE, WAIT -> true;
    };
  }

  private void goWrong(Event event) {
    var kind = any(List.of(Kind.values()));
    int number = random.nextBoolean() ? 1 + random.nextInt(3) : 4 + random.nextInt(6);
    var trouble = new Trouble(kind, number, () -> meanwhile(event));
    story.add("(" + trouble + ")");
    CallInterceptor.disturb(trouble);
    try {
      happen(event);
    } finally {
      CallInterceptor.calm();
      story.add("(was " + trouble + ")");
      mailsThatMayBeRepeated += trouble.mayRepeatAMail() ? 1 : 0;
    }
  }

  /** No function runs for long, so no time to speak of passes while one does. */
  private void meanwhile(Event around) {
    story.add("meanwhile:");
    var event = around == Event.PRESS_AT_THE_END ? Event.WAIT : draw();
    switch (event) {
      case WAIT, SUBMIT, PRESS_AT_THE_END -> {
        pass(Duration.ofSeconds(2));
        happen(Event.EXPIRE);
      }
      default -> happen(event);
    }
  }

  private void happen(Event event) {
    story.add(event.toString());
    switch (event) {
      case SUBMIT -> world.submit();
      case DELIVER -> deliver();
      case REPEAT -> repeat();
      case PRESS -> world.press(any(world.links));
      case PRESS_AT_THE_END -> pressAtTheEnd();
      case ASK_FOR_A_NEW_LINK -> world.askForANewLink(any(rows()));
      case EXPIRE -> world.expire();
      case ROTATE -> world.rotate();
      case WAIT -> pass(any(WAITS));
    }
  }

  private void pass(Duration time) {
    story.add(time.toString());
    world.wait(time);
  }

  /** The next change of some rows, in any order of rows. */
  private void deliver() {
    var function = any(RECIPIENTS.stream().filter(this::isOwed).toList());
    var batch = new LinkedHashMap<Row, Change>();
    for (Row row : shuffled(rows())) {
      if (batch.size() < LONGEST_BATCH) {
        row.nextFor(function).ifPresent(change -> batch.put(row, change));
      }
    }
    deliver(function, batch);
  }

  private void repeat() {
    var function = any(RECIPIENTS);
    for (Row row : rows()) {
      var handled = row.handledBy(function);
      if (!handled.isEmpty()) {
        deliver(function, Map.of(row, any(handled)));
      }
    }
  }

  private boolean deliver(String function, Map<Row, Change> batch) {
    boolean handled = world.deliver(function, batch);
    batch.forEach(
        (row, change) ->
            story.add("%s %s: %s now".formatted(function, row.id, row.newest().status())));
    return handled;
  }

  /** The button is pressed in the very second in which the link and perhaps the row end. */
  private void pressAtTheEnd() {
    var link = world.links.getLast();
    var end = world.row(World.id(link)).newest().linkExpiresAt();
    var until = Duration.between(world.clock.instant(), end.minusSeconds(1));
    if (until.isPositive()) {
      pass(until);
      world.press(link);
    }
  }

  /** Nothing goes wrong any more: first what is owed, then everything once more. */
  private void settle() {
    story.add("settle");
    for (int round = 0; owed(); round++) {
      if (round == 20) {
        throw new AssertionError("stuck");
      }
      boolean handled = true;
      for (String function : RECIPIENTS) {
        for (Row row : shuffled(rows())) {
          var next = row.nextFor(function);
          handled &= next.isEmpty() || deliver(function, Map.of(row, next.get()));
        }
      }
      if (!handled) {
        pass(LEASE_IS_OVER);
      }
    }
  }

  private boolean owed() {
    return RECIPIENTS.stream().anyMatch(this::isOwed);
  }

  private boolean isOwed(String function) {
    return rows().stream().anyMatch(row -> row.nextFor(function).isPresent());
  }

  /** Every change that there ever was, to its function, in the order of the rows. */
  void deliverEverythingAgain() {
    story.add("everything again");
    for (Row row : rows()) {
      for (String function : RECIPIENTS) {
        row.handledBy(function).forEach(change -> deliver(function, Map.of(row, change)));
      }
    }
  }

  private List<Row> rows() {
    return List.copyOf(world.rows.values());
  }

  private <T> T any(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }

  private <T> List<T> shuffled(List<T> some) {
    var all = new ArrayList<>(some);
    Collections.shuffle(all, random);
    return all;
  }
}
