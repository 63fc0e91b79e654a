package io.vestibule.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateSectionsTest {

  @Test
  void globalsAreMergedIntoEachFunctionAsSamDoes() {
    var template =
        Template.parse(
            """
            Globals:
              Function:
                Timeout: 30
                Layers: [common]
                Environment: {Variables: {A: global, B: global, C: {Ref: X}}}
            Resources:
              F:
                Type: AWS::Serverless::Function
                Properties:
                  Timeout: 10
                  Layers: [own]
                  Environment: {Variables: {B: own, C: {Fn::Sub: y}}}
              T: {Type: AWS::SNS::Topic}
            """);

    assertThat(properties(template, "F"))
        .isEqualTo(
            Yaml.parse(
                """
                Timeout: 10
                Layers: [common, own]
                Environment: {Variables: {A: global, B: own, C: {Fn::Sub: y}}}
                """));
    assertThat(properties(template, "T")).isEmpty();
  }

  @Test
  void whatBecomesOfAResourceInTheEndDoesNotMatterHere() {
    var template =
        Template.parse(
            """
            Transform: AWS::Serverless-2016-10-31
            Description: Described
            Metadata: {Any: thing}
            Resources:
              T:
                Type: AWS::SNS::Topic
                Condition: Wanted
                DependsOn: Other
                DeletionPolicy: RetainExceptOnCreate
                UpdateReplacePolicy: Retain
                Metadata: {Any: thing}
            """);

    assertThat(template.resources().get("T"))
        .returns("AWS::SNS::Topic", Template.Resource::type)
        .returns("Resources/T", Template.Resource::place)
        .satisfies(topic -> assertThat(topic.condition()).contains("Wanted"))
        .satisfies(topic -> assertThat(topic.dependsOn()).containsExactly("Other"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]                                        | template: is not a mapping of sections",
        "Rules: {}                                 | Rules: no such section is known here",
        "Resources: []                             | Resources: is not a mapping",
        "Transform: AWS::LanguageExtensions        | Transform: is not AWS::Serverless-2016-10-31",
        "Transform: [AWS::Serverless-2016-10-31]   | Transform: is not AWS::Serverless-2016-10-31",
        "Globals: {Api: {}}                        | Globals/Api: is not known here",
        "Resources: {T: {}}                        | Resources/T/Type: is missing",
        "Resources: {T: {Type: X, DependsOn: {}}}  | Resources/T/DependsOn: is not a single value",
        "Resources: {T: {Type: X, Connectors: {}}} | Resources/T/Connectors: is not known here",
      })
  void whatATemplateCannotSayHereIsRefused(String yaml, String message) {
    assertThatThrownBy(() -> Template.parse(yaml))
        .isInstanceOf(TemplateException.class)
        .hasMessage(message);
  }

  private static ObjectNode properties(Template template, String logicalId) {
    return Objects.requireNonNull(template.resources().get(logicalId)).properties();
  }
}
