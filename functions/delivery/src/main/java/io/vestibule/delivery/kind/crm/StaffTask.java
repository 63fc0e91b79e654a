package io.vestibule.delivery.kind.crm;

import io.vestibule.core.wording.Wordings;
import io.vestibule.delivery.kind.Order;

/** What staff are to decide about a record of theirs whose person is erased here. */
public final class StaffTask {

  private static final Wordings WORDINGS = new Wordings();

  private StaffTask() {}

  /** In the target's language; nothing of the person is in it. */
  public static String text(Order order) {
    return WORDINGS.of(order.target().language()).text("staff-mail.keep-record");
  }
}
