package io.vestibule.local.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The truth tables of AWS's user guide, with the rows that surprise. */
class ConditionTest {

  @ParameterizedTest(name = "{0} {1} {2} of {3} is {4}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # One value
          StringEquals         | dynamodb:Select | A     | A     | true
          StringEquals         | dynamodb:Select | A,B   | B     | true
          StringEquals         | dynamodb:Select | A     | a     | false
          StringEquals         | dynamodb:Select | A     |       | false
          StringEquals         | DYNAMODB:select | A     | A     | true
          StringEquals         | dynamodb:Select | A*    | AB    | false
          StringEqualsIfExists | dynamodb:Select | A     |       | true
          StringEqualsIfExists | dynamodb:Select | A     | B     | false
          StringNotEquals      | dynamodb:Select | A,B   | B     | false
          StringNotEquals      | dynamodb:Select | A,B   | C     | true
          StringNotEquals      | dynamodb:Select | A     |       | true
          StringLike           | dynamodb:Select | A*    | AB    | true
          StringLike           | dynamodb:Select | A?    | AB    | true
          StringLike           | dynamodb:Select | A?    | ABC   | false
          StringLike           | dynamodb:Select | A*    | aB    | false
          StringLike           | dynamodb:Select | A*    |       | false
          StringNotLike        | dynamodb:Select | A*    | AB    | false
          StringNotLike        | dynamodb:Select | A*    |       | true
          Bool                 | dynamodb:Select | true  | TRUE  | true
          Bool                 | dynamodb:Select | true  | false | false
          Bool                 | dynamodb:Select | false |       | false
          Null                 | dynamodb:Select | true  |       | true
          Null                 | dynamodb:Select | true  | A     | false
          Null                 | dynamodb:Select | false | A     | true
          Null                 | dynamodb:Select | false |       | false
          NumericEquals        | dynamodb:Select | 10    | 10.0  | true
          NumericLessThan      | dynamodb:Select | 10    | 9     | true
          NumericLessThan      | dynamodb:Select | 10    | 10    | false
          NumericLessThanEquals    | dynamodb:Select | 10 | 10   | true
          NumericGreaterThan       | dynamodb:Select | 9  | 10   | true
          NumericGreaterThanEquals | dynamodb:Select | 10 | 9    | false
          NumericLessThan      | dynamodb:Select | 10    | few   | false
          NumericLessThan      | dynamodb:Select | 10    |       | false
          # Many values
          ForAllValues:StringEquals    | dynamodb:Attributes | A,B | A,B | true
          ForAllValues:StringEquals    | dynamodb:Attributes | A,B | A   | true
          ForAllValues:StringEquals    | dynamodb:Attributes | A,B | A,C | false
          ForAllValues:StringEquals    | dynamodb:Attributes | A,B |     | true
          ForAllValues:StringLike      | dynamodb:Attributes | A*  | A,AB | true
          ForAllValues:StringLike      | dynamodb:Attributes | A*  | A,B | false
          ForAllValues:StringNotEquals | dynamodb:Attributes | A   | B,C | true
          ForAllValues:StringNotEquals | dynamodb:Attributes | A   | A,C | false
          ForAnyValue:StringEquals     | dynamodb:Attributes | A,B | C,B | true
          ForAnyValue:StringEquals     | dynamodb:Attributes | A,B | C   | false
          ForAnyValue:StringEquals     | dynamodb:Attributes | A,B |     | false
          ForAnyValue:StringNotEquals  | dynamodb:Attributes | A   | A,C | true
          ForAnyValue:StringNotEquals  | dynamodb:Attributes | A   |     | false
          ForAnyValue:StringEquals     | dynamodb:EnclosingOperation | A | A | true
          Null                         | dynamodb:Attributes | false | A,B | true
          """)
  void holdsAsAwsDocumentsIt(
      String operator, String key, String wanted, String present, boolean holds) {
    var context = new TreeMap<String, List<String>>();
    if (present != null) {
      context.put(key.equals("DYNAMODB:select") ? "dynamodb:Select" : key, list(present));
    }
    var access = new Access("dynamodb:GetItem", "arn", context);

    assertThat(Condition.of(operator, key, list(wanted)).holds(access)).isEqualTo(holds);
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          StringEqualsIgnoringCase  | dynamodb:Select     | A       | unknown operator StringEqualsIgnoringCase
          stringequals              | dynamodb:Select     | A       | unknown operator stringequals
          ForSomeValues:StringEquals | dynamodb:Attributes | A      | unknown operator ForSomeValues:StringEquals
          NullIfExists              | dynamodb:Select     | true    | Null takes no set operator
          StringEquals              | dynamodb:Atributes  | A       | unknown condition key dynamodb:Atributes
          StringEquals              | dynamodb:Select     | ${aws:username} | policy variables are not supported
          StringEquals              | dynamodb:Attributes | A       | has many values
          ForAllValues:StringEquals | dynamodb:Select     | A       | ForAllValues allows its absence
          """)
  void refusesWhatItWouldGetWrong(String operator, String key, String wanted, String why) {
    assertThatThrownBy(() -> Condition.of(operator, key, List.of(wanted)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  private static List<String> list(String commaSeparated) {
    return List.of(commaSeparated.split(",", -1));
  }
}
