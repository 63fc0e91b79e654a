package io.vestibule.deletion;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what a person orders by hand: a legal hold or its end, as {@link HoldOrder} reads
 * them, or that an orphan is forgotten, as {@link ForgetOrder} does.
 */
final class CarryOutOrder {

  private static final Logger LOG = LoggerFactory.getLogger(CarryOutOrder.class);

  private final LegalHolds legalHolds;
  private final ForgetOrphan forgetOrphan;

  CarryOutOrder(LegalHolds legalHolds, ForgetOrphan forgetOrphan) {
    this.legalHolds = legalHolds;
    this.forgetOrphan = forgetOrphan;
  }

  /**
   * Does what is ordered.
   *
   * @param by the invocation, for the audit
   * @return what the caller is answered
   * @throws IllegalArgumentException if it is no such order
   */
  Map<String, String> run(JsonNode order, String by) {
    var outcome =
        order.has("forget")
            ? forgetOrphan.run(ForgetOrder.read(order).customer())
            : legalHolds.carryOut(HoldOrder.read(order), by);
    LOG.info("Decided by a person: {}", outcome);
    return Map.of("outcome", outcome);
  }
}
