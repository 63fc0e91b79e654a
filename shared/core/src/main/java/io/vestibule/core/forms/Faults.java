package io.vestibule.core.forms;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** Which values break a rule of their field; that others are missing is no fault of theirs. */
final class Faults {

  private Faults() {}

  /** The names of the fields. */
  static Set<String> of(Form form, ObjectNode fields, Instant at) {
    var faults = new HashSet<String>();
    form.schema().validate(fields).stream()
        .filter(broken -> broken.getInstanceLocation().getNameCount() > 0)
        .forEach(broken -> faults.add(broken.getInstanceLocation().getName(0)));
    faults.addAll(form.unfit(fields).keySet());
    faults.addAll(form.untimely(fields, at).keySet());
    fields.forEachEntry(
        (name, value) -> {
          Property property = form.schema().properties().get(name);
          boolean hasLines = property != null && property.isMultiline();
          if (value.isTextual() && !Characters.areFit(value.textValue(), hasLines)) {
            faults.add(name);
          }
        });
    return faults;
  }
}
