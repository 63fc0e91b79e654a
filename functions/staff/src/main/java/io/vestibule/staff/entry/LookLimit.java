package io.vestibule.staff.entry;

import io.vestibule.core.Counter;
import io.vestibule.core.OperatorCode;
import io.vestibule.store.audit.StaffAudit;
import io.vestibule.store.audit.StaffAudit.Person;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How often a person may have something opened in a day (UTC), whatever it is. */
public final class LookLimit {

  private static final Logger LOG = LoggerFactory.getLogger(LookLimit.class);

  private final int perDay;
  private final StaffAudit audit;
  private final Clock clock;

  public LookLimit(int perDay, StaffAudit audit, Clock clock) {
    this.perDay = perDay;
    this.audit = audit;
    this.clock = clock;
  }

  /** Whether somebody may open nothing more today, which an operator is told. */
  public boolean isReached(Person person) {
    if (audit.opened(person, clock.instant()) < perDay) {
      return false;
    }
    var code = OperatorCode.STAFF_LIMIT_REACHED.entry();
    LOG.warn("{} has looked as often as one may in a day", person.id(), code);
    Counter.STAFF_LIMIT_REACHED.increment();
    return true;
  }
}
