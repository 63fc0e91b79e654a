package io.vestibule.delivery.lane;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.vestibule.core.targets.Target;
import io.vestibule.keys.OutsideNames;
import io.vestibule.store.people.Recipients.Recipient;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a target calls the fields that it was told of one person. It is kept with them, as the
 * target's file may map other fields by the time that they are erased. Each pair of names, ours and
 * theirs, stands behind a keyed hash of customer, target and both: whoever may write to the table
 * can have nothing emptied that the target's file does not map today.
 */
record TheirNames(OutsideNames names) {

  /** A field, as we call it and as the target does. */
  private record Pair(String ours, String theirs) {}

  /** As they are kept; none for a target where nothing is emptied. */
  Set<String> kept(Target target, String customerId, Set<String> fields) {
    return target.emptiesFields()
        ? today(target, fields).map(it -> kept(target, customerId, it)).collect(toUnmodifiableSet())
        : Set.of();
  }

  private String kept(Target target, String customerId, Pair pair) {
    return "%s.%s.%s"
        .formatted(
            names.field(target.name(), customerId, pair.ours(), pair.theirs()),
            pair.ours(),
            pair.theirs());
  }

  /**
   * All that it was told in. What a version of before told stands there by our own names only: of
   * these, and of no others, the mapping of today counts.
   */
  Set<String> told(Target target, Recipient recipient) {
    var kept = recipient.theirs().stream().flatMap(it -> read(target, recipient, it)).toList();
    return Stream.concat(kept.stream(), today(target, recipient.fields()).filter(isOfBefore(kept)))
        .map(Pair::theirs)
        .collect(toUnmodifiableSet());
  }

  private static Predicate<Pair> isOfBefore(List<Pair> kept) {
    return pair -> kept.stream().noneMatch(it -> it.ours().equals(pair.ours()));
  }

  private static Stream<Pair> today(Target target, Set<String> fields) {
    return fields.stream()
        .flatMap(
            it ->
                Optional.ofNullable(target.fields().get(it))
                    .map(theirs -> new Pair(it, theirs))
                    .stream());
  }

  /** Neither a hash nor a name of ours has a dot. */
  private Stream<Pair> read(Target target, Recipient recipient, String kept) {
    var parts = kept.split("\\.", 3);
    return Stream.of(new Pair(parts[1], parts[2]))
        .filter(it -> kept.equals(kept(target, recipient.customerId(), it)));
  }
}
