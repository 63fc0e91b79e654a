package io.vestibule.core.forms;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** Fills a form in with what the query of its address says. */
final class Prefill {

  private final Form form;
  private final Instant at;

  Prefill(Form form, Instant at) {
    this.form = form;
    this.at = at;
  }

  Entry of(Map<String, String> query) {
    var texts = JsonNodeFactory.instance.objectNode();
    form.fields()
        .forEach(
            (name, field) -> {
              if (field.prefill() && query.containsKey(name)) {
                put(texts, name, query.get(name));
              }
            });
    var fields = VisibleFields.of(form, Entry.of(form.schema().typed(texts)).fields());
    fields.remove(Set.copyOf(Faults.of(form, fields, at)));
    return Entry.of(fields);
  }

  /** The gateway joins the values of a name that comes twice; texts keep their commas. */
  private void put(ObjectNode texts, String name, String value) {
    if (form.schema().property(name).isOfSeveral()) {
      var list = texts.putArray(name);
      for (String one : value.split(",", -1)) {
        list.add(one);
      }
    } else {
      texts.put(name, value);
    }
  }
}
