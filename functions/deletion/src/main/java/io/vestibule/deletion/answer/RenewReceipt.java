package io.vestibule.deletion.answer;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.vestibule.core.Awaited;
import io.vestibule.core.Passed;
import io.vestibule.core.Receipt;
import io.vestibule.deletion.erase.PassedOn;
import io.vestibule.keys.SubmissionOpener.Unreadable;
import io.vestibule.store.rows.AwaitingRequest;
import io.vestibule.store.rows.ConfirmedRequests;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes the next receipt of a request when one more has answered of those to whom something was
 * passed on.
 *
 * <p>Who counts answers can neither sign, nor open what is kept for the next receipt. So a count
 * only has the table of recipients looked at. If that says nothing new, nothing is signed, and the
 * row stays as it is.
 */
public final class RenewReceipt {

  /** More than anybody has targets: who has more made has taken over the delivery. */
  private static final int MOST = 100;

  private final ConfirmedRequests requests;
  private final SignedReceipts signed;
  private final PassedOn passedOn;
  private final Clock clock;

  public RenewReceipt(
      ConfirmedRequests requests, SignedReceipts signed, PassedOn passedOn, Clock clock) {
    this.requests = requests;
    this.signed = signed;
    this.passedOn = passedOn;
    this.clock = clock;
  }

  /**
   * Makes it, if there is anything new to be told.
   *
   * @return the receipt, if one was made
   * @throws Unreadable if what the row has for it was not put there by us
   */
  Optional<Receipt> renew(AwaitingRequest request) throws Unreadable {
    var awaited = signed.awaitedSeal().open(request.id(), request.awaits());
    return awaited.answers().equals(request.answers()) ? Optional.empty() : renew(request, awaited);
  }

  private Optional<Receipt> renew(AwaitingRequest request, Awaited awaited) {
    return Receipt.parse(awaited.receipt())
        .filter(before -> before.number() < MOST)
        .flatMap(before -> next(before, awaited))
        .filter(next -> requests.apply(signed.renew(request, awaited, next)));
  }

  /**
   * Empty if there is nothing new: whoever has answered before still has. If nobody was awaited by
   * name, a withdrawal was to find out who was told last; whoever was is found now, and if nobody
   * was, this ends the wait.
   */
  private Optional<Receipt> next(Receipt before, Awaited awaited) {
    var answers = all(before, answers(awaited));
    var now = clock.instant();
    return answers.equals(before.passedOn()) && before.awaitsAnswers()
        ? Optional.empty()
        : Optional.of(
            before.renewed(awaited.receipt(), answers, Receipts.left(before, answers, now), now));
  }

  /**
   * Whoever the receipt before names stays in it, though somebody took their row away: they were
   * told, and are still awaited.
   */
  private static List<Passed> all(Receipt before, List<Passed> answers) {
    var named = answers.stream().map(Passed::recipient).collect(toUnmodifiableSet());
    var gone = before.passedOn().stream().filter(it -> !named.contains(it.recipient()));
    var found = answers.stream().map(it -> before.answered(it).orElse(it));
    return Stream.concat(found, gone).sorted(Comparator.comparing(Passed::recipient)).toList();
  }

  private List<Passed> answers(Awaited awaited) {
    return Optional.ofNullable(awaited.withdrawal())
        .map(it -> passedOn.withdrawn(awaited.customerId(), it))
        .orElseGet(() -> passedOn.erased(awaited.customerId()));
  }
}
