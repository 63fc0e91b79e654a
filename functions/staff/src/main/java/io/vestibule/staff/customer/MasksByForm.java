package io.vestibule.staff.customer;

import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Forms;
import io.vestibule.staff.entry.Masks;
import io.vestibule.staff.entry.OpenEntry.Wish;
import io.vestibule.store.people.Entries.Summary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a role sees of a customer's values, by the form that each came by. The record does not say
 * which rules a form had then, so the strictest decide of those that it has now, and had when the
 * customer handed something in.
 */
final class MasksByForm {

  private final Forms forms;
  private final List<Summary> entries;
  private final Wish wish;
  private final Map<String, Masks> made = new HashMap<>();

  MasksByForm(Forms forms, List<Summary> entries, Wish wish) {
    this.forms = forms;
    this.entries = entries;
    this.wish = wish;
  }

  Masks of(String form) {
    return made.computeIfAbsent(form, this::make);
  }

  private Masks make(String form) {
    var then =
        entries.stream()
            .filter(it -> it.form().equals(form))
            .map(Summary::formVersion)
            .distinct()
            .flatMap(version -> forms.find(form, version).stream());
    return wish.masks(Stream.concat(forms.find(form).stream(), then).distinct().toList());
  }

  /** The fields that the role sees as they are, whichever form they came by. */
  List<String> shown() {
    return forms.all().stream()
        .map(Form::name)
        .filter(wish.acting().role()::sees)
        .flatMap(form -> of(form).shown().stream())
        .distinct()
        .sorted()
        .toList();
  }
}
