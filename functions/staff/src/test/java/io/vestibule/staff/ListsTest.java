package io.vestibule.staff;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.core.EntryId;
import io.vestibule.staff.list.Listed;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListsTest {

  private static final String TIME = "20261129T120000123Z-s";

  private final EntryId id = new EntryId(TIME + "AAAAAAAAAAAAAAAAAAAAAA");
  private final Listed seen = new Listed(id, "customer", "contact", "", "");

  @Test
  void theLinkToOlderOnesNamesNoEntryThatTheRoleDoesNotSee() {
    assertThat(Lists.cursor(id, List.of(seen))).isEqualTo(id);
    assertThat(Lists.cursor(id, List.of()).value())
        .startsWith(TIME)
        .doesNotContain("AAAA")
        .as("nothing of that moment is skipped")
        .isGreaterThan(TIME + "yzzzzzzzzzzzzzzzzzzzzz");
  }
}
