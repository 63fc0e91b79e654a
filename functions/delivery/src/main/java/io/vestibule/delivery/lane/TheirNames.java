package io.vestibule.delivery.lane;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.vestibule.core.targets.Target;
import io.vestibule.keys.OutsideNames;
import io.vestibule.store.people.Recipients.Recipient;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a target calls the fields that it was told of one person. It is kept with them, as the
 * target's file may map other fields by the time that they are erased. Each name stands behind a
 * keyed hash of customer, target and name: whoever may write to the table can have nothing emptied
 * that we did not fill.
 */
record TheirNames(OutsideNames names) {

  /** As they are kept; none for a target where nothing is emptied. */
  Set<String> kept(Target target, String customerId, Set<String> fields) {
    return target.emptiesFields()
        ? today(target, fields).map(it -> kept(target, customerId, it)).collect(toUnmodifiableSet())
        : Set.of();
  }

  private String kept(Target target, String customerId, String name) {
    return names.field(target.name(), customerId, name) + "." + name;
  }

  /** All that it was told in: rows of before have our own names only, which today's file maps. */
  Set<String> told(Target target, Recipient recipient) {
    var kept =
        recipient.theirs().stream()
            .filter(it -> it.equals(kept(target, recipient.customerId(), name(it))))
            .map(TheirNames::name);
    return Stream.concat(kept, today(target, recipient.fields())).collect(toUnmodifiableSet());
  }

  private static Stream<String> today(Target target, Set<String> fields) {
    return fields.stream().flatMap(it -> Stream.ofNullable(target.fields().get(it)));
  }

  /** No hash has a dot. */
  private static String name(String kept) {
    return kept.substring(kept.indexOf('.') + 1);
  }
}
