package io.vestibule.deletion.behalf;

import io.vestibule.core.Behalf;
import io.vestibule.core.DataRequest.Kind;
import io.vestibule.core.Destination;
import io.vestibule.core.RowId;
import io.vestibule.deletion.behalf.SealRequest.Sealed;
import io.vestibule.deletion.behalf.WhoAsks.Asker;
import io.vestibule.store.rows.EnteredRequests;
import io.vestibule.store.rows.NewEntered;
import java.security.SecureRandom;
import java.util.Map;

/**
 * Enters what somebody asks for who wrote a letter, or rang up. From then on it is a request as any
 * other. A copy goes to nobody but the mailbox that they confirmed: so its link is mailed there. A
 * withdrawal is answered at once, and an erasure once a second person has confirmed it.
 */
public final class EnterRequest {

  private final WhoAsks whoAsks;
  private final SealRequest sealRequest;
  private final Decide decide;
  private final Terms terms;
  private final BehalfAudit audit;
  private final EnteredRequests requests;
  private final SecureRandom random;

  public EnterRequest(
      WhoAsks whoAsks,
      SealRequest sealRequest,
      Decide decide,
      Terms terms,
      BehalfAudit audit,
      EnteredRequests requests,
      SecureRandom random) {
    this.whoAsks = whoAsks;
    this.sealRequest = sealRequest;
    this.decide = decide;
    this.terms = terms;
    this.audit = audit;
    this.requests = requests;
    this.random = random;
  }

  /**
   * Enters it. The audit says before who orders it, and has with the request that it is entered.
   *
   * @param by the invocation, for the audit
   * @return {@code outcome}: {@code mailed}, {@code entered} or {@code waiting}, with {@code
   *     request}, its number; {@code repeated} if there is one of that number; {@code unknown} if
   *     there is no such customer; {@code day} if nobody can have asked on that day; {@code enough}
   *     if as many of its kind are done so today as may be
   * @throws IllegalArgumentException if the form takes no such deed
   * @throws IllegalStateException if what is stored of the customer cannot be read
   */
  public Map<String, String> run(AskOrder order, String by) {
    if (!terms.isPossible(order.received())) {
      return Map.of("outcome", "day");
    }
    var id = order.id().orElseGet(() -> RowId.random(Destination.DELETION, random));
    audit.ordered(id, order, by);
    return whoAsks
        .find(order)
        .map(who -> answer(id, order, who, by))
        .orElseGet(() -> Map.of("outcome", "unknown"));
  }

  private Map<String, String> answer(RowId id, AskOrder order, Asker who, String by) {
    return waits(order) || audit.hasRoom(id, order.deed().kind())
        ? Map.of("outcome", enter(id, order, who, by), "request", id.value())
        : Map.of("outcome", "enough");
  }

  /** An erasure, for a second person: nothing is done yet, so nothing counts. */
  private static boolean waits(AskOrder order) {
    return order.deed().kind() == Kind.ERASE && !order.isAlone();
  }

  private String enter(RowId id, AskOrder order, Asker who, String by) {
    var sealed = seal(id, order, who);
    var behalf = Behalf.entered(order.channel(), order.role());
    var request =
        new NewEntered(
            id,
            sealed.form().name(),
            sealed.ciphertext(),
            behalf,
            sealed.content().receivedAt(),
            terms.now());
    var told = audit.entered(id, order, by);
    boolean isNew;
    String outcome;
    if (order.deed().kind() == Kind.ACCESS) {
      isNew = requests.addToBeMailed(request, told);
      outcome = "mailed";
    } else if (waits(order)) {
      var entered =
          decide.entered(request.row(), sealed.content(), who.address(), behalf, order.by());
      isNew = requests.addWaiting(request, entered, told);
      outcome = "waiting";
    } else {
      var pressed = decide.pressed(request.row(), sealed.content(), who.address());
      isNew = requests.addConfirmed(request, pressed, told);
      outcome = "entered";
    }
    return isNew ? outcome : "repeated";
  }

  private Sealed seal(RowId id, AskOrder order, Asker who) {
    var language = order.language().isEmpty() ? who.language().orElse("") : order.language();
    var receivedAt = terms.beginOf(order.received());
    return sealRequest.seal(id, who.address(), order.deed(), order.channel(), language, receivedAt);
  }
}
