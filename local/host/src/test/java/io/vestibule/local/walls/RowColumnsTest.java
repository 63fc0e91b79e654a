package io.vestibule.local.walls;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.vestibule.core.Destination;
import io.vestibule.local.template.Template;
import io.vestibule.local.template.Template.Resource;
import io.vestibule.store.rows.Addition;
import io.vestibule.store.rows.Replacement;
import io.vestibule.store.rows.Transition;
import io.vestibule.store.rows.Transitions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A role may write the columns of rows that the transitions of its function name, and no others.
 */
class RowColumnsTest {

  private static final Path TEMPLATE = Path.of("..", "..", "template.yaml");

  static Stream<Resource> roles() throws IOException {
    return Template.read(TEMPLATE).resources().values().stream()
        .filter(resource -> resource.type().equals("AWS::IAM::Role"));
  }

  @ParameterizedTest
  @MethodSource("roles")
  void aRoleMayChangeTheColumnsOfItsTransitions(Resource role) {
    for (var table : Destination.values()) {
      var named =
          Transitions.ALL.stream()
              .filter(it -> it.isMadeBy(function(role), table))
              .map(Transition::columns);

      assertThat(granted(role, "dynamodb:UpdateItem", table))
          .as(role.logicalId() + " of " + table)
          .isEqualTo(union(named));
    }
  }

  @ParameterizedTest
  @MethodSource("roles")
  void aRoleMayAddTheColumnsOfItsAdditions(Resource role) {
    for (var table : Destination.values()) {
      var named =
          Stream.concat(
              Transitions.ADDITIONS.stream()
                  .filter(it -> it.isMadeBy(function(role), table))
                  .map(Addition::columns),
              Transitions.REPLACEMENTS.stream()
                  .filter(it -> it.isMadeBy(function(role), table))
                  .map(Replacement::columns));

      assertThat(granted(role, "dynamodb:PutItem", table))
          .as(role.logicalId() + " of " + table)
          .isEqualTo(union(named));
    }
  }

  @ParameterizedTest
  @CsvSource({"'[id,', '[id, proof,'", "'mailedAt, ', ''"})
  void aColumnTooManyOrTooFewToChangeIsSeen(String right, String wrong) throws IOException {
    var broken = broken("MailerRole", "ClaimAndMark", right, wrong);

    assertThatThrownBy(() -> aRoleMayChangeTheColumnsOfItsTransitions(broken))
        .isInstanceOf(AssertionError.class);
  }

  @ParameterizedTest
  @CsvSource({"'[id,', '[id, links,'", "'hint, ', ''"})
  void aColumnTooManyOrTooFewToAddIsSeen(String right, String wrong) throws IOException {
    var broken = broken("IntakeRole", "AddSubmissionOrRequest", right, wrong);

    assertThatThrownBy(() -> aRoleMayAddTheColumnsOfItsAdditions(broken))
        .isInstanceOf(AssertionError.class);
  }

  /** A role, with a fault in one of its statements. */
  private static Resource broken(String role, String statement, String right, String wrong)
      throws IOException {
    var broken =
        Broken.text(Files.readString(TEMPLATE), "Sid: %s\n".formatted(statement), right, wrong);
    return requireNonNull(Template.parse(broken).resources().get(role));
  }

  private static Set<String> union(Stream<? extends Collection<String>> columns) {
    var all = new TreeSet<String>();
    columns.forEach(all::addAll);
    return all;
  }

  private static String function(Resource role) {
    return role.logicalId().replace("Role", "Function");
  }

  private static Set<String> granted(Resource role, String action, Destination table) {
    var name = table.choose("SubmissionsTable", "RequestsTable");
    return role.properties()
        .path("Policies")
        .valueStream()
        .flatMap(policy -> policy.at("/PolicyDocument/Statement").valueStream())
        .filter(statement -> texts(statement.path("Action")).anyMatch(action::equals))
        .filter(statement -> statement.path("Resource").toString().contains(name))
        .flatMap(
            statement ->
                texts(statement.at("/Condition/ForAllValues:StringEquals/dynamodb:Attributes")))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> texts(JsonNode oneOrMore) {
    return (oneOrMore.isArray() ? oneOrMore.valueStream() : Stream.of(oneOrMore))
        .map(JsonNode::asText);
  }
}
