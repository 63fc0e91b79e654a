package io.vestibule.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParametersTest {

  @Test
  void aParameterHasTheGivenValueOrElseItsDefault() {
    var yaml =
        """
        Prefix: {Type: String, Default: ''}
        Url: {Type: String, Default: none, Description: Where it is, NoEcho: true}
        Days: {Type: Number, Default: 7}
        Origins: {Type: CommaDelimitedList, Default: 'a, b'}
        """;

    assertThat(values(yaml, Map.of("Url", "http://localhost")))
        .hasToString("{Prefix=\"\", Url=\"http://localhost\", Days=\"7\", Origins=[\"a\",\"b\"]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{Type: String}                                   |     | Parameters/P: no value is given for it",
        "{Type: Number}                                   | x   | Parameters/P/Type: the value that is given is not a number",
        "{Type: String, AllowedValues: [a, b]}            | c   | Parameters/P/AllowedValues: does not allow the value that is given",
        "{Type: String, AllowedPattern: '[a-z]+-'}        | a-b | Parameters/P/AllowedPattern: does not allow the value that is given",
        "{Type: String, MinLength: 2}                     | a   | Parameters/P/MinLength: does not allow the value that is given",
        "{Type: String, MaxLength: 2}                     | abc | Parameters/P/MaxLength: does not allow the value that is given",
        "{Type: Number, MinValue: 1}                      | 0   | Parameters/P/MinValue: does not allow the value that is given",
        "{Type: Number, MaxValue: 35}                     | 36  | Parameters/P/MaxValue: does not allow the value that is given",
        "{Type: 'AWS::SSM::Parameter::Value<String>'}     | a   | Parameters/P/Type: AWS::SSM::Parameter::Value<String> is not known here",
        "{Type: String, Allowed: [a]}                     | a   | Parameters/P/Allowed: is not known here",
      })
  void aValueThatItsDeclarationDoesNotAllowIsRefused(String yaml, String value, String message) {
    Map<String, String> given = value == null ? Map.of() : Map.of("P", value);

    assertThatThrownBy(() -> values("P: " + yaml, given))
        .isInstanceOf(TemplateException.class)
        .hasMessage(message);
  }

  @Test
  void aValueForNoParameterIsRefused() {
    assertThatThrownBy(() -> values("{}", Map.of("Prefx", "dev-")))
        .isInstanceOf(TemplateException.class)
        .hasMessage("Parameters/Prefx: the template has no such parameter");
  }

  private static Map<String, JsonNode> values(String yaml, Map<String, String> given) {
    return Parameters.values((ObjectNode) Yaml.parse(yaml), given);
  }
}
