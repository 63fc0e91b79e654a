package io.vestibule.delivery.kind.crm;

import io.vestibule.delivery.kind.Answer;
import io.vestibule.delivery.kind.Order;
import java.time.Duration;
import java.time.Instant;

/** What a search of a CRM found. */
public sealed interface Found {

  /** A record. */
  record It(CrmRecord record) implements Found {}

  /** There is none. */
  record Nobody() implements Found {}

  /** Nobody knows. */
  record Not(Answer answer) implements Found {}

  /** So late does a search find what was written, at most. */
  Duration LATE = Duration.ofHours(1);

  /**
   * No search finds anybody whom an end is about: there is nobody, if it had the time to find
   * somebody.
   *
   * @param since when the end was
   * @param code of the answer if it had not
   */
  static Answer nobody(Order order, Instant since, String code) {
    return order.at().isBefore(since.plus(LATE)) ? Answer.laterForOne(code) : Answer.taken();
  }
}
