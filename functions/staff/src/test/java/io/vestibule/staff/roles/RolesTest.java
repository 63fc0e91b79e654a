package io.vestibule.staff.roles;

import static io.vestibule.core.forms.Form.Sensitivity.PERSONAL;
import static io.vestibule.core.forms.Form.Sensitivity.PLAIN;
import static io.vestibule.core.forms.Form.Sensitivity.SENSITIVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vestibule.core.forms.Forms;
import io.vestibule.core.wording.Wordings;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RolesTest {

  private final Roles roles = Roles.load();

  @Test
  void theShippedRolesAreTheseAndSeeSoMuch() {
    assertThat(roles.roles().keySet())
        .containsExactly("admin", "agent", "privacy", "viewer", "operator");
    assertThat(role("agent").personal()).isEqualTo(Sight.PLAIN);
    assertThat(role("viewer").masks(PERSONAL, true)).isTrue();
    assertThat(role("viewer").masks(PLAIN, false)).isFalse();
    assertThat(role("viewer").may()).doesNotContain(Right.MOVE);
    assertThat(role("privacy").masks(PERSONAL, false)).isTrue();
    assertThat(role("privacy").masks(SENSITIVE, true)).isFalse();
    assertThat(role("agent").masks(SENSITIVE, true)).isTrue();
    assertThat(role("admin").masks(SENSITIVE, false)).isTrue();
    assertThat(role("admin").masks(SENSITIVE, true)).isFalse();
    assertThat(role("operator").may()).containsExactlyInAnyOrder(Right.COUNT, Right.OPERATE);
    assertThat(role("operator").sees("contact")).isFalse();
    assertThat(roles.opensPerDay()).isEqualTo(200);
    assertThat(roles.namesInCopies()).isFalse();
    assertThat(role("viewer").may()).doesNotContain(Right.COLLEAGUES);
  }

  @Test
  void whatTheFileNamesIsThere() {
    var forms = new Forms();
    roles
        .roles()
        .values()
        .forEach(
            role ->
                assertThat(role.forms())
                    .allMatch(form -> form.equals("*") || forms.find(form).isPresent()));
    var wordings = new Wordings();
    for (var language : wordings.languages()) {
      assertThat(roles.reasons())
          .allSatisfy(
              it -> assertThat(wordings.of(language).text("staff.reason." + it)).isNotEmpty());
    }
  }

  @Test
  void whoHasSeveralActsInTheFirstThatMay() {
    assertThat(roles.among(List.of("everybody", "viewer", "agent")))
        .containsExactly("agent", "viewer");
    assertThat(roles.acting(List.of("viewer", "agent"), Right.MOVE).orElseThrow().name())
        .isEqualTo("agent");
    assertThat(roles.acting(List.of("viewer"), Right.MOVE)).isEmpty();
    assertThat(roles.acting(List.of("gone", "*", ""), Right.COUNT)).isEmpty();
  }

  @Test
  void aNameThatCouldBeTwoIsNoRole() {
    var role = new Role(Set.of("*"), Sight.PLAIN, Sight.PLAIN, Set.of());

    assertThatThrownBy(() -> new Roles(List.of(), false, 1, Map.of("agent admin", role)))
        .hasMessageContaining("agent admin");
  }

  private Role role(String name) {
    return Objects.requireNonNull(roles.roles().get(name));
  }
}
