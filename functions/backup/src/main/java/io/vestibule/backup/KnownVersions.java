package io.vestibule.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vestibule.core.Sha256;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Versions of many keys' rows in little memory: 8 bytes each, of which 44 bits are of the SHA-256
 * of the number. Of a million numbers, two are taken for one in one of 35 times; nothing but a
 * count depends on it.
 */
public final class KnownVersions {

  private static final int VERSION_BITS = 20;
  private static final long VERSION = (1L << VERSION_BITS) - 1;
  private static final Pattern DIGITS = Pattern.compile("[1-9][0-9]{0,8}");

  private final long[] sorted;

  /** Takes what {@link #of} made of items. */
  KnownVersions(LongStream packed) {
    this.sorted = packed.sorted().toArray();
  }

  /** Items without a version are left out, and so are those that name nobody. */
  static long[] of(Stream<Map<String, AttributeValue>> items) {
    return items.flatMap(item -> packed(item).stream()).mapToLong(Long::longValue).toArray();
  }

  /** Below 0 if a record is older than its key's row, above 0 if it is newer. */
  int age(Map<String, AttributeValue> customer) {
    long number = number(CustomerId.of(customer));
    int found = Arrays.binarySearch(sorted, number);
    int place = found < 0 ? -found - 1 : found;
    return place < sorted.length && (sorted[place] & ~VERSION) == number
        ? version(customer).map(it -> Long.compare(it, sorted[place] & VERSION)).orElse(0)
        : 0;
  }

  private static Optional<Long> packed(Map<String, AttributeValue> item) {
    return CustomerId.find(item)
        .flatMap(customerId -> version(item).map(it -> number(customerId) | it));
  }

  private static long number(String customerId) {
    return ByteBuffer.wrap(Sha256.of(customerId.getBytes(UTF_8))).getLong() & ~VERSION;
  }

  private static Optional<Long> version(Map<String, AttributeValue> item) {
    return Optional.ofNullable(item.get("version"))
        .map(AttributeValue::n)
        .filter(digits -> DIGITS.matcher(digits).matches())
        .map(digits -> Math.min(Long.parseLong(digits), VERSION));
  }
}
