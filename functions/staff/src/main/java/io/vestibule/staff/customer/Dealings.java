package io.vestibule.staff.customer;

import io.vestibule.store.audit.StaffAudit;
import io.vestibule.store.audit.StaffAudit.Look;
import io.vestibule.store.people.Recipients;
import io.vestibule.store.people.Recipients.Recipient;
import java.util.List;

/** What others had to do with a customer. */
public final class Dealings {

  private static final int MOST_LOOKS = 100;

  private final Recipients recipients;
  private final StaffAudit audit;

  public Dealings(Recipients recipients, StaffAudit audit) {
    this.recipients = recipients;
    this.audit = audit;
  }

  /**
   * What there was.
   *
   * @param told who was told of them
   * @param looks who looked, the newest first
   */
  record Found(List<Recipient> told, List<Look> looks) {}

  Found with(String number) {
    return new Found(recipients.of(number), audit.looksAt(number).limit(MOST_LOOKS).toList());
  }
}
