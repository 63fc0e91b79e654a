package io.vestibule.upkeep;

import io.vestibule.core.Destination;
import io.vestibule.store.rows.OpenRow;
import io.vestibule.store.rows.OpenSubmissions;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The requests that a run finds waiting for their mailbox's day, newest first, and whose turn it
 * is.
 *
 * <p>Any link of a request serves every right, so of several of one sender the newest is enough.
 * Else whoever posts a hundred times in somebody's name would have them mailed for weeks. But one
 * gives way only to a newer one that was mailed, never to one that waits itself: else whoever posts
 * once a day would keep all of them from being mailed, and the alarm from seeing it.
 */
final class WaitingRequests {

  /** How many newer requests of a sender are looked at; what is beyond them costs a mail. */
  private static final int MOST_NEWER = 100;

  private final OpenSubmissions submissions;
  private final Map<String, Turn> bySender = new HashMap<>();

  WaitingRequests(OpenSubmissions submissions) {
    this.submissions = submissions;
  }

  /** Whose turn it is, of one sender's. */
  enum Turn {
    /** The row's own; or it waits for nothing of the kind. */
    ITS_OWN,
    /** That of a newer one, which waits or is on its way. */
    ANOTHERS,
    /** A newer one was mailed. */
    OVER
  }

  Turn of(OpenRow row, Instant now) {
    if (!isOne(row)) {
      return Turn.ITS_OWN;
    }
    var sender = row.emailIndex().orElseThrow();
    if (!bySender.containsKey(sender)) {
      var first = ofNewest(row, sender, now);
      bySender.put(sender, first == Turn.OVER ? Turn.OVER : Turn.ANOTHERS);
      return first;
    }
    return bySender.get(sender);
  }

  private static boolean isOne(OpenRow row) {
    return row.id().destination() == Destination.DELETION
        && row.emailIndex().isPresent()
        && NextSteps.waitsForItsDay(row);
  }

  private Turn ofNewest(OpenRow row, String sender, Instant now) {
    if (!NextSteps.isItsDayOver(row, now)) {
      return Turn.ITS_OWN;
    }
    boolean isOnItsWay = false;
    for (var newer : submissions.newerOf(sender, row.createdAt(), MOST_NEWER)) {
      switch (newer.status()) {
        case MAILED, ERASING, DONE -> {
          return Turn.OVER;
        }
        // What is pressed may be disowned: deletion tells.
        case PENDING, MAILING, VERIFIED -> isOnItsWay |= !NextSteps.hasEnded(newer, now);
        case HELD, ERASED, EXPIRED -> {}
      }
    }
    return isOnItsWay ? Turn.ANOTHERS : Turn.ITS_OWN;
  }
}
