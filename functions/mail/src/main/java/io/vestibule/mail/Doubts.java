package io.vestibule.mail;

import io.vestibule.core.RowId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What this environment knows of mails that SES refuses without saying whether it is the mail's
 * fault or the account's. A mail that is refused while others are taken, and again after more were
 * taken, is at fault itself: one such refusal may be the first of another outage.
 *
 * <p>Nobody may wait for long behind such a mail: after some tries it is left to the reconciler,
 * and the mails behind it show what it is. What is forgotten with the environment costs a few tries
 * more.
 */
final class Doubts {

  /** How often a record comes again before the mails behind it have their turn. */
  static final int TRIES = 5;

  /** How often SES has to refuse a mail right after it took others. */
  private static final int AGAINST_IT = 2;

  /** As many as the reconciler wakes in one run. */
  private static final int MOST = 1_000;

  private final Map<RowId, Doubt> byRow =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<RowId, Doubt> eldest) {
          return size() > MOST;
        }
      };

  private long taken;

  /**
   * What is known of one mail.
   *
   * @param tries how often SES has refused it
   * @param takenBefore how many mails SES had taken when it refused this one last
   * @param against how many refusals came after SES had taken others since the refusal before
   */
  private record Doubt(int tries, long takenBefore, int against) {

    Doubt refused(long taken) {
      return new Doubt(tries + 1, taken, taken > takenBefore ? against + 1 : against);
    }
  }

  /** What to do with a mail that is refused. */
  enum Verdict {
    /** Try again at once. */
    AGAIN,
    /** Try again later, after others. */
    LATER,
    /** SES takes others: it is this mail's fault. */
    NEVER
  }

  /** SES has taken a mail. */
  synchronized void taken() {
    taken++;
  }

  /** SES has refused the mail of a row. */
  synchronized Verdict refused(RowId row) {
    var now = byRow.getOrDefault(row, new Doubt(0, taken, 0)).refused(taken);
    byRow.put(row, now);
    if (now.tries() < TRIES) {
      return Verdict.AGAIN;
    }
    if (now.against() < AGAINST_IT) {
      return Verdict.LATER;
    }
    byRow.remove(row);
    return Verdict.NEVER;
  }
}
