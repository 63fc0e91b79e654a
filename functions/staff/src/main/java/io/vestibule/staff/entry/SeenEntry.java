package io.vestibule.staff.entry;

import io.vestibule.core.EntryId;
import io.vestibule.staff.roles.Role;
import io.vestibule.store.Attributes;
import io.vestibule.store.people.Entries;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The row of an entry whose form a role sees.
 *
 * @param owner under whose number it lies
 */
record SeenEntry(EntryId id, String owner, Map<String, AttributeValue> item, String form) {

  /** Those of an id, read one after another: somebody may have put another under the same id. */
  static Stream<SeenEntry> of(Entries entries, EntryId id, Role role) {
    return entries.ownersOf(id).stream()
        .flatMap(
            owner -> {
              var item = entries.find(owner, id);
              return Attributes.text(item, "form")
                  .filter(role::sees)
                  .map(form -> new SeenEntry(id, owner, item, form))
                  .stream();
            });
  }
}
