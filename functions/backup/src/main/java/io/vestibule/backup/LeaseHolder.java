package io.vestibule.backup;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Runs;
import io.vestibule.core.Unknown;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The run that holds a lease, or held it last: the content of the lease's object.
 *
 * @param until when the run has ended, at the latest
 * @param failures how many runs before this one, in a row, died or failed
 * @param done whether the run has done its work
 * @param unknown what a later version has written; it stays in the object
 */
record LeaseHolder(
    String run, Instant until, int failures, boolean done, @Unknown Map<String, JsonNode> unknown) {

  /** How far apart two machines' clocks may be. */
  private static final Duration SKEW = Duration.ofMinutes(1);

  /**
   * What ends so many runs one after the other will end the next; each leaves locked objects. From
   * then on only who is called to begin anew tries, until one succeeds.
   */
  private static final int MOST_FAILURES = 5;

  LeaseHolder {
    requireNonNull(until);
  }

  /** If nobody can read who holds it, somebody does, for as long as a run can last. */
  static LeaseHolder unreadable(Instant writtenAt) {
    return new LeaseHolder("", writtenAt.plus(Runs.LONGEST).plus(SKEW), 0, false, Map.of());
  }

  /**
   * The next holder, which takes the lease over.
   *
   * @param last the holder before it; empty if there was none
   * @param end when Lambda ends the run, whatever it is doing
   */
  static LeaseHolder after(Optional<LeaseHolder> last, String run, Instant end) {
    return new LeaseHolder(
        run,
        end.plus(SKEW),
        last.map(LeaseHolder::failuresSince).orElse(0),
        false,
        last.map(LeaseHolder::unknown).orElseGet(Map::of));
  }

  /** Whether its run may still be at work. */
  boolean keepsOut(Instant now) {
    return !done && until.isAfter(now);
  }

  /** Whether nothing is to be made up for: all is done, or given up. */
  boolean leavesNothing(Instant now) {
    return done || (failuresSince() > MOST_FAILURES && !until.isAfter(now));
  }

  /** Whether this run is to make up for one that died or failed. */
  boolean makesUp() {
    return failures > 0 && failures <= MOST_FAILURES;
  }

  /** A run that never said how it ended was killed; it counts like one that failed. */
  private int failuresSince() {
    return done ? 0 : 1 + failures;
  }

  /** As if this run had not been. */
  LeaseHolder unchanged(Instant now) {
    return new LeaseHolder(run, now, Math.max(failures - 1, 0), failures == 0, unknown);
  }

  LeaseHolder ended(Instant now, boolean isDone) {
    return new LeaseHolder(run, now, failures, isDone, unknown);
  }
}
