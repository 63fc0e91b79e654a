package io.vestibule.local.chaos;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import io.vestibule.local.journey.Tables;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What the tables hold at one moment.
 *
 * @param submissions the status of each submission, by its id
 * @param days the days (UTC) on which they came in
 * @param mailsCounted the mails that the mailboxes' counters have counted, all together
 */
record Books(
    Map<String, String> submissions,
    List<LocalDate> days,
    int customers,
    int identities,
    int entries,
    int mailsCounted) {

  static Books of(Tables tables) {
    return new Books(
        tables.items("submissions").stream()
            .collect(toMap(item -> Tables.text(item, "id"), item -> Tables.text(item, "status"))),
        tables.items("submissions").stream().map(Books::day).toList(),
        tables.items("customers").size(),
        tables.items("identities").size(),
        tables.items("entries").size(),
        tables.items("mail-limits").stream()
            .filter(counter -> Tables.text(counter, "key").startsWith("mailbox#"))
            .mapToInt(Books::mails)
            .sum());
  }

  private static LocalDate day(Map<String, AttributeValue> submission) {
    return LocalDate.parse(Tables.text(submission, "createdAt").substring(0, 10));
  }

  private static int mails(Map<String, AttributeValue> counter) {
    return Integer.parseInt(counter.getOrDefault("mails", AttributeValue.fromN("0")).n());
  }

  /** How many submissions came in on that day or after it. */
  int createdSince(LocalDate day) {
    return (int) days.stream().filter(it -> !it.isBefore(day)).count();
  }

  /** How many of the submissions that came in since are in which status. */
  Map<String, Long> since(Books before) {
    return submissions.entrySet().stream()
        .filter(entry -> !before.submissions.containsKey(entry.getKey()))
        .map(Map.Entry::getValue)
        .collect(groupingBy(identity(), counting()));
  }
}
