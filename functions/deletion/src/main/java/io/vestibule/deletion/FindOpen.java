package io.vestibule.deletion;

import io.vestibule.core.Timestamp;
import io.vestibule.keys.EmailIndex;
import io.vestibule.store.audit.AuditLog;
import io.vestibule.store.mail.Suppressions;
import io.vestibule.store.rows.RowsByEmail;
import java.time.Clock;
import java.util.HashMap;
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
  private final AuditLog audit;
  private final Clock clock;

  FindOpen(
      EmailIndex emailIndex,
      RowsByEmail submissions,
      RowsByEmail requests,
      Suppressions suppressions,
      AuditLog audit,
      Clock clock) {
    this.emailIndex = emailIndex;
    this.submissions = submissions;
    this.requests = requests;
    this.suppressions = suppressions;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Looks for it, after the audit says that somebody does.
   *
   * @param by the invocation, for the audit
   * @return {@code rows}: ids, at most 50 of submissions and of requests each. A row has an address
   *     once the mailer has met it, until it is done. {@code more}: whether there are more. {@code
   *     suppressed}: why the mailbox gets no mail, {@code since} when, and if it is asked for, the
   *     {@code key} under which that stands in the table; empty if it gets some
   */
  Map<String, Object> run(FindOrder order, String by) {
    audit.found(by, clock.instant());
    var index = emailIndex.of(order.email());
    var found = Stream.of(submissions, requests).map(table -> table.some(index, MOST + 1)).toList();
    var rows =
        found.stream().flatMap(it -> it.stream().limit(MOST)).map(it -> it.id().value()).toList();
    boolean areMore = found.stream().anyMatch(it -> it.size() > MOST);
    return Map.of("rows", rows, "more", areMore, "suppressed", suppressed(order));
  }

  private Map<String, String> suppressed(FindOrder order) {
    var mailbox = emailIndex.ofMailbox(order.email());
    var suppressed = new HashMap<String, String>();
    suppressions
        .find(mailbox)
        .ifPresent(
            it -> {
              suppressed.put("reason", it.reason());
              suppressed.put("since", Timestamp.of(it.since()));
              if (order.withKey()) {
                suppressed.put("key", Suppressions.key(mailbox));
              }
            });
    return suppressed;
  }
}
