package io.vestibule.delivery.lane;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Forms;
import io.vestibule.keys.KnownEntries.KnownEntry;

/**
 * What may be told of an entry, by the form by which it was handed in: in its order, and by its
 * labels.
 *
 * @param form as it was then; as it is now, if its version is not known here
 * @param values those that this form takes: all, unless the entry was stored without its rules,
 *     which nobody has checked then. What has come to be sensitive since is not among them: nobody
 *     looked whether the target may know it
 */
record AsHandedIn(Form form, ObjectNode values) {

  /**
   * Of an entry.
   *
   * @param now the entry's form, as it is now
   */
  static AsHandedIn of(KnownEntry entry, Form now, Forms forms) {
    return of(entry.row().formVersion(), entry.record().fields(), now, forms);
  }

  static AsHandedIn of(String version, ObjectNode values, Form now, Forms forms) {
    var form = forms.find(now.name(), version).orElse(now);
    var fitting = form.fitting(values);
    fitting
        .properties()
        .removeIf(it -> now.isSensitive(it.getKey()) && !form.isSensitive(it.getKey()));
    return new AsHandedIn(form, fitting);
  }
}
