package io.vestibule.staff.roles;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class RoleTest {

  @Test
  void aRoleSeesAllOfAnotherThatHasToDoWithNoFormMore() {
    var all = of("*");
    var contact = of("contact");
    var both = of("contact", "feedback");

    assertThat(all.seesAllOf(both)).isTrue();
    assertThat(both.seesAllOf(contact)).isTrue();
    assertThat(contact.seesAllOf(both)).isFalse();
    assertThat(both.seesAllOf(all)).isFalse();
  }

  private static Role of(String... forms) {
    return new Role(Set.of(forms), Sight.PLAIN, Sight.PLAIN, Set.of(Right.MOVE));
  }
}
