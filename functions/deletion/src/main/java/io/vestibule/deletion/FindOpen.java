package io.vestibule.deletion;

import io.vestibule.core.EmailAddress;
import io.vestibule.core.Timestamp;
import io.vestibule.keys.EmailIndex;
import io.vestibule.store.mail.Suppressions;
import io.vestibule.store.rows.RowsByEmail;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Finds what was entered with an address and is not done yet, for whoever is asked why no mail
 * came. Nothing of it is opened, and nothing is changed.
 */
final class FindOpen {

  private static final int MOST = 50;

  private final EmailIndex emailIndex;
  private final RowsByEmail submissions;
  private final RowsByEmail requests;
  private final Suppressions suppressions;

  FindOpen(
      EmailIndex emailIndex,
      RowsByEmail submissions,
      RowsByEmail requests,
      Suppressions suppressions) {
    this.emailIndex = emailIndex;
    this.submissions = submissions;
    this.requests = requests;
    this.suppressions = suppressions;
  }

  /**
   * Looks for it.
   *
   * @return {@code rows}: ids, at most 50 of submissions and of requests each. A row has an address
   *     once the mailer has met it, until it is done. {@code suppressed}: why the mailbox gets no
   *     mail, {@code since} when, and the {@code key} under which that stands in the table; empty
   *     if it gets some
   */
  Map<String, Object> run(EmailAddress address) {
    var index = emailIndex.of(address);
    List<String> rows =
        Stream.of(submissions, requests)
            .flatMap(table -> table.some(index, MOST).stream())
            .map(it -> it.id().value())
            .toList();
    var mailbox = emailIndex.ofMailbox(address);
    Map<String, String> suppressed =
        suppressions
            .find(mailbox)
            .map(
                it ->
                    Map.of(
                        "reason", it.reason(),
                        "since", Timestamp.of(it.since()),
                        "key", Suppressions.key(mailbox)))
            .orElse(Map.of());
    return Map.of("rows", rows, "suppressed", suppressed);
  }
}
