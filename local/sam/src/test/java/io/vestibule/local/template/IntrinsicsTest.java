package io.vestibule.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntrinsicsTest {

  private static final Target TARGET = new Target("eu-central-1", "000000000000", "vestibule");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "!Ref Prefix                               | \"dev-\"",
        "!Ref AWS::Region                          | \"eu-central-1\"",
        "!Ref AWS::AccountId                       | \"000000000000\"",
        "!Ref AWS::Partition                       | \"aws\"",
        "!Ref AWS::URLSuffix                       | \"amazonaws.com\"",
        "!Ref AWS::StackName                       | \"vestibule\"",
        "!Ref Table                                | \"ref(Table)\"",
        "!GetAtt Table.Arn                         | \"att(Table,Arn)\"",
        "Fn::GetAtt: Table.Stream.Arn              | \"att(Table,Stream.Arn)\"",
        "!Sub ${Prefix}customers                   | \"dev-customers\"",
        "!Sub ${Table.Arn}/index/*                 | \"att(Table,Arn)/index/*\"",
        "!Sub 'a ${!Literal} $1 \\ b'              | \"a ${Literal} $1 \\\\ b\"",
        "!Sub ['${A}-${Prefix}', {A: !Ref Table}]  | \"ref(Table)-dev-\"",
        "!Join ['/', [a, !Ref Prefix, 1]]          | \"a/dev-/1\"",
        "!Join [',', !Split ['.', a.b.]]           | \"a,b,\"",
        "!Select [1, [a, b]]                       | \"b\"",
        "!Select ['0', !Split ['://', 'https://x']] | \"https\"",
        "!FindInMap [Days, !Ref AWS::Region, keep] | 7",
        "!If [Yes, !Ref Prefix, !Ref Nothing]      | \"dev-\"",
        "!If [No, !Ref Nothing, {a: [!Ref Prefix]}] | {\"a\":[\"dev-\"]}",
        "{a: !Ref AWS::NoValue, b: [!If [No, 1, !Ref 'AWS::NoValue'], 2]} | {\"b\":[2]}",
        "{Condition: {StringEquals: {a: !Ref Prefix}}} | {\"Condition\":{\"StringEquals\":{\"a\":\"dev-\"}}}",
      })
  void anIntrinsicIsReplacedByItsValue(String yaml, String json) {
    assertThat(resolve(yaml)).hasToString(json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{a: {b: !Ref Nothing}}    | here/a/b/Ref: nothing is named Nothing",
        "!Sub '${Nothing}'         | here/Fn::Sub/Ref: nothing is named Nothing",
        "!GetAtt Table             | here/Fn::GetAtt: does not name a resource and one of its attributes",
        "!Select [2, [a, b]]       | here/Fn::Select: there is no item 2 of 2",
        "!FindInMap [Days, x, y]   | here/Fn::FindInMap: no mapping leads to “x”",
        "!Join [a]                 | here/Fn::Join: takes a list of 2",
        "!If [Perhaps, 1, 2]       | here/Fn::If: there is no condition “Perhaps”",
        "!Sub '${AWS::NoValue}'    | here/Fn::Sub: is not a single value",
        "!Equals [a, a]            | here/Fn::Equals: stands where only a value can stand",
        "{Fn::Sub: a, b: 1}        | here/Fn::Sub: an intrinsic function must be alone in its mapping",
      })
  void aMistakeIsNamedWithItsPlace(String yaml, String message) {
    assertThatThrownBy(() -> resolve(yaml))
        .isInstanceOf(TemplateException.class)
        .hasMessage(message);
  }

  @Test
  void chinaIsAPartitionOfItsOwn() {
    var beijing = new Target("cn-north-1", "000000000000", "vestibule");

    assertThat(beijing.pseudoParameters())
        .containsEntry("AWS::Partition", TextNode.valueOf("aws-cn"))
        .containsEntry("AWS::URLSuffix", TextNode.valueOf("amazonaws.com.cn"));
    assertThat(beijing.bucketArn("b")).isEqualTo("arn:aws-cn:s3:::b");
  }

  private static JsonNode resolve(String yaml) {
    var values = new HashMap<>(TARGET.pseudoParameters());
    values.put("Prefix", TextNode.valueOf("dev-"));
    var mappings = (ObjectNode) Yaml.parse("{Days: {eu-central-1: {keep: 7}}}");
    var conditions =
        new Conditions(
            (ObjectNode) Yaml.parse("{Yes: !Equals [a, a], No: !Equals [a, b]}"), values, mappings);
    return new Intrinsics(values, mappings, conditions::holds, new Named())
        .resolve(Yaml.parse(yaml), "here");
  }

  /** One table, whose names say how they were asked for. */
  private static final class Named implements References {

    @Override
    public JsonNode ref(String logicalId, String place) {
      requireTable(logicalId, place);
      return TextNode.valueOf("ref(" + logicalId + ")");
    }

    @Override
    public JsonNode attribute(String logicalId, String name, String place) {
      requireTable(logicalId, place);
      return TextNode.valueOf("att(" + logicalId + "," + name + ")");
    }

    private static void requireTable(String logicalId, String place) {
      if (!logicalId.equals("Table")) {
        throw new TemplateException(place, "nothing is named " + logicalId);
      }
    }
  }
}
