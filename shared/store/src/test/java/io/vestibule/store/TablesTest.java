package io.vestibule.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vestibule.core.Destination;
import io.vestibule.core.Env;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TablesTest {

  private static final Env ENV =
      Env.of(Map.of("SUBMISSIONS_TABLE", "some", "MAIL_LIMITS_TABLE", "others"));

  @Test
  void eachNameIsReadFromTheVariableOfItsTable() {
    var tables = ENV.read(from -> Tables.read(from, Table.MAIL_LIMITS, Table.SUBMISSIONS));

    assertThat(tables.name(Table.SUBMISSIONS)).isEqualTo("some");
    assertThat(tables.name(Table.MAIL_LIMITS)).isEqualTo("others");
  }

  @Test
  void aTableThatTheTemplateForgotIsNamed() {
    assertThatExceptionOfType(Env.MissingConfiguration.class)
        .isThrownBy(() -> ENV.read(from -> Tables.read(from, Table.SUBMISSIONS, Table.AUDIT)))
        .withMessageContaining("AUDIT_TABLE");
  }

  @Test
  void aTableThatAFunctionDidNotAskForHasNoName() {
    var tables = ENV.read(from -> Tables.read(from, Table.SUBMISSIONS));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> tables.name(Table.MAIL_LIMITS))
        .withMessageContaining("MAIL_LIMITS_TABLE");
  }

  @Test
  void submissionsAndRequestsHaveTheirOwnTables() {
    assertThat(Table.of(Destination.STORAGE)).isEqualTo(Table.SUBMISSIONS);
    assertThat(Table.of(Destination.DELETION)).isEqualTo(Table.REQUESTS);
  }
}
