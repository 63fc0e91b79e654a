package io.vestibule.deletion.behalf;

import io.vestibule.core.DataRequest;
import io.vestibule.core.RowId;
import io.vestibule.store.audit.AuditLog;
import java.time.Clock;
import java.time.Duration;

/** Who has entered or confirmed what in somebody's name; and how many erasures on one day. */
public final class BehalfAudit {

  /** In a day (UTC): of people who ask by letter there are few, and whoever erases all is slow. */
  public static final int MOST_ERASURES = 50;

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

  /** Whether as many were erased by orders today as may be. */
  boolean isEnough() {
    return audit.erasuresOnBehalf(clock.instant()) >= MOST_ERASURES;
  }

  /** Somebody enters a request. */
  void entered(RowId id, AskOrder order, String by) {
    var what =
        new AuditLog.OnBehalf(
            id,
            order.isAlone() ? "entered-alone" : "entered",
            order.deed().kind(),
            order.check().code(),
            order.by(),
            order.role());
    audit.onBehalf(what, by, clock.instant(), kept);
  }

  /** A second one confirms an erasure. */
  void confirmed(ConfirmOrder order, String by) {
    audit.onBehalf(
        new AuditLog.OnBehalf(
            order.request(), "confirmed", DataRequest.Kind.ERASE, "", order.by(), order.role()),
        by,
        clock.instant(),
        kept);
  }
}
