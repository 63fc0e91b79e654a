package io.vestibule.core;

import java.time.Instant;
import java.time.ZoneId;

/** The law by which the business answers requests, as far as it sets a time. */
public enum Law {
  /** One calendar month, which may be extended by two if the person is told in time: art. 12(3). */
  GDPR,
  /** 45 calendar days, whatever verifying takes: 11 CCR § 7021(b). */
  CCPA,
  /** "In a timely manner", articles 45 and 50: how long that is, the business says itself. */
  PIPL;

  private static final int CCPA_DAYS = 45;

  /**
   * Until when a request must be answered.
   *
   * @param receivedAt when it came in, confirmed or not: the time runs from there
   * @param zone where the business counts its days
   * @param piplDays what "timely" means to it
   */
  public Instant dueAt(Instant receivedAt, ZoneId zone, int piplDays) {
    var received = receivedAt.atZone(zone);
    return switch (this) {
      case GDPR -> received.plusMonths(1).toInstant();
      case CCPA -> received.plusDays(CCPA_DAYS).toInstant();
      case PIPL -> received.plusDays(piplDays).toInstant();
    };
  }
}
