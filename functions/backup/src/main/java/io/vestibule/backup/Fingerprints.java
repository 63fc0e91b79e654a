package io.vestibule.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vestibule.core.Sha256;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Many numbers of customers in little memory: 8 bytes of the SHA-256 of each. That two of a million
 * are taken for one happens once in some millions of times.
 */
public final class Fingerprints {

  private final long[] sorted;
  private final BitSet met;

  /** Takes what {@link #of} made of numbers. */
  public Fingerprints(LongStream fingerprints) {
    this.sorted = fingerprints.sorted().toArray();
    this.met = new BitSet(sorted.length);
  }

  public static long[] of(Stream<String> numbers) {
    return numbers.mapToLong(Fingerprints::of).toArray();
  }

  private static long of(String number) {
    return ByteBuffer.wrap(Sha256.of(number.getBytes(UTF_8))).getLong();
  }

  /** Whether a number is there. */
  public boolean has(String number) {
    return Arrays.binarySearch(sorted, of(number)) >= 0;
  }

  /**
   * Looks for a number and remembers that it was met.
   *
   * @return whether it is there
   */
  public synchronized boolean meet(String number) {
    int place = Arrays.binarySearch(sorted, of(number));
    if (place >= 0) {
      met.set(place);
    }
    return place >= 0;
  }

  /** Whether the number is there and was never met. */
  public synchronized boolean waitsFor(String number) {
    int place = Arrays.binarySearch(sorted, of(number));
    return place >= 0 && !met.get(place);
  }

  /** Whether all were met. */
  public synchronized boolean isAllMet() {
    return met.cardinality() == sorted.length;
  }
}
