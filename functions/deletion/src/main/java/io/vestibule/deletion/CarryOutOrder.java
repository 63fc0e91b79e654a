package io.vestibule.deletion;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.deletion.behalf.AskOrder;
import io.vestibule.deletion.behalf.ConfirmEntered;
import io.vestibule.deletion.behalf.ConfirmOrder;
import io.vestibule.deletion.behalf.EnterRequest;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what a person orders by hand: a legal hold or its end, as {@link HoldOrder} reads
 * them; that an orphan is forgotten, as {@link ForgetOrder} does; or what somebody asks for who did
 * not do so by the form, as {@link AskOrder} and {@link ConfirmOrder} do.
 */
final class CarryOutOrder {

  private static final Logger LOG = LoggerFactory.getLogger(CarryOutOrder.class);

  private final LegalHolds legalHolds;
  private final ForgetOrphan forgetOrphan;
  private final EnterRequest enterRequest;
  private final ConfirmEntered confirmEntered;

  CarryOutOrder(
      LegalHolds legalHolds,
      ForgetOrphan forgetOrphan,
      EnterRequest enterRequest,
      ConfirmEntered confirmEntered) {
    this.legalHolds = legalHolds;
    this.forgetOrphan = forgetOrphan;
    this.enterRequest = enterRequest;
    this.confirmEntered = confirmEntered;
  }

  /**
   * Does what is ordered.
   *
   * @param by the invocation, for the audit
   * @return what the caller is answered
   * @throws IllegalArgumentException if it is no such order
   */
  Map<String, String> run(JsonNode order, String by) {
    var answer = carryOut(order, by);
    LOG.info("Decided by a person: {}", answer.get("outcome"));
    return answer;
  }

  private Map<String, String> carryOut(JsonNode order, String by) {
    if (order.has("ask")) {
      return enterRequest.run(AskOrder.read(order), by);
    }
    if (order.has("confirm")) {
      return Map.of("outcome", confirmEntered.run(ConfirmOrder.read(order), by));
    }
    return Map.of(
        "outcome",
        order.has("forget")
            ? forgetOrphan.run(ForgetOrder.read(order).customer())
            : legalHolds.carryOut(HoldOrder.read(order), by));
  }
}
