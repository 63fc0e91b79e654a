package io.vestibule.staff.roles;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Set;

/**
 * A role.
 *
 * @param forms by name; {@code *} stands for all
 * @param personal how it sees what people typed; what they chose from a list, everybody sees
 */
public record Role(
    @JsonProperty(required = true) Set<String> forms,
    @JsonProperty(required = true) Sight personal,
    @JsonProperty(required = true) Set<Right> may) {

  private static final String ALL = "*";

  public Role {
    forms = Set.copyOf(forms);
    may = Set.copyOf(may);
  }

  /** Whether it has anything to do with what comes in by a form. */
  public boolean sees(String form) {
    return forms.contains(ALL) || forms.contains(form);
  }

  /** Whether what people typed is masked. */
  public boolean masks(boolean reasonIsGiven) {
    return switch (personal) {
      case PLAIN -> false;
      case REASON -> !reasonIsGiven;
      case MASKED -> true;
    };
  }
}
