package io.vestibule.core.forms;

import java.util.regex.Pattern;

/** Leaves out of an entry what a form does not take, and would not refuse either. */
final class Sieve {

  /**
   * As submit buttons are called, and the places at which pictures were pressed: browsers send them
   * like fields.
   */
  private static final Pattern BUTTON =
      Pattern.compile("(?:submit|button|commit|send)(?:[.][xy])?|[xy]", Pattern.CASE_INSENSITIVE);

  private final Form form;
  private final boolean isOfPage;

  /** A sieve for what an HTML form sent, or a program. */
  Sieve(Form form, boolean isOfPage) {
    this.form = form;
    this.isOfPage = isOfPage;
  }

  Entry sift(Entry entry) {
    var entered = isOfPage ? withoutButtons(entry) : entry;
    return dropsExtra() ? entered.without(name -> !form.fields().containsKey(name)) : entered;
  }

  /** Nobody needs to be told of these. */
  private Entry withoutButtons(Entry entry) {
    var fields = entry.fields().deepCopy();
    fields.properties().removeIf(field -> isButton(field.getKey()));
    return new Entry(fields, entry.consents(), entry.controls(), entry.ignored());
  }

  private boolean isButton(String name) {
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
