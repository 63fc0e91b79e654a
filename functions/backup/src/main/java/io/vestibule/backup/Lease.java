package io.vestibule.backup;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Lets one run at a time do a kind of work, by an object in the bucket that says until when. S3
 * decides who is first: it writes only where nothing is, or over what was seen.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html">Conditional
 *     writes</a>
 */
final class Lease {

  /** How far apart two machines' clocks may be. */
  private static final Duration SKEW = Duration.ofMinutes(1);

  /** What kills so many runs one after the other will kill the next; each leaves locked objects. */
  private static final int MOST_DEATHS = 3;

  private final Bucket bucket;
  private final String key;
  private final SecureRandom random;
  private final Clock clock;

  Lease(Bucket bucket, String name, SecureRandom random, Clock clock) {
    this.bucket = bucket;
    this.key = "leases/%s.json".formatted(name);
    this.random = random;
    this.clock = clock;
  }

  /**
   * What is in the object.
   *
   * @param deaths how many runs before this one, in a row, never gave the lease back
   */
  record Holder(String run, Instant until, int deaths) {

    Holder {
      requireNonNull(until);
    }
  }

  /** What only one run does at a time. */
  @FunctionalInterface
  interface Work<T> {

    /**
     * Does it.
     *
     * @param afterDeath whether the last run never gave the lease back, which is to be made up for
     */
    T run(boolean afterDeath);
  }

  /** Whether nobody is at it, and nobody died at it. */
  boolean isFree() {
    return bucket.look(key).isEmpty();
  }

  /**
   * Does a piece of work, and then lets others in. Who dies meanwhile keeps them out for as long as
   * they could have lived.
   *
   * @param longest after this Lambda ends the run, whatever it is doing
   * @return what came of it; empty if another run is at it, and nothing was done
   */
  <T> Optional<T> hold(Duration longest, Work<T> work) {
    Instant now = clock.instant();
    var last = bucket.look(key);
    var holder = last.flatMap(Lease::holder);
    boolean isHeld = holder.filter(it -> it.until().isAfter(now)).isPresent();
    int deaths = last.isEmpty() ? 0 : 1 + holder.map(Holder::deaths).orElse(0);
    if (isHeld || !take(last, now.plus(longest), deaths)) {
      return Optional.empty();
    }
    try (Held _ = () -> bucket.delete(key)) {
      return Optional.of(work.run(deaths > 0 && deaths <= MOST_DEATHS));
    }
  }

  private static Optional<Holder> holder(ResponseBytes<GetObjectResponse> object) {
    return JsonDocument.read(object.asByteArray(), Holder.class);
  }

  private boolean take(Optional<ResponseBytes<GetObjectResponse>> last, Instant end, int deaths) {
    var holder = new Holder(Long.toHexString(random.nextLong()), end.plus(SKEW), deaths);
    byte[] mine = JsonDocument.of(holder);
    return bucket.putOver(key, last.map(object -> object.response().eTag()), mine) || isThere(mine);
  }

  /** A write is refused, too, when it took effect and its answer was lost. */
  private boolean isThere(byte[] mine) {
    return bucket.find(key).filter(content -> Arrays.equals(content, mine)).isPresent();
  }

  /** To be given back however the work ends. */
  private interface Held extends AutoCloseable {
    @Override
    void close();
  }
}
