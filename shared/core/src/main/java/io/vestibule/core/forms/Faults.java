package io.vestibule.core.forms;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Which values break a rule of their field; that others are missing is no fault of theirs. */
final class Faults {

  private Faults() {}

  /** The names of the fields, in an entry of this moment. */
  static Set<String> of(Form form, ObjectNode fields, Instant at) {
    var faults = of(form, fields);
    faults.addAll(untimely(form, fields, at).keySet());
    return faults;
  }

  /** The names of the fields, whenever the entry came. */
  static Set<String> of(Form form, ObjectNode fields) {
    var faults = new HashSet<String>();
    form.schema().validate(fields).stream()
        .filter(broken -> broken.getInstanceLocation().getNameCount() > 0)
        .forEach(broken -> faults.add(broken.getInstanceLocation().getName(0)));
    faults.addAll(unfit(form, fields).keySet());
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

  /** The fields whose dates are outside of their limits. */
  static Map<String, Dates.Breach> untimely(Form form, ObjectNode values, Instant at) {
    var untimely = new LinkedHashMap<String, Dates.Breach>();
    form.fields()
        .forEach(
            (name, field) -> {
              var value = values.path(name);
              if (field.dates() != null && Formats.fits(Property.Format.DATE, value.asText())) {
                field
                    .dates()
                    .breach(LocalDate.parse(value.asText()), Dates.today(at))
                    .ifPresent(breach -> untimely.put(name, breach));
              }
            });
    return untimely;
  }

  /** The fields whose texts are not what their format says. */
  static Map<String, Property.Format> unfit(Form form, ObjectNode values) {
    var unfit = new LinkedHashMap<String, Property.Format>();
    form.schema()
        .properties()
        .forEach(
            (name, property) -> {
              var format = property.format();
              var value = values.path(name);
              if (format != null && value.isTextual() && !Formats.fits(format, value.textValue())) {
                unfit.put(name, format);
              }
            });
    return unfit;
  }
}
