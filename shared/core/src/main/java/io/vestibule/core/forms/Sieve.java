package io.vestibule.core.forms;

import java.time.Instant;
import java.util.regex.Pattern;

/** Leaves out of an entry what a form does not take, and would not refuse either. */
final class Sieve {

  /**
   * As submit buttons are called, and the places at which pictures were pressed, whatever these are
   * called: browsers send them like fields.
   */
  private static final Pattern BUTTON =
      Pattern.compile("submit|button|commit|send|[xy]|.+[.][xy]", Pattern.CASE_INSENSITIVE);

  private final Form form;
  private final boolean isOfPage;
  private final Instant at;

  /** A sieve for what an HTML form sent, or a program. */
  Sieve(Form form, boolean isOfPage, Instant at) {
    this.form = form;
    this.isOfPage = isOfPage;
    this.at = at;
  }

  Entry sift(Entry entry) {
    var entered = isOfPage ? withoutHidden(withoutButtons(form, entry)) : entry;
    return withoutUnasked(dropsExtra() ? withoutExtra(entered) : entered);
  }

  /** Without a script, a page shows what it would not ask: what is entered there was not asked. */
  private Entry withoutUnasked(Entry entry) {
    var unasked = form.schema().unasked(VisibleFields.of(form, entry.fields()));
    return entry.without(unasked::contains);
  }

  private Entry withoutExtra(Entry entry) {
    return entry.without(name -> !form.fields().containsKey(name));
  }

  /** What is hidden, and wrong, nobody who fills in the page could put right, whatever it takes. */
  private Entry withoutHidden(Entry entry) {
    if (entry.fields().propertyStream().noneMatch(it -> isHidden(it.getKey()))) {
      return entry;
    }
    var faults = Faults.of(form, VisibleFields.of(form, entry.fields()), at);
    return entry.without(name -> isHidden(name) && faults.contains(name));
  }

  private boolean isHidden(String name) {
    var field = form.fields().get(name);
    return field != null && field.hidden();
  }

  /** Nobody needs to be told of these. */
  static Entry withoutButtons(Form form, Entry entry) {
    var fields = entry.fields().deepCopy();
    fields.properties().removeIf(field -> isButton(form, field.getKey()));
    return new Entry(fields, entry.consents(), entry.controls(), entry.ignored());
  }

  private static boolean isButton(Form form, String name) {
    return !form.fields().containsKey(name) && BUTTON.matcher(name).matches();
  }

  private boolean dropsExtra() {
    return switch (form.extra()) {
      case REFUSE -> false;
      case DROP -> true;
      case null -> isOfPage;
    };
  }
}
