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
 * @param tags ids of what staff have marked it with
 */
public record Standing(EntryState state, Optional<String> takenBy, Set<String> tags) {

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
  }

  /** Of an item; empty if it is none of ours. */
  public static Optional<Standing> of(Map<String, AttributeValue> item) {
    return text(item, "state")
        .flatMap(EntryState::of)
        .map(state -> new Standing(state, text(item, "takenBy"), tags(item)));
  }

  static Set<String> tags(Map<String, AttributeValue> item) {
    return Optional.ofNullable(item.get("tags"))
        .map(AttributeValue::ss)
        .map(Set::copyOf)
        .orElse(Set.of());
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

  public Standing withTags(Set<String> others) {
    return new Standing(state, takenBy, others);
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

  /** That a row says so. */
  String condition() {
    var taken =
        takenBy.isPresent() ? " AND #takenBy = :takenBy" : " AND attribute_not_exists(#takenBy)";
    return "#state = :state"
        + (state == EntryState.TAKEN ? taken : "")
        + (tags.isEmpty() ? " AND attribute_not_exists(#tags)" : " AND #tags = :tags");
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
    return values(":state", ":takenBy", ":tags");
  }

  Map<String, AttributeValue> newValues() {
    return values(":newState", ":newTakenBy", ":newTags");
  }

  private Map<String, AttributeValue> values(String ofState, String ofTaker, String ofTags) {
    var values = new HashMap<String, AttributeValue>();
    values.put(ofState, text(state.code()));
    takenBy.ifPresent(it -> values.put(ofTaker, text(it)));
    if (!tags.isEmpty()) {
      values.put(ofTags, AttributeValue.fromSs(tags.stream().sorted().toList()));
    }
    return values;
  }
}
