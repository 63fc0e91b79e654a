package io.vestibule.verification;

import io.vestibule.core.Choice;
import io.vestibule.core.Destination;
import io.vestibule.core.LinkToken;
import io.vestibule.core.RowId;
import io.vestibule.store.rows.Submissions;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;

/**
 * Tells what a link is worth, of a submission or of a request, and writes the press of its button.
 *
 * <p>The press confirms nothing by itself: it leaves a proof that only someone who was shown the
 * token can compute, and the functions behind the door check it.
 */
final class ConfirmAddress {

  private final Destination destination;
  private final Submissions submissions;
  private final Clock clock;

  /**
   * Links of one kind.
   *
   * @param submissions their table: that of submissions, or that of requests
   */
  ConfirmAddress(Destination destination, Submissions submissions, Clock clock) {
    this.destination = destination;
    this.submissions = submissions;
    this.clock = clock;
  }

  /** Looks at a link, and changes nothing: mail scanners follow links too. */
  LinkWorth look(String id, String token) {
    return rowId(id)
        .flatMap(row -> LinkToken.parse(token).map(secret -> worth(row, secret)))
        .orElseGet(LinkWorth.Dead::new);
  }

  /**
   * Presses the button. Pressing it twice is no fault, and is answered kindly.
   *
   * @param decide what the press chooses, of a link that waits for it
   */
  LinkWorth press(String id, String token, Function<Submissions.Link, Decision> decide) {
    return rowId(id)
        .flatMap(row -> LinkToken.parse(token).map(secret -> press(row, secret, decide)))
        .orElseGet(LinkWorth.Dead::new);
  }

  private LinkWorth press(RowId id, LinkToken token, Function<Submissions.Link, Decision> decide) {
    var worth = worth(id, token);
    if (!(worth instanceof LinkWorth.Waiting(var of))) {
      return worth;
    }
    return switch (decide.apply(of)) {
      case Decision.Taken(var choice) -> press(id, of, token, choice);
      case Decision.Refused(var errors) -> new LinkWorth.Refused(of, errors);
    };
  }

  private LinkWorth press(RowId id, Submissions.Link of, LinkToken token, Choice choice) {
    if (submissions.press(id, of, token, choice, clock.instant())) {
      return new LinkWorth.Confirmed(of, choice);
    }
    // Between the look and the press the link ended, or somebody else pressed: look once more.
    var worth = worth(id, token);
    return worth instanceof LinkWorth.Waiting ? new LinkWorth.Dead() : worth;
  }

  /**
   * Asks for a new link beside those that were mailed, unless as many live as may. The caller is
   * not told whether there was one, because the id of a submission is no secret.
   */
  void resend(String id) {
    rowId(id)
        .ifPresent(
            row ->
                submissions
                    .link(row)
                    .ifPresent(link -> submissions.requestNewLink(row, link, clock.instant())));
  }

  private Optional<RowId> rowId(String id) {
    return RowId.parse(id).filter(row -> row.destination() == destination);
  }

  /** Only who has a token of the row's is told that another can be had: an id is no secret. */
  private LinkWorth worth(RowId id, LinkToken token) {
    return submissions
        .link(id)
        .flatMap(row -> row.of(token).map(link -> worth(row, link)))
        .orElseGet(LinkWorth.Dead::new);
  }

  private LinkWorth worth(Submissions.Link row, Submissions.Link link) {
    var worth = worth(link);
    return worth instanceof LinkWorth.Dead && row.canBeRenewed(clock.instant())
        ? new LinkWorth.Ended()
        : worth;
  }

  private LinkWorth worth(Submissions.Link link) {
    return switch (link.status()) {
      case MAILING, MAILED -> waiting(link);
      case PENDING -> link.isLive() ? waiting(link) : new LinkWorth.Dead();
      case VERIFIED, ERASING, DONE ->
          link.isDisowned() ? new LinkWorth.Disowned() : new LinkWorth.AlreadyConfirmed(link);
      case HELD, ERASED, EXPIRED -> new LinkWorth.Dead();
    };
  }

  private LinkWorth waiting(Submissions.Link link) {
    return link.expiresAt().filter(clock.instant()::isBefore).isPresent()
        ? new LinkWorth.Waiting(link)
        : new LinkWorth.Dead();
  }
}
