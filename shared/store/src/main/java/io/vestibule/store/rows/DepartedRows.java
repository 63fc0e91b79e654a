package io.vestibule.store.rows;

import io.vestibule.core.Counter;
import io.vestibule.core.OperatorCode;
import java.time.Instant;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Accounts for rows that left their table while something was owed to them. What intake never wrote
 * was never accepted, and leaves nothing behind.
 */
public final class DepartedRows {

  private static final Logger LOG = LoggerFactory.getLogger(DepartedRows.class);

  private final ExpiredSubmissions expired;

  public DepartedRows(ExpiredSubmissions expired) {
    this.expired = expired;
  }

  /** The time to live deleted a row that looked like this: the books remember it. */
  public void expired(Map<String, AttributeValue> before, Instant now) {
    OpenRow.read(before).ifPresent(row -> expired(row, now));
  }

  private void expired(OpenRow row, Instant now) {
    if (expired.add(row, now)) {
      LOG.info("Expired");
      Counter.SUBMISSION_EXPIRED.increment();
    }
  }

  /**
   * Somebody deleted a row that looked like this. Nobody may: no role has a grant for it. What was
   * owed to it is lost, and must be noticed.
   */
  public void removed(Map<String, AttributeValue> before) {
    OpenRow.read(before).ifPresent(DepartedRows::removed);
  }

  private static void removed(OpenRow row) {
    LOG.error("Deleted while it was {}", row.status(), OperatorCode.REMOVED_WHILE_OWED.entry());
    Counter.SUBMISSION_REMOVED.increment();
  }
}
