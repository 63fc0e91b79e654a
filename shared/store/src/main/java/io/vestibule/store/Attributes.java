package io.vestibule.store;

import io.vestibule.core.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Values and expressions, as DynamoDB takes them. */
public final class Attributes {

  private static final Pattern PLACEHOLDER = Pattern.compile("#(\\w+)");

  private Attributes() {}

  public static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  public static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  public static AttributeValue bytes(byte[] value) {
    return AttributeValue.fromB(SdkBytes.fromByteArray(value));
  }

  public static AttributeValue time(Instant value) {
    return text(Timestamp.of(value));
  }

  /** A time to live: DynamoDB wants whole seconds. */
  public static AttributeValue seconds(Instant value) {
    return number(value.getEpochSecond());
  }

  /**
   * The names for an expression that writes every attribute as {@code #name}: DynamoDB reserves
   * some 570 words, and so none of them needs to be known here.
   */
  public static Map<String, String> names(String... expressions) {
    var names = new HashMap<String, String>();
    for (String expression : expressions) {
      PLACEHOLDER
          .matcher(expression)
          .results()
          .forEach(match -> names.put(match.group(), match.group(1)));
    }
    return names;
  }

  public static Optional<String> text(Map<String, AttributeValue> item, String name) {
    return Optional.ofNullable(item.get(name)).map(AttributeValue::s);
  }

  public static Optional<byte[]> bytes(Map<String, AttributeValue> item, String name) {
    return Optional.ofNullable(item.get(name)).map(AttributeValue::b).map(SdkBytes::asByteArray);
  }

  public static Optional<Integer> number(Map<String, AttributeValue> item, String name) {
    return Optional.ofNullable(item.get(name)).map(AttributeValue::n).map(Integer::valueOf);
  }

  public static Optional<Instant> time(Map<String, AttributeValue> item, String name) {
    return text(item, name).map(Timestamp::parse);
  }

  /** A time that strangers may have written; empty if it is none, too. */
  public static Optional<Instant> anyTime(Map<String, AttributeValue> item, String name) {
    try {
      return time(item, name);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** A time to live. */
  public static Optional<Instant> seconds(Map<String, AttributeValue> item, String name) {
    return Optional.ofNullable(item.get(name))
        .map(AttributeValue::n)
        .map(Long::valueOf)
        .map(Instant::ofEpochSecond);
  }

  /** A value that the writer of the item always writes. */
  public static <T> T required(Optional<T> value, String name) {
    return value.orElseThrow(() -> new IllegalStateException("an item without " + name));
  }
}
