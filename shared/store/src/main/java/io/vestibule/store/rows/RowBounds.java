package io.vestibule.store.rows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The sizes that no row of ours comes near. Public functions can write columns of any size, up to
 * the 400 KB of an item, and a row that has no room left takes no change.
 */
final class RowBounds {

  /** Bytes: a post is 64 KB at most. What is below can still take everything that we add. */
  private static final int MOST = 256 * 1024;

  /** Bytes: what is longer is no name of ours, and DynamoDB takes no key of more than 2,048. */
  private static final int MOST_OF_A_NAME = 256;

  private RowBounds() {}

  /** Whether a row, or what was read of it, is larger than any of ours. */
  static boolean isOversized(Map<String, AttributeValue> item) {
    return size(item) > MOST;
  }

  /** Whether a text can be the name of a form or of a key. */
  static boolean isName(String text) {
    return !text.isEmpty() && bytes(text) <= MOST_OF_A_NAME;
  }

  /** Bytes, as DynamoDB counts them, but for a few bytes a value. */
  private static long size(Map<String, AttributeValue> item) {
    return item.entrySet().stream()
        .mapToLong(column -> bytes(column.getKey()) + size(column.getValue()))
        .sum();
  }

  private static long size(AttributeValue value) {
    return switch (value.type()) {
      case S -> bytes(value.s());
      case B -> value.b().asByteArrayUnsafe().length;
      case N -> value.n().length();
      case SS -> value.ss().stream().mapToLong(RowBounds::bytes).sum();
      case NS -> value.ns().stream().mapToLong(RowBounds::bytes).sum();
      case BS -> value.bs().stream().mapToLong(it -> it.asByteArrayUnsafe().length).sum();
      case L -> size(value.l());
      case M -> size(value.m());
      case BOOL, NUL, UNKNOWN_TO_SDK_VERSION -> 1;
    };
  }

  private static long size(List<AttributeValue> values) {
    return values.stream().mapToLong(value -> 1 + size(value)).sum();
  }

  private static long bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
