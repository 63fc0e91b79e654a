package io.vestibule.delivery.kind.fxiaoke;

import static io.vestibule.delivery.kind.crm.CrmRecord.Origin.FOUND;
import static io.vestibule.delivery.kind.crm.CrmRecord.Origin.GOING;

import io.vestibule.core.targets.Target;
import io.vestibule.delivery.kind.Answer;
import io.vestibule.delivery.kind.Erasure;
import io.vestibule.delivery.kind.Order;
import io.vestibule.delivery.kind.crm.CrmRecord;
import io.vestibule.delivery.kind.crm.Found;
import io.vestibule.delivery.kind.crm.Step;

/**
 * Erases a person. Every step can be made again: whoever comes after a death, or a lost answer,
 * finds the record by its handle, looks what is so, and goes on.
 */
final class FxiaokeErasure {

  static final String LATE = "fxiaoke-search-late";

  private final FxiaokeSearch search;
  private final FxiaokeDeletion deletion;
  private final FxiaokeLeaving leaving;

  FxiaokeErasure(FxiaokeSearch search, FxiaokeDeletion deletion, FxiaokeLeaving leaving) {
    this.search = search;
    this.deletion = deletion;
    this.leaving = leaving;
  }

  /**
   * The newest, and then those that were not shown any more when it was made: each of them,
   * whatever comes of another one.
   */
  Answer erase(Order order, Erasure erasure) {
    var former = FormerRecords.of(order);
    var records = former.all().toList();
    var answer = newest(order, erasure);
    for (var record : records) {
      if (!FormerRecords.isOfOne(answer)) {
        return answer;
      }
      if (former.all().anyMatch(record::equals)) {
        answer = FormerRecords.worse(answer, erase(order, erasure, record));
      }
    }
    return answer;
  }

  private Answer newest(Order order, Erasure erasure) {
    return switch (search.find(order, erasure.customer())) {
      case Found.It(var record) -> erase(order, erasure, record);
      case Found.Nobody() -> Found.nobody(order, erasure.at(), LATE);
      case Found.Not(var answer) -> answer;
    };
  }

  private Answer erase(Order order, Erasure erasure, CrmRecord record) {
    FormerRecords.of(order).keepUnlessKnown(record);
    boolean isKept = record.origin() == FOUND || erasure.wanted() == Target.OnErase.UNLINK;
    return switch (isKept
        ? leaving.leave(order, erasure, record)
        : deletion.delete(order, record)) {
      case Step.Done() -> done(order, erasure, record);
      // Sales may have given it to whom we do not see: it is there all the same.
      case Step.Gone() ->
          record.origin() == GOING
              ? done(order, erasure, record)
              : Answer.failed("fxiaoke-not-shown");
      case Step.Not(var answer) -> answer;
    };
  }

  private Answer done(Order order, Erasure erasure, CrmRecord record) {
    FormerRecords.of(order).forget(record);
    return another(order, erasure, record);
  }

  /** Nothing there keeps two records from having the same key. */
  private Answer another(Order order, Erasure erasure, CrmRecord record) {
    return switch (search.byKey(order, erasure.customer())) {
      case Found.It(var other) when !other.id().equals(record.id()) -> erase(order, erasure, other);
      case Found.It _ -> Answer.laterForOne(LATE);
      case Found.Nobody() -> Answer.taken();
      case Found.Not(var answer) -> answer;
    };
  }
}
