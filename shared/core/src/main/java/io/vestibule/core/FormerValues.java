package io.vestibule.core;

import static java.util.Comparator.comparing;

import io.vestibule.core.CustomerRecord.Former;
import io.vestibule.core.CustomerRecord.Value;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What fields of a record had before: some of it, so that nobody's record grows without end. */
final class FormerValues {

  private static final int MOST_PER_FIELD = 5;

  /** In characters of JSON, of all fields together. */
  private static final int MOST_TOGETHER = 32 * 1024;

  private FormerValues() {}

  /**
   * Of two values of a field the one that was handed in last, with the other as a former one. The
   * same value that was kept by another consent, or by none, is another: a withdrawal takes one of
   * them only.
   */
  static Value merge(Value had, Value got) {
    var newest = got.at().isBefore(had.at()) ? had : got;
    var former =
        Stream.of(Stream.of(former(had), former(got)), had.before().stream(), got.before().stream())
            .flatMap(each -> each)
            .filter(it -> !isSame(it, newest))
            .sorted(comparing(Former::at))
            .distinct()
            .toList();
    return with(newest, former.subList(Math.max(0, former.size() - MOST_PER_FIELD), former.size()));
  }

  private static boolean isSame(Former former, Value newest) {
    return former.value().equals(newest.value())
        && Objects.equals(former.purpose(), newest.purpose());
  }

  private static Former former(Value value) {
    return new Former(
        value.value(), value.form(), value.source(), value.at(), value.purpose(), value.unknown());
  }

  private static Value with(Value value, List<Former> former) {
    return new Value(
        value.value(),
        value.form(),
        value.source(),
        value.at(),
        value.purpose(),
        former,
        value.unknown());
  }

  private static Value newest(List<Former> standing) {
    var last = standing.getLast();
    return new Value(
        last.value(),
        last.form(),
        last.source(),
        last.at(),
        last.purpose(),
        standing.subList(0, standing.size() - 1),
        last.unknown());
  }

  /**
   * The fields without the values whose consent is withdrawn. What went before one, and needs no
   * consent or has one that stands, is the field's value again.
   */
  static SortedMap<String, Value> standing(SortedMap<String, Value> fields, CustomerRecord record) {
    var kept = new TreeMap<String, Value>();
    fields.forEach(
        (name, value) -> {
          var standing =
              Stream.concat(value.before().stream(), Stream.of(former(value)))
                  .filter(it -> !record.isOver(it.purpose(), it.at()))
                  .toList();
          if (!standing.isEmpty()) {
            kept.put(name, newest(standing));
          }
        });
    return kept;
  }

  /** The oldest go until all of them are as long as they may be. */
  static SortedMap<String, Value> bounded(SortedMap<String, Value> fields) {
    var oldest =
        fields.values().stream()
            .flatMap(value -> value.before().stream())
            .sorted(comparing(Former::at))
            .toList();
    int length = oldest.stream().mapToInt(FormerValues::length).sum();
    var kept = new TreeMap<>(fields);
    for (int at = 0; length > MOST_TOGETHER; at++) {
      var gone = oldest.get(at);
      length -= length(gone);
      kept.replaceAll((_, value) -> without(value, gone));
    }
    return kept;
  }

  private static int length(Former former) {
    return former.value().toString().length();
  }

  private static Value without(Value value, Former gone) {
    return with(value, value.before().stream().filter(it -> !it.equals(gone)).toList());
  }
}
