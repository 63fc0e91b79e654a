package io.vestibule.local.chaos;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import io.vestibule.local.journey.Tables;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What the tables hold at one moment.
 *
 * @param submissions the status of each submission, by its id
 * @param mailsCounted the mails that the mailboxes' counters have counted, all together
 */
record Books(Map<String, String> submissions, int customers, int identities, int mailsCounted) {

  static Books of(Tables tables) {
    return new Books(
        tables.items("submissions").stream()
            .collect(toMap(item -> Tables.text(item, "id"), item -> Tables.text(item, "status"))),
        tables.items("customers").size(),
        tables.items("identities").size(),
        tables.items("mail-limits").stream().mapToInt(Books::mails).sum());
  }

  private static int mails(Map<String, AttributeValue> counter) {
    return Integer.parseInt(counter.getOrDefault("mails", AttributeValue.fromN("0")).n());
  }

  /** How many of the submissions that came in since are in which status. */
  Map<String, Long> since(Books before) {
    return submissions.entrySet().stream()
        .filter(entry -> !before.submissions.containsKey(entry.getKey()))
        .map(Map.Entry::getValue)
        .collect(groupingBy(identity(), counting()));
  }
}
