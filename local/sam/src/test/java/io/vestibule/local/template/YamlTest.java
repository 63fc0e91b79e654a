package io.vestibule.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "!Ref Table                 | {'Ref':'Table'}",
        "!GetAtt Table.Arn          | {'Fn::GetAtt':['Table','Arn']}",
        "!GetAtt [Table, Arn]       | {'Fn::GetAtt':['Table','Arn']}",
        "!GetAtt Nested.Outputs.Url | {'Fn::GetAtt':['Nested','Outputs.Url']}",
        "!Sub '${Table}-x'          | {'Fn::Sub':'${Table}-x'}",
        "!Join ['-', [a, !Ref B]]   | {'Fn::Join':['-',['a',{'Ref':'B'}]]}",
        "!Condition IsProduction    | {'Condition':'IsProduction'}",
        "Fn::Select: [0, [a]]       | {'Fn::Select':[0,['a']]}",
      })
  void aShortIntrinsicBecomesItsLongForm(String yaml, String json) {
    assertThat(Yaml.parse(yaml)).hasToString(json.replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "2012-10-17 | \"2012-10-17\"",
        "'1'        | \"1\"",
        "1          | 1",
        "-1         | -1",
        "1.5        | 1.5",
        "true       | true",
        "on         | \"on\"",
        "0x10       | \"0x10\"",
        "~          | null",
        "at#id      | \"at#id\"",
      })
  void aScalarIsWhatItLooksLike(String yaml, String json) {
    assertThat(Yaml.parse(yaml)).hasToString(json);
  }

  @Test
  void anAliasIsRefusedAsCloudFormationRefusesIt() {
    assertThatThrownBy(() -> Yaml.parse("a: &list [1, 2]\nb: *list"))
        .isInstanceOf(TemplateException.class)
        .hasMessage("line 1: CloudFormation takes no aliases");
  }

  @ParameterizedTest
  @CsvSource({"!Base64 x", "Fn::Base64: x", "!ImportValue x", "a: [{Fn::Transform: {}}]"})
  void anUnknownIntrinsicIsRefusedWithItsLine(String yaml) {
    assertThatThrownBy(() -> Yaml.parse("# a comment\n" + yaml))
        .isInstanceOf(TemplateException.class)
        .hasMessageMatching("line 2: the intrinsic Fn::\\w+ is not known here");
  }

  @Test
  void aKeyThatIsThereTwiceIsRefused() {
    assertThatThrownBy(() -> Yaml.parse("a: 1\nb: 2\na: 3"))
        .isInstanceOf(TemplateException.class)
        .hasMessage("line 3: “a” is there twice");
  }

  @Test
  void whatIsNotYamlIsRefusedWithItsPlace() {
    assertThatThrownBy(() -> Yaml.parse("a: [1, 2"))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("line 1");
  }
}
