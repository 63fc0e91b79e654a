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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
      assertThat(roles.tags())
          .isNotEmpty()
          .allSatisfy(it -> assertThat(wordings.of(language).text("staff.tag." + it)).isNotEmpty());
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

    assertThatThrownBy(() -> roles(List.of(), Map.of("agent admin", role)))
        .hasMessageContaining("agent admin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Urgent", "two words", "a#b", "-a", "a12345678901234567890"})
  void whatCouldBeMistakenForSomethingElseIsNoTag(String tag) {
    assertThatThrownBy(() -> roles(List.of("urgent", tag), Map.of())).hasMessageContaining("tags");
  }

  @Test
  void thereAreNoMoreTagsThanAnEntryCanBeMarkedWith() {
    var tags = IntStream.range(0, 21).mapToObj(it -> "tag-" + it).toList();

    assertThat(roles(tags.subList(0, 20), Map.of()).tags()).hasSize(20);
    assertThatThrownBy(() -> roles(tags, Map.of())).hasMessageContaining("tags");
  }

  @Test
  void onlyWhoCanMoveAnEntryOfAFormTakesIt() {
    var sales = new Role(Set.of("contact"), Sight.PLAIN, Sight.PLAIN, Set.of(Right.MOVE));
    var all = roles(List.of(), Map.of("sales", sales));

    assertThat(roles.takers()).containsExactly("admin", "agent");
    assertThat(roles.takes("viewer", "contact")).isFalse();
    assertThat(roles.takes("gone", "contact")).isFalse();
    assertThat(all.takes("sales", "contact")).isTrue();
    assertThat(all.takes("sales", "feedback")).isFalse();
  }

  private static Roles roles(List<String> tags, Map<String, Role> roles) {
    return new Roles(List.of(), false, null, 1, tags, roles);
  }

  private Role role(String name) {
    return Objects.requireNonNull(roles.roles().get(name));
  }
}
