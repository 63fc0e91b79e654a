package io.vestibule.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionsTest {

  private static final Map<String, JsonNode> VALUES = Map.of("Stage", TextNode.valueOf("prod"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "!Equals [!Ref Stage, prod]                                     | true",
        "!Equals [!Ref Stage, dev]                                      | false",
        "!Equals ['1', 1]                                               | true",
        "!Not [!Equals [!Ref Stage, '']]                                | true",
        "!Not [!Condition Prod]                                         | false",
        "!And [!Condition Prod, !Equals [a, b]]                         | false",
        "!And [!Condition Prod, !Equals [a, a]]                         | true",
        "!Or [!Condition Prod, !Equals [a, b]]                          | true",
        "!Or [!Not [!Condition Prod], !Equals [a, b], !Equals [c, d]]   | false",
        "!Equals [!If [Prod, big, small], big]                          | true",
        "Condition: Prod                                                | true",
      })
  void aConditionIsDecidedFromParameters(String yaml, boolean holds) {
    assertThat(conditions(yaml).holds("Asked", "here")).isEqualTo(holds);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "!Condition Asked            | conditions depend on each other: Asked",
        "!Not [!Condition Missing]   | there is no condition “Missing”",
        "!Equals [!Ref Table, x]     | no parameter is named Table",
        "!Equals [!GetAtt T.Arn, x]  | a resource cannot be referred to here",
        "!Equals [a]                 | takes a list of 2",
        "!And [!Condition Prod]      | takes a list of 2 to 10",
        "!Ref Stage                  | Ref is not a condition",
        "true                        | is not a condition",
      })
  void whatCannotBeDecidedIsAnError(String yaml, String message) {
    assertThatThrownBy(() -> conditions(yaml).holds("Asked", "here"))
        .isInstanceOf(TemplateException.class)
        .hasMessageStartingWith("Conditions/Asked")
        .hasMessageEndingWith(message);
  }

  private static Conditions conditions(String yaml) {
    var declarations = (ObjectNode) Yaml.parse("Prod: !Equals [!Ref Stage, prod]");
    declarations.set("Asked", Yaml.parse(yaml));
    return new Conditions(declarations, VALUES, JsonNodeFactory.instance.objectNode());
  }
}
