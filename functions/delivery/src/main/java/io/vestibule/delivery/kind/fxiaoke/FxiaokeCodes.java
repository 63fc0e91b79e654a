package io.vestibule.delivery.kind.fxiaoke;

import io.vestibule.delivery.kind.Answer;
import io.vestibule.delivery.kind.Order;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/** What follows from Fxiaoke's numbers. */
final class FxiaokeCodes {

  static final int TOKEN_EXPIRED = 20_005;
  static final int TOKEN_REFUSED = 20_016;

  /** The API package is used up until the day ends. */
  static final int QUOTA_GONE = 30_002;

  /** Both limits of its papers are of twenty seconds. */
  private static final Duration SOON = Duration.ofSeconds(20);

  /** Its clock is not ours. */
  private static final Duration AFTER_MIDNIGHT = Duration.ofMinutes(1);

  private FxiaokeCodes() {}

  static Answer answer(int code, Order order) {
    var ours = "fxiaoke-" + code;
    return switch (code) {
      case -1, -2, 50_009 -> Answer.later("fxiaoke-busy");
      case 14_001, 30_004 -> new Answer.Later(Optional.of(SOON), ours);
      case QUOTA_GONE -> new Answer.Later(Optional.of(untilMidnight(order)), ours);
      case TOKEN_EXPIRED, TOKEN_REFUSED -> new Answer.Stopped("refused-credentials");
      // The app, its package, its rights, or in whose name it calls: the same for everybody.
      case 10_006, 15_003, 20_006, 20_012, 20_015, 20_017, 20_020, 20_022, 30_003, 30_027 ->
          new Answer.Stopped(ours);
      default -> new Answer.Failed(ours, Optional.empty());
    };
  }

  private static Duration untilMidnight(Order order) {
    var zone = FxiaokeApi.fxiaoke(order).zone();
    return Duration.between(order.at(), midnight(order.at(), zone)).plus(AFTER_MIDNIGHT);
  }

  private static ZonedDateTime midnight(Instant now, ZoneId zone) {
    return now.atZone(zone).toLocalDate().plusDays(1).atStartOfDay(zone);
  }
}
