package io.vestibule.upkeep;

import io.vestibule.core.HeldReason;
import io.vestibule.core.OperatorCode;
import io.vestibule.core.RowId;
import io.vestibule.store.Redacted;
import io.vestibule.store.UnfitRow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/** Carries out what a person decided about some that they saw held for one reason. */
final class SettleSomeHeld {

  private static final Logger LOG = LoggerFactory.getLogger(SettleSomeHeld.class);

  private final Desks desks;

  SettleSomeHeld(Desks desks) {
    this.desks = desks;
  }

  /**
   * Lets them go on.
   *
   * @return what came of each; empty if its change failed, which keeps up no other
   * @throws IllegalArgumentException if several are meant and such are decided one by one
   */
  Map<RowId, Optional<Settlement>> release(HeldReason reason, List<RowId> ids) {
    return settle(reason, ids, SettleHeld::release);
  }

  /** Ends them for good; else as {@link #release}. */
  Map<RowId, Optional<Settlement>> reject(HeldReason reason, List<RowId> ids) {
    return settle(reason, ids, SettleHeld::reject);
  }

  private Map<RowId, Optional<Settlement>> settle(
      HeldReason reason, List<RowId> ids, BiFunction<SettleHeld, RowId, Settlement> decision) {
    if (ids.size() > 1) {
      SettleAllHeld.requireSeveral(reason);
    }
    var settled = new LinkedHashMap<RowId, Optional<Settlement>>();
    ids.forEach(
        id -> settled.put(id, attempt(desks.of(id).settleAllHeld().about(reason), id, decision)));
    return settled;
  }

  private static Optional<Settlement> attempt(
      SettleHeld settle, RowId id, BiFunction<SettleHeld, RowId, Settlement> decision) {
    try {
      return Optional.of(decision.apply(settle, id));
    } catch (UnfitRow e) {
      LOG.error("A row that intake did not write", OperatorCode.ROW_FORGED.entry());
      return Optional.empty();
    } catch (SdkException e) {
      LOG.error("One failed", OperatorCode.ONE_FAILED.entry(), new Redacted(e));
      return Optional.empty();
    }
  }
}
