package io.vestibule.delivery;

import io.vestibule.core.Deadline;
import io.vestibule.delivery.lane.CheckTarget;
import io.vestibule.delivery.lane.DrainLanes;
import io.vestibule.delivery.lane.Settle;
import io.vestibule.store.audit.AuditLog;
import io.vestibule.store.delivery.Deliveries;
import io.vestibule.store.delivery.Lanes;
import java.time.Clock;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out an order. What a person orders is in the audit before it is done. */
final class CarryOutOrder {

  private static final Logger LOG = LoggerFactory.getLogger(CarryOutOrder.class);

  private final DrainLanes drainLanes;
  private final Lanes lanes;
  private final Deliveries deliveries;
  private final Settle settle;
  private final Repairs repairs;
  private final CheckTarget checkTarget;
  private final AuditLog audit;
  private final Clock clock;

  /** What finds out by itself what is to be done. */
  record Repairs(Backfill backfill, CloseEnd closeEnd, FollowErasures followErasures) {}

  CarryOutOrder(
      DrainLanes drainLanes,
      Lanes lanes,
      Deliveries deliveries,
      Settle settle,
      Repairs repairs,
      CheckTarget checkTarget,
      AuditLog audit,
      Clock clock) {
    this.drainLanes = drainLanes;
    this.lanes = lanes;
    this.deliveries = deliveries;
    this.settle = settle;
    this.repairs = repairs;
    this.checkTarget = checkTarget;
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * Does what is ordered.
   *
   * @param by the invocation, for the audit
   * @return what the caller is answered
   */
  Map<String, Object> run(DeliverOrder order, String by, Deadline deadline) {
    var answer =
        switch (order) {
          case DeliverOrder.Wake() -> woken(drainLanes.runAll(deadline));
          case DeliverOrder.Resume(var target) -> {
            audit.orderedDelivery("resumed", target, by, clock.instant());
            yield Map.<String, Object>of("resumed", lanes.resume(target));
          }
          case DeliverOrder.Replay(var target) -> {
            audit.orderedDelivery("replayed", target, by, clock.instant());
            yield Map.<String, Object>of("replayed", deliveries.replay(target, clock.instant()));
          }
          case DeliverOrder.Backfill(var target, var since, var dryRun) -> {
            audit.orderedDelivery("backfilled", target, by, clock.instant());
            yield repairs.backfill().run(target, since, dryRun, deadline);
          }
          case DeliverOrder.Check(var target) ->
              Map.<String, Object>of("missing", checkTarget.run(target));
          case DeliverOrder.Follow() ->
              Map.<String, Object>of("added", repairs.followErasures().run(deadline));
          case DeliverOrder.Refused(var target, var reason) -> {
            settle.stop(target, reason);
            yield Map.<String, Object>of("stopped", reason);
          }
          case DeliverOrder.Close(var target, var customer) -> {
            audit.orderedDelivery("closed", target, by, clock.instant());
            yield Map.<String, Object>of("closed", repairs.closeEnd().run(target, customer));
          }
        };
    LOG.info("{}: {}", order.getClass().getSimpleName(), answer);
    return answer;
  }

  private static Map<String, Object> woken(DrainLanes.Report report) {
    return Map.of(
        "lanes", report.lanes(),
        "stopped", report.stopped(),
        "late", report.late(),
        "endUntold", report.owed());
  }
}
