package io.vestibule.staff;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.EntryId;
import io.vestibule.staff.roles.Role;
import io.vestibule.staff.roles.Sight;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ListsTest {

  private static final String TIME = "20261129T120000123Z-s";

  private final EntryId id = new EntryId(TIME + "AAAAAAAAAAAAAAAAAAAAAA");
  private final Role role = new Role(Set.of("contact"), Sight.PLAIN, Sight.MASKED, Set.of());

  @Test
  void theLinkToOlderOnesNamesNoEntryThatTheRoleDoesNotSee() {
    assertThat(Lists.cursor(id, "contact", role)).isEqualTo(id);
    assertThat(Lists.cursor(id, "feedback", role).value())
        .startsWith(TIME)
        .doesNotContain("AAAA")
        .as("nothing of that moment is skipped")
        .isGreaterThan(TIME + "yzzzzzzzzzzzzzzzzzzzzz");
  }
}
