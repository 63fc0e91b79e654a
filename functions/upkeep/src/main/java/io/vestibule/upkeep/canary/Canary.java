package io.vestibule.upkeep.canary;

import io.vestibule.core.OperatorCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Does what people do at the door: looks at a form, hands it in until a mail is sent, and opens a
 * link. Only the press is left out, as nobody can read the mail; {@link Round} has a mailbox.
 *
 * <p>It remembers nothing. Each flight hands in what the one before has handed in, too, under the
 * same key: the door answers with the row of then. So a mail that was slow is looked at once more,
 * and after an hour it is late.
 */
record Canary(Door door, String form, HourlyPost post, AwaitMail mails, Clock clock) {

  private static final int OK = 200;
  private static final int GONE = 410;
  private static final Duration HOUR = Duration.ofHours(1);

  /** What was wrong; empty if nothing was. */
  List<Trouble> fly() {
    var hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
    return Stream.of(formPage(), mail(hour.minus(HOUR), true), mail(hour, false), deadLink())
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<Trouble> formPage() {
    var page = door.formPage(form);
    return page.status() == OK && page.body().contains("name=\"_nonce\"")
        ? Optional.empty()
        : trouble(OperatorCode.CANARY_FORM, "the page of the form is none: " + page.status());
  }

  private Optional<Trouble> mail(Instant hour, boolean isDue) {
    return switch (post.of(hour)) {
      case HandIn.Result.Refused(int status) ->
          trouble(OperatorCode.CANARY_MAIL, "a post was refused: " + status);
      case HandIn.Result.Accepted(var id) ->
          switch (mails.of(id)) {
            case AwaitMail.Result.Mailed() -> Optional.empty();
            case AwaitMail.Result.Slow _ when !isDue -> Optional.empty();
            case AwaitMail.Result.Slow(var status) -> notMailed(status);
            case AwaitMail.Result.Never(var status) -> notMailed(status);
          };
    };
  }

  private static Optional<Trouble> notMailed(String status) {
    return trouble(OperatorCode.CANARY_MAIL, "no mail was sent, its row is " + status);
  }

  /** Leads on to the form: so it is our page, and not one of something that stands before us. */
  private Optional<Trouble> deadLink() {
    var page = door.deadLink(form);
    return page.status() == GONE && page.body().contains(Door.path(form))
        ? Optional.empty()
        : trouble(OperatorCode.CANARY_LINK, "the page of a dead link is none: " + page.status());
  }

  private static Optional<Trouble> trouble(OperatorCode code, String what) {
    return Optional.of(new Trouble(code, what));
  }
}
