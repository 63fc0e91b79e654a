package io.vestibule.deletion.behalf;

import io.vestibule.core.Counter;
import io.vestibule.core.DataRequest.Kind;
import io.vestibule.core.OperatorCode;
import io.vestibule.core.RowId;
import io.vestibule.store.audit.AuditLog;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Who has entered or confirmed what in somebody's name; and how much of that on one day. */
public final class BehalfAudit {

  /**
   * In a day (UTC), of each kind: of people who ask by letter there are few, and whoever erases
   * all, or mails everybody, is slow.
   */
  public static final int MOST = 50;

  /** An order has a row from before anything was looked at, and one of what came of it. */
  private static final String OUTCOME = ".outcome";

  private static final Logger LOG = LoggerFactory.getLogger(BehalfAudit.class);

  private final AuditLog audit;
  private final Duration kept;
  private final Clock clock;

  /**
   * The audit of such orders.
   *
   * @param kept how long a row tells of a member of staff
   */
  public BehalfAudit(AuditLog audit, Duration kept, Clock clock) {
    this.audit = audit;
    this.kept = kept;
    this.clock = clock;
  }

  /**
   * Whether a day has room for one more that is mailed, withdraws or erases: then it is taken, also
   * if nothing comes of it. If it has none, an operator is told.
   */
  boolean hasRoom(RowId id, Kind kind) {
    if (audit.takePlace(id, kind, MOST, clock.instant(), kept)) {
      return true;
    }
    LOG.warn("No more is done so today: {}", kind, OperatorCode.BEHALF_LIMIT_REACHED.entry());
    Counter.BEHALF_LIMIT_REACHED.increment();
    return false;
  }

  /** Somebody orders a request to be entered: nothing was looked at yet. */
  void ordered(RowId id, AskOrder order, String by) {
    tell(of(id, "ordered", order), by);
  }

  /** A request is entered: to be written with it. */
  TransactWriteItem entered(RowId id, AskOrder order, String by) {
    var what = of(id, order.isAlone() ? "entered-alone" : "entered", order);
    return audit.onBehalf(what, by + OUTCOME, clock.instant(), kept);
  }

  private static AuditLog.OnBehalf of(RowId id, String action, AskOrder order) {
    return new AuditLog.OnBehalf(
        id, action, order.deed().kind(), order.check().code(), order.by(), order.role());
  }

  /** A second one asks to confirm an erasure: nothing was opened yet. */
  void asksToConfirm(ConfirmOrder order, String by) {
    tell(of(order, "asked-to-confirm", ""), by);
  }

  /** It is confirmed: to be written with it. */
  TransactWriteItem confirmed(ConfirmOrder order, String by) {
    return audit.onBehalf(of(order, "confirmed", ""), by + OUTCOME, clock.instant(), kept);
  }

  /**
   * It was not.
   *
   * @param why as whoever ordered it is told
   */
  void refused(ConfirmOrder order, String why, String by) {
    tell(of(order, "refused", why), by + OUTCOME);
  }

  private static AuditLog.OnBehalf of(ConfirmOrder order, String action, String why) {
    return new AuditLog.OnBehalf(
        order.request(), action, Kind.ERASE, why, order.by(), order.role());
  }

  private void tell(AuditLog.OnBehalf what, String by) {
    audit.tellOnBehalf(what, by, clock.instant(), kept);
  }
}
