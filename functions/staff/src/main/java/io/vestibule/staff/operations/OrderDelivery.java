package io.vestibule.staff.operations;

import io.vestibule.core.Json;
import io.vestibule.store.audit.StaffAudit;
import io.vestibule.store.audit.StaffAudit.Person;
import io.vestibule.store.delivery.Lanes;
import java.time.Clock;
import java.util.Locale;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;

/**
 * Gives the delivery the orders that a person could give it by the command line. The delivery
 * carries them out, as it alone may write to lanes and deliveries.
 */
public final class OrderDelivery {

  private final LambdaClient lambda;
  private final String function;
  private final Lanes lanes;
  private final StaffAudit audit;
  private final Clock clock;

  public OrderDelivery(
      LambdaClient lambda, String function, Lanes lanes, StaffAudit audit, Clock clock) {
    this.lambda = lambda;
    this.function = function;
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
   */
  public boolean run(Order order, String target, Person person, String request) {
    if (lanes.all().stream().noneMatch(lane -> lane.target().equals(target))) {
      return false;
    }
    audit.orders(person, order.code(), target, request, clock.instant());
    var event =
        SdkBytes.fromUtf8String(
            Json.MAPPER.createObjectNode().put(order.code(), target).toString());
    lambda.invoke(
        invoke ->
            invoke.functionName(function).invocationType(InvocationType.EVENT).payload(event));
    return true;
  }
}
