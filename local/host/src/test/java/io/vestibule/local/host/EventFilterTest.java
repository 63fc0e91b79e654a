package io.vestibule.local.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventFilterTest {

  private static final String EVENT =
      "{'eventName':'MODIFY','dynamodb':{'NewImage':{'status':{'S':'VERIFIED'},'n':{'N':'3'}}}}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {'eventName':['INSERT','MODIFY']}                                        | true
          {'eventName':['REMOVE']}                                                 | false
          {'dynamodb':{'NewImage':{'status':{'S':['VERIFIED']}}}}                  | true
          {'dynamodb':{'NewImage':{'status':{'S':[{'prefix':'VER'}]}}}}            | true
          {'dynamodb':{'NewImage':{'status':{'S':[{'anything-but':['DONE']}]}}}}   | true
          {'dynamodb':{'NewImage':{'status':{'S':[{'exists':false}]}}}}            | false
          {'dynamodb':{'OldImage':{'status':{'S':[{'exists':false}]}}}}            | true
          {'dynamodb':{'NewImage':{'n':{'N':[{'numeric':['>',2]}]}}}}              | false
          {'eventName':['MODIFY'],'dynamodb':{'NewImage':{'status':{'S':['X']}}}}  | false
          """)
  void anEventPassesAsInLambda(String pattern, boolean passes) throws Exception {
    assertThat(filter(pattern).passes(json(EVENT))).isEqualTo(passes);
  }

  @Test
  void onePatternOfSeveralIsEnough() throws Exception {
    assertThat(filter("{'eventName':['REMOVE']}", "{'eventName':['MODIFY']}").passes(json(EVENT)))
        .isTrue();
  }

  @Test
  void withoutPatternsEverythingPasses() throws Exception {
    assertThat(filter().passes(json(EVENT))).isTrue();
  }

  @Test
  void aComparisonThatDoesNotExistIsNamed() {
    assertThatThrownBy(() -> filter("{'eventName':[{'sounds-like':'modify'}]}"))
        .hasMessageContaining("sounds-like");
  }

  private static EventFilter filter(String... patterns) throws JsonProcessingException {
    List<JsonNode> parsed = new ArrayList<>();
    for (String pattern : patterns) {
      parsed.add(json(pattern));
    }
    return new EventFilter(parsed);
  }

  private static JsonNode json(String text) throws JsonProcessingException {
    return new ObjectMapper().readTree(text.replace('\'', '"'));
  }
}
