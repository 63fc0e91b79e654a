package io.vestibule.backup;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.OperatorCode;
import io.vestibule.core.Unknown;
import io.vestibule.store.Redacted;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Lets one run at a time do a kind of work, by an object in the bucket that says until when. S3
 * decides who is first: it writes only where nothing is, or over what was seen.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html">Conditional
 *     writes</a>
 */
public final class Lease {

  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

  /** Lambda lets no run last longer. */
  private static final Duration LONGEST_RUN = Duration.ofMinutes(15);

  /** How far apart two machines' clocks may be. */
  private static final Duration SKEW = Duration.ofMinutes(1);

  /**
   * After so many runs in a row that died or failed, the next would too, and each leaves locked
   * objects. From then on only runs that are called to begin anew try, until one succeeds.
   */
  private static final int MOST_FAILURES = 5;

  private final Bucket bucket;
  private final String key;
  private final SecureRandom random;
  private final Clock clock;

  public Lease(Bucket bucket, String name, SecureRandom random, Clock clock) {
    this.bucket = bucket;
    this.key = "leases/%s.json".formatted(name);
    this.random = random;
    this.clock = clock;
  }

  /**
   * What is in the object.
   *
   * @param until when the run has ended, at the latest
   * @param failures how many runs before this one, in a row, died or failed
   * @param done whether the run has done its work
   * @param unknown what a later version has written; it stays in the object
   */
  record Holder(
      String run,
      Instant until,
      int failures,
      boolean done,
      @Unknown Map<String, JsonNode> unknown) {

    Holder {
      requireNonNull(until);
    }

    /** A lease that cannot be read counts as held, for as long as a run can last. */
    static Holder unreadable(Instant writtenAt) {
      return new Holder("", writtenAt.plus(LONGEST_RUN).plus(SKEW), 0, false, Map.of());
    }

    /** A run that never said how it ended was killed; it counts like one that failed. */
    int failuresSince() {
      return done ? 0 : 1 + failures;
    }

    boolean hasBeenGivenUp() {
      return failuresSince() > MOST_FAILURES;
    }

    /** As if this run had not been. */
    Holder unchanged(Instant now) {
      return new Holder(run, now, Math.max(failures - 1, 0), failures == 0, unknown);
    }

    Holder ended(Instant now, boolean isDone) {
      return new Holder(run, now, failures, isDone, unknown);
    }
  }

  /**
   * What came of a run.
   *
   * @param done whether the work is done; if not, what went wrong before still counts
   */
  public record Result<T>(T answer, boolean done) {}

  /** What only one run does at a time. */
  @FunctionalInterface
  public interface Work<T> {

    /**
     * Does it.
     *
     * @param afterFailure whether the last run died or failed, which is to be made up for
     */
    Result<T> run(boolean afterFailure);
  }

  /**
   * Whether no run holds the lease and nothing is to be made up for: the work is done, or given up.
   */
  public boolean isFree() {
    Instant now = clock.instant();
    var last = bucket.look(key);
    return last.isEmpty()
        || last.map(Lease::holder)
            .filter(it -> it.done() || (it.hasBeenGivenUp() && !it.until().isAfter(now)))
            .isPresent();
  }

  /**
   * Does a piece of work and then gives the lease back, also if the work fails. If the run dies
   * meanwhile, its lease keeps other runs out until its longest possible duration has passed.
   *
   * @param longest the time after which Lambda ends the run, whatever it is doing
   * @return what came of it; empty if another run is at it, and nothing was done
   */
  public <T> Optional<T> hold(Duration longest, Work<T> work) {
    Instant now = clock.instant();
    var last = bucket.look(key);
    var holder = last.map(Lease::holder);
    if (holder.filter(it -> !it.done() && it.until().isAfter(now)).isPresent()) {
      return Optional.empty();
    }
    int failures = holder.map(Holder::failuresSince).orElse(0);
    var mine =
        new Holder(
            Long.toHexString(random.nextLong()),
            now.plus(longest).plus(SKEW),
            failures,
            false,
            holder.map(Holder::unknown).orElseGet(Map::of));
    var etag = take(last.map(object -> object.response().eTag()), mine);
    if (etag.isEmpty()) {
      return Optional.empty();
    }
    try (var held = new Held(mine, etag.get())) {
      var result = work.run(failures > 0 && failures <= MOST_FAILURES);
      held.end = result.done() ? then -> mine.ended(then, true) : mine::unchanged;
      return Optional.of(result.answer());
    }
  }

  private static Holder holder(ResponseBytes<GetObjectResponse> object) {
    return JsonDocument.read(object.asByteArray(), Holder.class)
        .orElseGet(() -> Holder.unreadable(object.response().lastModified()));
  }

  /** Writes over what was seen; refused, too, when it took effect and its answer was lost. */
  private Optional<String> take(Optional<String> seen, Holder mine) {
    byte[] content = JsonDocument.of(mine);
    return bucket
        .putOver(key, seen, content)
        .or(
            () ->
                bucket
                    .look(key)
                    .filter(object -> Arrays.equals(object.asByteArray(), content))
                    .map(object -> object.response().eTag()));
  }

  /** A lease that is ours, to be given back however the work ends. */
  private final class Held implements AutoCloseable {

    private final String etag;
    private Function<Instant, Holder> end;

    Held(Holder mine, String etag) {
      this.etag = etag;
      this.end = now -> mine.ended(now, false);
    }

    /**
     * Writes only over what this run wrote: a run that has outlived its lease leaves that of the
     * next one alone. If S3 refuses, the work is done all the same, and the lease ends by itself.
     */
    @Override
    public void close() {
      try {
        var json = JsonDocument.of(end.apply(clock.instant()));
        var _ = bucket.putOver(key, Optional.of(etag), json);
      } catch (SdkException e) {
        LOG.warn(
            "The lease could not be given back",
            OperatorCode.LEASE_NOT_RETURNED.entry(),
            new Redacted(e));
      }
    }
  }
}
