package io.vestibule.core.forms;

import io.vestibule.core.Destination;
import io.vestibule.core.Env;
import java.util.List;

/**
 * Whether somebody of the business is told of what comes in by a form. Only then may a page say
 * that they have it, or when they answer.
 *
 * @param isStaff whether there is an address of theirs that is told of all forms
 */
public record Told(boolean isStaff) {

  public static final Told NOBODY = new Told(false);

  /** As the function's environment has it: the address itself is for nobody else to know. */
  public static Told read(Env.Reader from) {
    return new Told(from.optional("TELLS_STAFF").isPresent());
  }

  /** Whether somebody is told of this form. Nobody is told of who asks about their data. */
  public boolean of(Form form) {
    return form.confirmed() == Destination.STORAGE && (isStaff || !form.deliver().isEmpty());
  }

  /** The names of the forms of which nobody is told, of those from which something is stored. */
  public List<String> ofNone(List<Form> forms) {
    return forms.stream()
        .filter(form -> form.confirmed() == Destination.STORAGE && !of(form))
        .map(Form::name)
        .sorted()
        .toList();
  }
}
