package io.vestibule.delivery.kind;

import io.vestibule.delivery.egress.Reply;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** What the status of an answer means, of whatever partner it is. */
public final class Statuses {

  private static final int OK = 200;
  private static final int MULTIPLE_CHOICES = 300;

  private Statuses() {}

  /** What came of a call, as far as its status says it. */
  public static Answer answer(Reply reply, Instant now) {
    return switch (reply) {
      case Reply.Answered answered -> answer(answered, now);
      case Reply.NoAnswer() -> Answer.later("no-answer");
      case Reply.NotPublic() -> new Answer.Stopped("not-public");
    };
  }

  private static Answer answer(Reply.Answered reply, Instant now) {
    if (reply.status() >= OK && reply.status() < MULTIPLE_CHOICES) {
      return Answer.taken();
    }
    String code = "status-" + reply.status();
    return switch (reply.status()) {
      case 401, 403 -> new Answer.Stopped("refused-credentials");
      case 410 -> new Answer.Stopped("gone");
      // About what was sent, so about one person: others may pass.
      case 400, 413, 415, 422 -> Answer.failed(code);
      // Redirects too, which are never followed: the owner can mend the address.
      default -> new Answer.Later(reply.retryAfter().flatMap(text -> delay(text, now)), code);
    };
  }

  /** RFC 9110, section 10.2.3: seconds, or a date. */
  static Optional<Duration> delay(String retryAfter, Instant now) {
    try {
      var delay =
          retryAfter.matches("[0-9]{1,9}")
              ? Duration.ofSeconds(Long.parseLong(retryAfter))
              : Duration.between(
                  now,
                  ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME)
                      .toInstant());
      return Optional.of(delay).filter(Duration::isPositive);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
