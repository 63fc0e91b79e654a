package io.vestibule.deletion.behalf;

import io.vestibule.core.DataRequest;
import io.vestibule.core.DataRequest.Kind;
import io.vestibule.core.OperatorCode;
import io.vestibule.keys.SubmissionOpener;
import io.vestibule.keys.SubmissionOpener.Opened;
import io.vestibule.store.rows.EnteredRequests;
import io.vestibule.store.rows.EnteredRequests.Waiting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets an erasure begin that one person has entered, and another one confirms. */
public final class ConfirmEntered {

  private static final String CONFIRMED = "confirmed";

  private static final Logger LOG = LoggerFactory.getLogger(ConfirmEntered.class);

  private final SubmissionOpener opener;
  private final Decide decide;
  private final Terms terms;
  private final BehalfAudit audit;
  private final EnteredRequests requests;

  public ConfirmEntered(
      SubmissionOpener opener,
      Decide decide,
      Terms terms,
      BehalfAudit audit,
      EnteredRequests requests) {
    this.opener = opener;
    this.decide = decide;
    this.terms = terms;
    this.audit = audit;
    this.requests = requests;
  }

  /**
   * Confirms it. The audit says before who asks to, and afterwards what came of it. Whether there
   * is a legal hold is asked later, on the very row that is deleted.
   *
   * @param by the invocation, for the audit
   * @return {@code confirmed}; {@code gone} if it does not wait any more; {@code same-person} for
   *     whoever has entered it; {@code enough} if too many were erased so today; {@code forged} if
   *     nobody of ours has entered it so
   */
  public String run(ConfirmOrder order, String by) {
    audit.asksToConfirm(order, by);
    var outcome =
        requests.waiting(order.request()).map(it -> confirm(it, order, by)).orElse("gone");
    if (!outcome.equals(CONFIRMED)) {
      audit.refused(order, outcome, by);
    }
    return outcome;
  }

  private String confirm(Waiting request, ConfirmOrder order, String by) {
    try {
      var opened = opener.open(request.row());
      if (!isOurs(request, opened)) {
        LOG.error("Nobody of ours has entered it so", OperatorCode.ENTERED_FORGED.entry());
        return "forged";
      }
      if (decide.isBy(request.row(), request.entered(), order.by())) {
        LOG.warn("Whoever entered it cannot confirm it", OperatorCode.SAME_PERSON.entry());
        return "same-person";
      }
      return audit.hasRoom(request.row().id(), Kind.ERASE)
          ? confirm(request, opened, order, by)
          : "enough";
    } catch (SubmissionOpener.Unreadable e) {
      return "forged"; // The log has said why.
    }
  }

  private boolean isOurs(Waiting request, Opened opened) {
    return DataRequest.of(opened.content().fields())
            .filter(it -> it.kind() == Kind.ERASE)
            .isPresent()
        && decide.isEntered(request.row(), opened.content(), request.behalf(), request.entered());
  }

  private String confirm(Waiting request, Opened opened, ConfirmOrder order, String by) {
    var pressed = decide.pressed(request.row(), opened.content(), opened.address());
    var behalf = request.behalf().confirmed(order.role());
    var told = audit.confirmed(order, by);
    return requests.confirm(request, behalf, pressed, terms.now(), told) ? CONFIRMED : "gone";
  }
}
