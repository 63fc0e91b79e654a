package io.vestibule.staff.operations;

import io.vestibule.staff.orders.Orders;
import io.vestibule.store.audit.StaffAudit;
import io.vestibule.store.audit.StaffAudit.Person;
import io.vestibule.store.delivery.Lanes;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;

/**
 * Gives the delivery the orders that a person could give it by the command line. The delivery
 * carries them out, as it alone may write to lanes and deliveries.
 */
public final class OrderDelivery {

  private final Orders delivery;
  private final Lanes lanes;
  private final StaffAudit audit;
  private final Clock clock;

  public OrderDelivery(Orders delivery, Lanes lanes, StaffAudit audit, Clock clock) {
    this.delivery = delivery;
    this.lanes = lanes;
    this.audit = audit;
    this.clock = clock;
  }

  /** What can be ordered from a page. */
  public enum Order {
    /** A stopped lane goes on. */
    RESUME,
    /** What failed is tried again. */
    REPLAY;

    /** As the delivery and the pages call it. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Orders it, after the audit says who does. Nobody waits for what comes of it: that may take
   * minutes.
   *
   * @return false if there is no such lane
   * @throws Orders.Failed nobody knows whether the delivery has the order
   */
  public boolean run(Order order, String target, Person person, String request)
      throws Orders.Failed {
    if (lanes.all().stream().noneMatch(lane -> lane.target().equals(target))) {
      return false;
    }
    audit.orders(person, order.code(), target, request, clock.instant());
    delivery.handOver(Map.of(order.code(), target));
    return true;
  }
}
