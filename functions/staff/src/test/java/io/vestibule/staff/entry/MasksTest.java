package io.vestibule.staff.entry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.vestibule.core.forms.Form;
import io.vestibule.core.forms.Forms;
import io.vestibule.staff.roles.Role;
import io.vestibule.staff.roles.Sight;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MasksTest {

  private final Form contact = new Forms().find("contact").orElseThrow();
  private final Form feedback = new Forms().find("feedback").orElseThrow();
  private final Masks masks = new Masks(role(Sight.MASKED), false);

  @ParameterizedTest
  @CsvSource({
    "email, ada@example.net, a•••@example.net",
    "email, no address, •••",
    "phone, +49 30 1234567, •••567",
    "phone, 110, •••",
    "phone, 12345, •••",
    "name, Ada, •••",
    "message, ada@example.net, •••",
    "gone, anything, •••",
  })
  void aMaskLeavesSoMuch(String field, String typed, String seen) {
    assertThat(masks.apply(contact, field, TextNode.valueOf(typed))).isEqualTo(seen);
  }

  @Test
  void whatWasChosenEverybodySees() {
    assertThat(masks.apply(feedback, "score", IntNode.valueOf(9))).isEqualTo("9");
    assertThat(masks.shown(contact)).isEmpty();
  }

  @Test
  void ofAFormThatHasGoneNothingIsSeen() {
    assertThat(masks.apply(null, "score", IntNode.valueOf(9))).isEqualTo("•••");
  }

  @Test
  void aReasonShowsItToWhoMayGiveOne() {
    var email = TextNode.valueOf("ada@example.net");
    assertThat(new Masks(role(Sight.REASON), true).apply(contact, "email", email))
        .isEqualTo("ada@example.net");
    assertThat(new Masks(role(Sight.REASON), false).apply(contact, "email", email))
        .isEqualTo("a•••@example.net");
    assertThat(new Masks(role(Sight.MASKED), true).apply(contact, "email", email))
        .isEqualTo("a•••@example.net");
    assertThat(new Masks(role(Sight.PLAIN), false).shown(contact)).contains("email", "message");
  }

  private static Role role(Sight personal) {
    return new Role(Set.of("*"), personal, Set.of());
  }
}
