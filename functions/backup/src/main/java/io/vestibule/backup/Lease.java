package io.vestibule.backup;

import io.vestibule.core.OperatorCode;
import io.vestibule.store.Redacted;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
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
    return bucket.look(key).map(Lease::holder).stream()
        .allMatch(last -> last.leavesNothing(clock.instant()));
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
    if (holder.filter(it -> it.keepsOut(now)).isPresent()) {
      return Optional.empty();
    }
    var mine = LeaseHolder.after(holder, Long.toHexString(random.nextLong()), now.plus(longest));
    var etag = take(last.map(object -> object.response().eTag()), mine);
    if (etag.isEmpty()) {
      return Optional.empty();
    }
    try (var held = new Held(mine, etag.get())) {
      var result = work.run(mine.makesUp());
      held.end = result.done() ? then -> mine.ended(then, true) : mine::unchanged;
      return Optional.of(result.answer());
    }
  }

  private static LeaseHolder holder(ResponseBytes<GetObjectResponse> object) {
    return JsonDocument.read(object.asByteArray(), LeaseHolder.class)
        .orElseGet(() -> LeaseHolder.unreadable(object.response().lastModified()));
  }

  /** Writes over what was seen; refused, too, when it took effect and its answer was lost. */
  private Optional<String> take(Optional<String> seen, LeaseHolder mine) {
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
    private Function<Instant, LeaseHolder> end;

    Held(LeaseHolder mine, String etag) {
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
