package io.vestibule.local.iam;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttributeNamesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          id, #s                                                        | id, status
          a.b.#s[0], c[1].d, #s.e                                       | a, c, status
          set a=:a,#s = if_not_exists(n , :zero)+:one remove x, y[2]    | a, n, status, x, y
          SET l = list_append(:new, l) ADD n :one DELETE tags :t        | l, n, tags
          SET n = n - :one, m=m+:two                                    | m, n
          attribute_not_exists(id) AND NOT (size(#s)>:n OR b IN (:x,c)) | b, c, id, status
          a BETWEEN :low AND :high and begins_with( b, :p) or not(d<>e) | a, b, d, e
          attribute_type (a, :type) AND contains(#dotted, :v)           | a, x.y
          """)
  void findsTopLevelAttributesInExpressions(String expression, String names) {
    var parameters = JsonNodeFactory.instance.objectNode().put("UpdateExpression", expression);
    parameters.putObject("ExpressionAttributeNames").put("#s", "status").put("#dotted", "x.y");

    assertThat(AttributeNames.in(parameters))
        .containsExactlyElementsOf(List.of(names.split(", ", -1)));
  }
}
