package io.vestibule.backup;

import io.vestibule.core.Pause;
import java.time.Duration;

/**
 * A share of a table's read capacity. If a scan has read more than its share for the time that has
 * passed, it waits. The rest is left to the functions that serve people.
 */
public final class ReadBudget {

  private final int unitsPerSecond;
  private final Pause pause;
  private final long start;
  private double spent;

  public ReadBudget(int unitsPerSecond, Pause pause) {
    this.unitsPerSecond = unitsPerSecond;
    this.pause = pause;
    this.start = System.nanoTime();
  }

  /** Counts what was read, in read units of 4 KB, and waits until that much was due. */
  public void spend(double units) {
    pause.rest(ahead(units));
  }

  private synchronized Duration ahead(double units) {
    spent += units;
    var due = Duration.ofNanos((long) (spent / unitsPerSecond * 1e9));
    var ahead = due.minusNanos(System.nanoTime() - start);
    return ahead.isNegative() ? Duration.ZERO : ahead;
  }
}
