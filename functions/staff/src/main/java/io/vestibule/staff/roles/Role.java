package io.vestibule.staff.roles;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.vestibule.core.forms.Form.Sensitivity;
import java.util.Set;

/**
 * A role. What a form calls plain, everybody sees who may open it.
 *
 * @param forms by name; {@code *} stands for all
 * @param personal how it sees what forms call personal, as most of what people type is
 * @param sensitive how it sees what the law protects more
 */
public record Role(
    @JsonProperty(required = true) Set<String> forms,
    @JsonProperty(required = true) Sight personal,
    @JsonProperty(required = true) Sight sensitive,
    @JsonProperty(required = true) Set<Right> may) {

  private static final String ALL = "*";

  public Role {
    forms = Set.copyOf(forms);
    may = Set.copyOf(may);
  }

  /** Whether it has anything to do with what comes in by a form. */
  public boolean sees(String form) {
    return seesAll() || forms.contains(form);
  }

  /** Whether it has to do with whatever comes in. */
  public boolean seesAll() {
    return forms.contains(ALL);
  }

  /** Whether it has to do with whatever another has to do with. */
  public boolean seesAllOf(Role other) {
    return seesAll() || forms.containsAll(other.forms);
  }

  /** Whether it would see more if it gave a reason. */
  public boolean mayGiveReasons() {
    return personal == Sight.REASON || sensitive == Sight.REASON;
  }

  /** Whether something is masked. */
  public boolean masks(Sensitivity what, boolean reasonIsGiven) {
    return switch (what) {
      case PLAIN -> false;
      case PERSONAL -> masks(personal, reasonIsGiven);
      case SENSITIVE -> masks(sensitive, reasonIsGiven);
    };
  }

  private static boolean masks(Sight sight, boolean reasonIsGiven) {
    return switch (sight) {
      case PLAIN -> false;
      case REASON -> !reasonIsGiven;
      case MASKED -> true;
    };
  }
}
