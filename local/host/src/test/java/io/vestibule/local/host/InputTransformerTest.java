package io.vestibule.local.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vestibule.local.template.Stack;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputTransformerTest {

  private static final String EVENT =
      "{'detail': {'type': 'say \\'$1\\'', 'tags': {'mail-box': ['first', 'second']}, 'count': 3}}";

  @Test
  void valuesStandWhereTheTemplateNamesThem() throws JsonProcessingException {
    var transformer =
        transformer(
            Map.of(
                "type", "$.detail.type",
                "box", "$.detail.tags.mail-box[1]",
                "count", "$.detail.count"),
            "{\"type\":<type>,\"box\":<box>,\"count\":<count>,\"own\":true}");

    assertThat(transformer.transform(event()).toString())
        .isEqualTo("{\"type\":\"say \\\"$1\\\"\",\"box\":\"second\",\"count\":3,\"own\":true}");
  }

  @Test
  void aValueThatIsNotThereIsAFault() {
    assertThatThrownBy(
            () -> transformer(Map.of("a", "$.detail.missing"), "{\"a\":<a>}").transform(event()))
        .hasMessage("The event has no <a>");
    assertThatThrownBy(() -> transformer(Map.of(), "{\"a\":<a>}").transform(event()))
        .hasMessage("The event has no <a>");
  }

  @Test
  void whatIsNotJsonInTheEndIsAFault() {
    assertThatThrownBy(
            () -> transformer(Map.of("a", "$.detail"), "{\"a\":\"<a>\"}").transform(event()))
        .hasMessageStartingWith("Not JSON once it is filled in: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"detail", "$", "$.a..b", "$['a']", "$.a[b]", "$.a[0:1]"})
  void aPathThatEventBridgeDoesNotKnowIsAFault(String path) {
    assertThatThrownBy(() -> transformer(Map.of("a", path), "{}"))
        .hasMessage("Not a path that EventBridge knows: " + path);
  }

  private static InputTransformer transformer(Map<String, String> paths, String template) {
    var pattern = new ObjectMapper().createObjectNode();
    return new InputTransformer(new Stack.Rule("Rule", pattern, paths, template));
  }

  private static JsonNode event() throws JsonProcessingException {
    return new ObjectMapper().readTree(EVENT.replace("\\'", "\\\"").replace('\'', '"'));
  }
}
