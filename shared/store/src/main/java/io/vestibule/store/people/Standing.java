package io.vestibule.store.people;

import static io.vestibule.store.Attributes.text;

import io.vestibule.store.people.Lookups.CardRow;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * How far staff are with an entry, as its row says.
 *
 * @param takenBy who sees to it: the id of a member of staff, or {@link #ofRole}; empty if it is
 *     not taken, or a version that did not write it down has taken it
 * @param tags ids of what staff have marked it with, {@link #MOST_TAGS} at most: whoever may write
 *     the row may have put anything there
 * @param asRead the columns as they are, whoever wrote them; empty of what is no row's
 */
public record Standing(
    EntryState state,
    Optional<String> takenBy,
    Set<String> tags,
    Map<String, AttributeValue> asRead) {

  /** Twice of what there can be at a time. With a row each, they fit into one transaction. */
  public static final int MOST_TAGS = 40;

  private static final Pattern TAG = Pattern.compile("[a-z][a-z0-9-]{0,19}");

  /** No id of a person has a colon. */
  private static final String ROLE = "role:";

  /**
   * Makes one. That somebody had it who has put it down says nothing: a version of before leaves
   * the column as it is.
   */
  public Standing {
    takenBy = state == EntryState.TAKEN ? takenBy : Optional.empty();
    tags = Set.copyOf(tags);
    asRead = Map.copyOf(asRead);
  }

  /** One that is no row's yet. */
  public Standing(EntryState state, Optional<String> takenBy, Set<String> tags) {
    this(state, takenBy, tags, Map.of());
  }

  /** Of an item; empty if it is none of ours. */
  public static Optional<Standing> of(Map<String, AttributeValue> item) {
    return text(item, "state")
        .flatMap(EntryState::of)
        .map(state -> new Standing(state, text(item, "takenBy"), tags(item), columns(item)));
  }

  private static Map<String, AttributeValue> columns(Map<String, AttributeValue> item) {
    var columns = new HashMap<>(item);
    columns.keySet().retainAll(Set.of("takenBy", "tags"));
    return columns;
  }

  /** The ids of what staff have marked an entry with. What cannot be one is left out. */
  public static Set<String> tags(Map<String, AttributeValue> item) {
    return Optional.ofNullable(item.get("tags")).map(AttributeValue::ss).stream()
        .flatMap(List::stream)
        .filter(Standing::isTag)
        .sorted()
        .limit(MOST_TAGS)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Whether a word can be the id of a tag. */
  public static boolean isTag(String word) {
    return TAG.matcher(word).matches();
  }

  /** What stands in the place of a person, if it was passed on to a role. */
  public static String ofRole(String role) {
    return ROLE + role;
  }

  /** The role that it was passed on to; empty if there is none, or somebody of it has taken it. */
  public Optional<String> role() {
    return takenBy.filter(it -> it.startsWith(ROLE)).map(it -> it.substring(ROLE.length()));
  }

  /** The same in another state, seen to by somebody else. */
  public Standing moved(EntryState to, String holder) {
    return new Standing(to, Optional.of(holder), tags, asRead);
  }

  /** The same with other tags: as many as there may be. */
  public Standing withTags(Set<String> others) {
    var fitting = others.stream().sorted().limit(MOST_TAGS).collect(Collectors.toSet());
    return new Standing(state, takenBy, fitting, asRead);
  }

  /** The lists in which it stands besides that of its form, by the end of the row's key. */
  Map<String, String> lists() {
    var lists = new TreeMap<String, String>();
    takenBy.ifPresent(it -> lists.put("#taken", CardRow.takenBy(it)));
    tags.forEach(it -> lists.put("#tag#" + it, CardRow.tagged(it, state)));
    return lists;
  }

  /** The keys of the rows that stand in a list either then or now, and in another then than now. */
  static List<String> changes(Map<String, String> then, Map<String, String> now) {
    return Stream.concat(then.keySet().stream(), now.keySet().stream())
        .distinct()
        .filter(it -> !Optional.ofNullable(then.get(it)).equals(Optional.ofNullable(now.get(it))))
        .sorted()
        .toList();
  }

  /** That a row is as it was read. */
  String condition() {
    return "#state = :state" + (state == EntryState.TAKEN ? is("takenBy") : "") + is("tags");
  }

  private String is(String column) {
    var condition =
        asRead.containsKey(column) ? " AND #%1$s = :%1$s" : " AND attribute_not_exists(#%1$s)";
    return condition.formatted(column);
  }

  /** Has a row say so. */
  String change() {
    var set = new StringBuilder("SET #state = :newState");
    var remove = Stream.<String>builder();
    if (takenBy.isPresent()) {
      set.append(", #takenBy = :newTakenBy");
    } else {
      remove.add("#takenBy");
    }
    if (tags.isEmpty()) {
      remove.add("#tags");
    } else {
      set.append(", #tags = :newTags");
    }
    var removed = remove.build().collect(Collectors.joining(", "));
    return removed.isEmpty() ? set.toString() : set + " REMOVE " + removed;
  }

  Map<String, AttributeValue> values() {
    var values = new HashMap<String, AttributeValue>();
    values.put(":state", text(state.code()));
    asRead.forEach(
        (column, value) -> {
          if (column.equals("tags") || state == EntryState.TAKEN) {
            values.put(":" + column, value);
          }
        });
    return values;
  }

  Map<String, AttributeValue> newValues() {
    var values = new HashMap<String, AttributeValue>();
    values.put(":newState", text(state.code()));
    takenBy.ifPresent(it -> values.put(":newTakenBy", text(it)));
    if (!tags.isEmpty()) {
      values.put(":newTags", AttributeValue.fromSs(tags.stream().sorted().toList()));
    }
    return values;
  }
}
